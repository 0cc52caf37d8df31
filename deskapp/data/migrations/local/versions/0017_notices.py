"""Notices to staff with who has read which version, and the court cases that a case names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add both, and have the cases that name a court case worked out anew."""
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
        op.add_column(
            "case_state", sa.Column("case_keys", sa.Text(), nullable=False, server_default="")
        )
        op.execute(
            "UPDATE case_state SET turns_key = '' WHERE external_refs <> '' OR family_id IN"
            " (SELECT family_id FROM case_event WHERE answers LIKE '%\"case_ref\"%')"
        )
