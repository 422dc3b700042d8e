"""how often answers cite a document"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "cited_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.String(length=200), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "edition", "document_id", "section"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("cited_count")
