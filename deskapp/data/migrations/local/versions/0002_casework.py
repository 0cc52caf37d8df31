"""Casework: cases, their events and how they stand; roles of schemes for officers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of casework; the officers of before have no role of a scheme."""
    with schema.step(op.get_bind(), revision):
        op.add_column(
            "officer", sa.Column("scheme_roles", sa.Text(), nullable=False, server_default="")
        )
        _case_record()
        _case_event()
        _case_state()
        _case_item()


def _case_record() -> None:
    op.create_table(
        "case_record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("ref_key", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("family_id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("external_refs", sa.Text(), nullable=False, server_default=""),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_record_by_family", "case_record", ["family_id"])
    op.create_index("case_record_by_ref", "case_record", ["ref_key"], unique=True)


def _case_event() -> None:
    op.create_table(
        "case_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("family_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False, server_default=""),
        sa.Column("what", sa.Text(), nullable=False, server_default=""),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=""),
        sa.Column("due", sa.Text(), nullable=False, server_default=""),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_event_by_family", "case_event", ["family_id", "hlc"])


def _case_state() -> None:
    op.create_table(
        "case_state",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("ref_key", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False, server_default=""),
        sa.Column("external_refs", sa.Text(), nullable=False, server_default=""),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("due_key", sa.String(), nullable=False),
        sa.Column("soon_key", sa.String(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.Column("turns_key", sa.String(), nullable=False),
        sa.Column("destroy_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    order = ["due_key", "priority", "ref_key"]
    op.create_index("case_by_due", "case_state", ["live", *order])
    op.create_index("case_by_family", "case_state", ["family_id"])
    op.create_index("case_by_list", "case_state", ["list", *order])
    op.create_index("case_by_owner", "case_state", ["owner_id", "live", *order])
    op.create_index("case_by_scheme", "case_state", ["scheme", "live", *order])
    op.create_index("case_by_destroy", "case_state", ["destroy_key"])
    op.create_index("case_by_turn", "case_state", ["turns_key"])


def _case_item() -> None:
    op.create_table(
        "case_item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=""),
        sa.Column("about", sa.Text(), nullable=False, server_default=""),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("due_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_item_by_due", "case_item", ["open", "due_key", "id"])
    op.create_index("case_item_by_family", "case_item", ["family_id"])
