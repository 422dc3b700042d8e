"""Questions in: from a question to an answer with its sources."""
