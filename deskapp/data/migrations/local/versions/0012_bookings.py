"""Interpreters and their bookings; what happens on the day of a hearing, needs, links and rooms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables of bookings and of the hearing day."""
    with schema.step(op.get_bind(), revision):
        _interpreter()
        _interpreter_away()
        _booking()
        _booking_hearing()
        _booking_event()
        _timesheet()
        _hearing_event()
        _support_need()
        _video_link()
        _room()


def _interpreter() -> None:
    op.create_table(
        "interpreter",
        *_synced(),
        _words("key"),
        _text("name"),
        _words("name_key"),
        _text("supplier"),
        _text("kinds", "[]"),
        _text("languages", "[]"),
        _text("registration"),
        *map(_words, ("expires_on", "gender")),
        _text("phone"),
        _text("email"),
        _text("note"),
        _yes_no("active", "1"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("interpreter_by_expiry", "interpreter", ["active", "expires_on", "id"])
    op.create_index("interpreter_by_key", "interpreter", ["key"])
    op.create_index("interpreter_by_name", "interpreter", ["name_key", "id"])
    op.create_index("interpreter_listed", "interpreter", ["active", "name_key", "id"])


def _interpreter_away() -> None:
    op.create_table(
        "interpreter_away",
        *_synced(),
        *map(_words, ("interpreter_id", "first_on", "last_on", "part")),
        _text("note"),
        _words("taken_back_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "interpreter_away_by_interpreter", "interpreter_away", ["interpreter_id", "last_on"]
    )


def _booking() -> None:
    op.create_table(
        "booking",
        *_synced(),
        *map(_words, ("ref", "ref_key", "site", "kind", "route", "mode", "language_code")),
        _text("other_language"),
        _text("dialect_note"),
        _words("gender"),
        _text("avoid", "[]"),
        _words("for_role"),
        _text("for_name"),
        *map(_words, ("person_id", "need_id", "jurisdiction")),
        _yes_no("assessment_done"),
        _text("room"),
        *map(_words, ("day", "local_start", "local_end", "zone", "starts_at", "ends_at")),
        _yes_no("overnight"),
        _number("interpreters", "1"),
        _words("team_of"),
        _text("supplier"),
        _text("supplier_ref"),
        _words("reference_key"),
        _words("interpreter_id"),
        _words("interpreter_key"),
        _words("assigned_at"),
        _words("status"),
        _words("requested_by"),
        _words("requested_at"),
        _text("cost_code"),
        _text("off_contract_reason"),
        _text("allowed_by"),
        _words("allowed_on"),
        _text("note"),
        _words("parent_id"),
        _words("series_id"),
        _words("cancel_class"),
        _words("cancel_reason"),
        _words("arrived_at"),
        _words("identity"),
        _text("breaks", "[]"),
        *map(_words, ("released_at", "until", "conflict", "conflict_at")),
        _text("conflict_with", "[]"),
        *map(_words, ("lost_id", "lost_key", "seen_by")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "booking_by_conflict",
        "booking",
        ["site", "starts_at", "id"],
        sqlite_where=sa.text("conflict > '' AND seen_by = ''"),
    )
    op.create_index("booking_by_day", "booking", ["site", "day", "starts_at", "id"])
    op.create_index(
        "booking_by_interpreter", "booking", ["interpreter_key", "until", "starts_at", "status"]
    )
    op.create_index("booking_by_moment", "booking", ["starts_at"])
    op.create_index("booking_by_parent", "booking", ["parent_id"])
    op.create_index("booking_by_person", "booking", ["person_id", "starts_at", "id"])
    op.create_index("booking_by_ref", "booking", ["ref_key"])
    op.create_index("booking_by_reference", "booking", ["reference_key"])
    op.create_index("booking_by_series", "booking", ["series_id"])
    op.create_index("booking_by_start", "booking", ["site", "starts_at", "id"])
    op.create_index("booking_by_status", "booking", ["site", "status", "starts_at", "id"])


def _booking_hearing() -> None:
    op.create_table(
        "booking_hearing",
        *_synced(),
        *map(_words, ("booking_id", "hearing_id", "ended_at")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("booking_hearing_by_booking", "booking_hearing", ["booking_id"])
    op.create_index("booking_hearing_by_hearing", "booking_hearing", ["hearing_id"])


def _booking_event() -> None:
    op.create_table(
        "booking_event",
        *_event(),
        *map(_words, ("booking_id", "code", "before", "after", "role")),
        _text("reason"),
        _text("data", "{}"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("booking_event_by_booking", "booking_event", ["booking_id", "hlc"])


def _timesheet() -> None:
    op.create_table(
        "timesheet",
        *_event(),
        _words("booking_id"),
        _words("mode"),
        _words("booked_start"),
        _words("booked_end"),
        _words("arrived_at"),
        _words("released_at"),
        _text("breaks", "[]"),
        _words("identity"),
        _text("travel_note"),
        _text("signed_name"),
        *map(_words, ("signed_role", "signed_at")),
        _text("acknowledged_by"),
        _text("hearings", "[]"),
        _text("comments"),
        _yes_no("concern"),
        _yes_no("customer_absent"),
        *map(_words, ("figures", "corrects")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("timesheet_by_booking", "timesheet", ["booking_id", "hlc"])


def _hearing_event() -> None:
    op.create_table(
        "hearing_event",
        *_event(),
        *map(_words, ("hearing_id", "code", "role")),
        _text("note"),
        _text("data", "{}"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("hearing_event_by_hearing", "hearing_event", ["hearing_id", "hlc"])


def _support_need() -> None:
    op.create_table(
        "support_need",
        *_synced(),
        *map(_words, ("person_id", "case_key")),
        _text("case_ref"),
        _words("party_key"),
        _text("party_name"),
        _text("party_role"),
        *map(_words, ("hearing_id", "flag")),
        _text("value"),
        _words("language_code"),
        _text("other_language"),
        _text("comment"),
        _words("status"),
        _text("requested_by"),
        _text("decided_by"),
        _words("decided_at"),
        _text("named", "[]"),
        *map(_words, ("made_at", "made_by", "changed_at", "changed_by")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("support_need_by_case", "support_need", ["case_key", "party_key"])
    op.create_index("support_need_by_person", "support_need", ["person_id"])


def _video_link() -> None:
    op.create_table(
        "video_link",
        *_synced(),
        _words("hearing_id"),
        _text("kind"),
        _text("address"),
        *map(_words, ("outcome", "tested_at", "tested_by")),
        _text("note"),
        _yes_no("removed"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("video_link_by_hearing", "video_link", ["hearing_id"])


def _room() -> None:
    op.create_table(
        "room",
        *_synced(),
        _words("site"),
        _text("name"),
        _words("name_key"),
        _text("facilities", "[]"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("room_by_site", "room", ["site", "name_key"])


def _synced() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        _words("home_site"),
        _number("sync_rev", "0"),
    )


def _event() -> tuple[sa.Column[str] | sa.Column[int], ...]:
    desk = sa.Column("desk", sa.String(), nullable=False, server_default="")
    return (*_synced(), _number("hlc", "0"), desk, _words("at"), _words("officer_id"))


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _number(name: str, default: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(default))


def _yes_no(name: str, default: str = "0") -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text(default))
