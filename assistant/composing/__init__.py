"""What the extractive answer is made of: lists, sentences with what they lean on, sources."""
