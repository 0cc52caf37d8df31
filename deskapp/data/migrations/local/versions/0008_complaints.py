"""Complaints: what was logged, what was done since, and what the lists show of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables of the complaints desk."""
    with schema.step(op.get_bind(), revision):
        _complaint()
        _complaint_event()
        _complaint_state()
        _complaint_stage()
        _complaint_discard()


def _complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("ref_key", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("case_ref", sa.Text(), nullable=False, server_default=""),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("from_table", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False, server_default=""),
        sa.Column("address", sa.Text(), nullable=False, server_default=""),
        sa.Column("postcode", sa.Text(), nullable=False, server_default=""),
        sa.Column("email", sa.Text(), nullable=False, server_default=""),
        sa.Column("phone", sa.Text(), nullable=False, server_default=""),
        sa.Column("phone_key", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("user_type", sa.String(), nullable=False),
        sa.Column("acting_for", sa.Text(), nullable=False, server_default=""),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False, server_default=""),
        sa.Column("details", sa.Text(), nullable=False, server_default=""),
        sa.Column("categories", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("also", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("outcome_sought", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("loss", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("about_staff", sa.Text(), nullable=False, server_default=""),
        sa.Column("flags", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("dues", sa.Text(), nullable=False, server_default="{}"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("complaint_by_case", "complaint", ["case_key"])
    op.create_index("complaint_by_email", "complaint", ["email_key"])
    op.create_index("complaint_by_name", "complaint", ["name_key"])
    op.create_index("complaint_by_person", "complaint", ["person_id", "id"])
    op.create_index("complaint_by_phone", "complaint", ["phone_key"])
    op.create_index("complaint_by_ref", "complaint", ["ref_key"])
    op.create_index("complaint_by_source", "complaint", ["from_table", "from_id"])


def _complaint_event() -> None:
    op.create_table(
        "complaint_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("seen_hlc", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("data", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("restricted", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("complaint_event_by_complaint", "complaint_event", ["complaint_id", "hlc"])


def _complaint_state() -> None:
    op.create_table(
        "complaint_state",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("ref_key", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("stage_status", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("logged_by", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False, server_default=""),
        sa.Column("flags", sa.Text(), nullable=False, server_default=""),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("received_on", sa.String(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=False),
        sa.Column("due_key", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("revised_on", sa.String(), nullable=False),
        sa.Column("optic_status", sa.String(), nullable=False),
        sa.Column("optic_ref", sa.Text(), nullable=False, server_default=""),
        sa.Column("optic_key", sa.String(), nullable=False),
        sa.Column("optic_todo", sa.Boolean(), nullable=False),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("in_conflict", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False, server_default=""),
        sa.Column("summary", sa.Text(), nullable=False, server_default=""),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.Column("last_at", sa.String(), nullable=False),
        sa.Column("destroy_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "complaint_state_by_alert", "complaint_state", ["alert", "due_key", "ref_key", "id"]
    )
    op.create_index(
        "complaint_state_by_conflict",
        "complaint_state",
        ["in_conflict", "due_key", "ref_key", "id"],
    )
    op.create_index("complaint_state_by_destroy", "complaint_state", ["destroy_key"])
    op.create_index(
        "complaint_state_by_due", "complaint_state", ["live", "due_key", "ref_key", "id"]
    )
    op.create_index(
        "complaint_state_by_optic",
        "complaint_state",
        ["optic_todo", "received_at", "ref_key", "id"],
    )
    op.create_index("complaint_state_by_optic_ref", "complaint_state", ["optic_key"])
    op.create_index(
        "complaint_state_by_owner",
        "complaint_state",
        ["owner_id", "live", "due_key", "ref_key", "id"],
    )
    op.create_index("complaint_state_by_received", "complaint_state", ["received_at", "id"])
    op.create_index("complaint_state_by_ref", "complaint_state", ["ref_key"])
    op.create_index(
        "complaint_state_by_stage", "complaint_state", ["live", "stage", "due_key", "ref_key", "id"]
    )
    op.create_index("complaint_state_by_status", "complaint_state", ["status", "received_at", "id"])


def _complaint_stage() -> None:
    op.create_table(
        "complaint_stage",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("received_on", sa.String(), nullable=False),
        sa.Column("target_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.String(), nullable=False),
        sa.Column("acknowledged_at", sa.String(), nullable=False),
        sa.Column("holding_at", sa.String(), nullable=False),
        sa.Column("revised_on", sa.String(), nullable=False),
        sa.Column("responded_at", sa.String(), nullable=False),
        sa.Column("responded_on", sa.String(), nullable=False),
        sa.Column("responded_by", sa.String(), nullable=False),
        sa.Column("response_channel", sa.String(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("root_cause", sa.String(), nullable=False),
        sa.Column("redress", sa.Text(), nullable=False, server_default=""),
        sa.Column("lateness", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "complaint_stage_by_calendar", "complaint_stage", ["answered", "calendar_version"]
    )
    op.create_index("complaint_stage_by_complaint", "complaint_stage", ["complaint_id", "number"])
    op.create_index("complaint_stage_by_received", "complaint_stage", ["received_on"])
    op.create_index("complaint_stage_by_responded", "complaint_stage", ["responded_on"])


def _complaint_discard() -> None:
    op.create_table(
        "complaint_discard",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("discarded_at", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("body", sa.Text(), nullable=False, server_default="{}"),
        sa.PrimaryKeyConstraint("id"),
    )
