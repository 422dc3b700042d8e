"""Every table together, for what handles the database as a whole: migrations, backups, moving it.

Change a table and add a migration beside the others; `SCHEMA_HEAD` names the last one.
"""

from __future__ import annotations

from corpus import question_tables, schema, staff_tables

SCHEMA_HEAD = "0007"

MODULES = (schema, question_tables, staff_tables)
"""Where the tables are declared. A table is in the metadata once its module is imported."""
metadata = schema.metadata
