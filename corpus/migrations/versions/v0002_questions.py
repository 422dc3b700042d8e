"""questions without a good answer, their groups, and daily counts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the gap loop."""
    op.create_table(
        "gap_group",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("central_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "kept_question",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("trace_id", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["gap_group.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("trace_id"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("kept_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_question_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_question_group_id"), ["group_id"], unique=False)

    op.create_table(
        "gap_case",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["gap_group.id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    with op.batch_alter_table("gap_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_case_group_id"), ["group_id"], unique=False)

    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "edition", "what"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("daily_count")
    op.drop_table("gap_case")
    op.drop_table("kept_question")
    op.drop_table("gap_group")
