"""Migrations of the tables in `corpus.all_tables`."""
