"""What the server tells of itself: logs, metrics, traces, and whether it can answer."""
