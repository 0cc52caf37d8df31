"""Schemes of one's own, installed on one desk and known on all; what was erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of installed schemes and of what was erased."""
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
        op.create_table(
            "purge_log",
            sa.Column("id", sa.String(), nullable=False),
            sa.Column("home_site", sa.String(), nullable=False),
            sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("desk", sa.String(), nullable=False, server_default=""),
            sa.Column("at", sa.String(), nullable=False),
            sa.Column("officer_id", sa.String(), nullable=False),
            sa.Column("tbl", sa.String(), nullable=False),
            sa.Column("row_id", sa.String(), nullable=False),
            sa.Column("ref", sa.String(), nullable=False),
            sa.Column("scheme", sa.String(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("closed_at", sa.String(), nullable=False),
            sa.Column("proposed_by", sa.String(), nullable=False),
            sa.Column("proposed_at", sa.String(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
        )
