"""passages that say the same"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of what passages say, and of what says the same."""
    op.create_table(
        "content",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "passage_content",
        sa.Column("passage_id", sa.String(length=48), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["content.key"]),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"]),
        sa.PrimaryKeyConstraint("passage_id"),
    )
    with op.batch_alter_table("passage_content", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passage_content_key"), ["key"], unique=False)

    op.create_table(
        "twin",
        sa.Column("a", sa.String(length=32), nullable=False),
        sa.Column("b", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("other_numbers", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["content.key"]),
        sa.ForeignKeyConstraint(["b"], ["content.key"]),
        sa.PrimaryKeyConstraint("a", "b"),
    )
    with op.batch_alter_table("twin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_twin_b"), ["b"], unique=False)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("twin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_twin_b"))

    op.drop_table("twin")
    with op.batch_alter_table("passage_content", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_content_key"))

    op.drop_table("passage_content")
    op.drop_table("content")
