"""Documents in: from a file to a version with passages and sentences."""
