"""Web pages: the main content of a page, as blocks."""
