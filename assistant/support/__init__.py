"""Whether the spans that a statement cites carry it, when it is said in a model's own words."""
