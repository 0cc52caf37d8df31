"""Notices to staff, and who has read which version of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the mark of a notice, and the table of those who have read one."""
    with schema.step(op.get_bind(), revision):
        op.add_column(
            "kb_item",
            sa.Column("notice", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        )
        op.create_table(
            "kb_read",
            sa.Column("id", sa.String(), nullable=False),
            sa.Column("home_site", sa.String(), nullable=False),
            sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("desk", sa.String(), nullable=False, server_default=""),
            sa.Column("at", sa.String(), nullable=False),
            sa.Column("officer_id", sa.String(), nullable=False),
            sa.Column("item_id", sa.String(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
        )
        op.create_index("kb_read_by_item", "kb_read", ["item_id", "officer_id", "version"])
