"""Enquiries: safe contact, markers, callbacks, and what belongs together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables that the enquiry desk has beside its contacts."""
    with schema.step(op.get_bind(), revision):
        _safe_contact()
        _marker()
        _callback()
        _callback_attempt()
        _record_link()


def _safe_contact() -> None:
    op.create_table(
        "safe_contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("ok_to_call", sa.String(), nullable=False),
        sa.Column("ok_to_leave_message", sa.String(), nullable=False),
        sa.Column("ok_to_say_hmcts", sa.String(), nullable=False),
        sa.Column("ok_to_email", sa.String(), nullable=False),
        sa.Column("ok_to_post", sa.String(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False, server_default=""),
        sa.Column("code_word", sa.Text(), nullable=False, server_default=""),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("safe_contact_by_person", "safe_contact", ["person_id"])


def _marker() -> None:
    op.create_table(
        "marker",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        sa.Column("list_version", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_on", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_on", sa.String(), nullable=False),
        sa.Column("review_on", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_on", sa.String(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("renew_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("source", sa.Text(), nullable=False, server_default=""),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("marker_by_case", "marker", ["case_key", "ended_on"])
    op.create_index("marker_by_person", "marker", ["person_id", "ended_on"])
    op.create_index("marker_by_review", "marker", ["ended_on", "review_on", "id"])


def _callback() -> None:
    op.create_table(
        "callback",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("booked_by", sa.String(), nullable=False),
        sa.Column("booked_at", sa.String(), nullable=False),
        sa.Column("over_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("call_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("end_reason", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("callback_by_contact", "callback", ["contact_id"])
    op.create_index("callback_by_person", "callback", ["person_id"])
    op.create_index("callback_by_slot", "callback", ["site", "slot", "id"])
    op.create_index("callback_by_state", "callback", ["live", "starts_at", "id"])


def _callback_attempt() -> None:
    op.create_table(
        "callback_attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("callback_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("callback_attempt_by_callback", "callback_attempt", ["callback_id", "hlc"])
    op.create_index("callback_attempt_by_contact", "callback_attempt", ["contact_id"])


def _record_link() -> None:
    op.create_table(
        "record_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("from_table", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_table", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("record_link_by_from", "record_link", ["from_table", "from_id"])
    op.create_index("record_link_by_to", "record_link", ["to_table", "to_id"])
