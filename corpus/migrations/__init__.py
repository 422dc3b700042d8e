"""Migrations of the tables in `corpus.schema`."""
