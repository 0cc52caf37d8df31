"""Schemes of one's own: installed on one desk, known on all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of installed schemes."""
    with schema.step(op.get_bind(), revision):
        op.create_table(
            "scheme_file",
            sa.Column("id", sa.String(), nullable=False),
            sa.Column("home_site", sa.String(), nullable=False),
            sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("scheme", sa.String(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False, server_default=""),
            sa.Column("letters", sa.Text(), nullable=False, server_default="{}"),
            sa.Column("installed_by", sa.String(), nullable=False),
            sa.Column("installed_at", sa.String(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
        )
