"""Alembic's entry: runs the migrations on the connection that `corpus.database` hands in."""

from __future__ import annotations

from alembic import context

from corpus.all_tables import metadata

connection = context.config.attributes["connection"]
# Batch mode lets SQLite change tables, too.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
