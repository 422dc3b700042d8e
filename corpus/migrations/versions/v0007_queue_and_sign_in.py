"""jobs say what is to be done; tokens for machines; signing in elsewhere"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables."""
    # Columns are added as they are: to make a table anew SQLite drops it, and a session points at
    # its account.
    op.add_column("job", sa.Column("params", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("job", sa.Column("holder", sa.String(length=64)))
    op.add_column("job", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("staff", sa.Column("subject", sa.String(length=500)))
    op.create_index("ix_staff_subject", "staff", ["subject"], unique=True)
    op.create_table(
        "sign_in_attempt",
        sa.Column("state_hash", sa.String(length=64), primary_key=True),
        sa.Column("nonce", sa.String(length=128), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(length=16), primary_key=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False, unique=True),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("api_token")
    op.drop_table("sign_in_attempt")
    op.drop_index("ix_staff_subject", "staff")
    op.drop_column("staff", "subject")
    for name in ("attempts", "holder", "params"):
        op.drop_column("job", name)
