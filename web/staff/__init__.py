"""The pages for staff: the corpus open."""
