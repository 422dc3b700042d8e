"""what the pages for readers and staff need: originals, shared answers, accounts and jobs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "original",
        sa.Column("version_id", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _moment("created_at"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"]),
        sa.PrimaryKeyConstraint("version_id"),
    )
    op.create_index("ix_original_sha256", "original", ["sha256"])
    op.create_table(
        "shared_answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shared_answer_expires_on", "shared_answer", ["expires_on"])
    op.create_table(
        "staff",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        _moment("created_at"),
        _moment("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=False),
        _moment("created_at"),
        _moment("seen_at"),
        sa.ForeignKeyConstraint(["name"], ["staff.name"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_staff_session_name", "staff_session", ["name"])
    op.create_table(
        "sign_in_failure",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _moment("last_at"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        _moment("created_at"),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_job_changed_at", "job", ["changed_at"])


def downgrade() -> None:
    """Drop them."""
    for name in ("job", "sign_in_failure", "staff_session", "staff", "shared_answer", "original"):
        op.drop_table(name)
