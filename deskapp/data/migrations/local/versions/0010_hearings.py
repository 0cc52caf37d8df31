"""Hearings, the lists they came from, and what an import can be taken back with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables of hearings."""
    with schema.step(op.get_bind(), revision):
        _hearing()
        _hearing_list()
        op.create_table(
            "hearing_before",
            sa.Column("list_id", sa.String(), nullable=False),
            sa.Column("hearing_id", sa.String(), nullable=False),
            sa.Column("fields", sa.Text(), nullable=False, server_default=""),
            sa.Column("after", sa.Text(), nullable=False, server_default=""),
            sa.PrimaryKeyConstraint("list_id", "hearing_id"),
        )


def _hearing() -> None:
    op.create_table(
        "hearing",
        *_synced(),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        _text("house"),
        _text("room"),
        _text("case_ref"),
        sa.Column("case_key", sa.String(), nullable=False),
        *map(_text, ("case_name", "hearing_type", "description", "channel", "panel", "sequence")),
        _text("judiciary", "[]"),
        _text("note"),
        sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        _text("restriction"),
        _text("parties", "[]"),
        sa.Column("position", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("list_state", sa.String(), nullable=False),
        sa.Column("list_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("hearing_by_day", "hearing", ["site", "day", "room", "start", "id"])
    op.create_index("hearing_by_case", "hearing", ["case_key", "day"])
    op.create_index("hearing_by_list", "hearing", ["list_id"])


def _hearing_list() -> None:
    op.create_table(
        "hearing_list",
        *_synced(),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, server_default=""),
        sa.Column("first_on", sa.String(), nullable=False),
        sa.Column("last_on", sa.String(), nullable=False),
        _text("version"),
        sa.Column("published_at", sa.String(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("undone_at", sa.String(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("hearing_list_by_kind", "hearing_list", ["site", "kind", "imported_at"])
    op.create_index("hearing_list_by_digest", "hearing_list", ["digest"])


def _synced() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)
