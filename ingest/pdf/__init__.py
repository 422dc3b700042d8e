"""PDF: words where they stand (`document`, `ocr`), and what they make up (the rest)."""
