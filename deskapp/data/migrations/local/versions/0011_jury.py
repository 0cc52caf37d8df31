"""Jury service: pools, jurors, their days and expenses, trials, draws and what was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables of jury service."""
    with schema.step(op.get_bind(), revision):
        _jury_pool()
        _juror()
        _juror_in_pool()
        _attendance()
        _attendance_expense()
        _trial()
        _trial_juror()
        _jury_draw()
        _juror_event()


def _jury_pool() -> None:
    op.create_table(
        "jury_pool",
        *_synced(),
        _word("number"),
        _word("court"),
        _word("owner"),
        _word("start_on"),
        _count("asked"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("jury_pool_by_court", "jury_pool", ["court", "start_on", "id"])
    op.create_index("jury_pool_by_number", "jury_pool", ["number"])


def _juror() -> None:
    op.create_table(
        "juror",
        *_synced(),
        _word("number"),
        _text("title"),
        _text("first_name"),
        _text("last_name"),
        _text("name_key"),
        _word("date_of_birth", ""),
        _text("phone"),
        _text("phone_2"),
        _text("phone_3"),
        _text("email"),
        _word("reach_by", "none"),
        _text("postcode"),
        _flag("welsh"),
        _word("adjustment", "N"),
        _text("adjustment_text"),
        _word("police_check", "not_checked"),
        _word("identity", ""),
        _text("optic_ref"),
        _text("notes"),
        _text("smart_card"),
        sa.Column("loss_pence", sa.Integer(), nullable=True),
        _count("travel_minutes"),
        _text("usual", "{}"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("juror_by_name", "juror", ["name_key", "id"])
    op.create_index("juror_by_number", "juror", ["number"])


def _juror_in_pool() -> None:
    op.create_table(
        "juror_in_pool",
        *_synced(),
        _word("juror"),
        _word("pool"),
        _word("court"),
        _text("name_key"),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _word("next_on", ""),
        _flag("on_call"),
        _word("service_start"),
        _word("original_start"),
        _count("deferrals"),
        _word("deferred_to", ""),
        _word("reason", ""),
        _word("completed_on", ""),
        _word("transferred_on", ""),
        _count("version"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "juror_in_pool_by_call",
        "juror_in_pool",
        ["court", "active", "on_call", "name_key", "juror"],
    )
    op.create_index(
        "juror_in_pool_by_due", "juror_in_pool", ["court", "active", "next_on", "name_key", "juror"]
    )
    op.create_index("juror_in_pool_by_juror", "juror_in_pool", ["juror", "active"])
    op.create_index(
        "juror_in_pool_by_name", "juror_in_pool", ["court", "active", "name_key", "juror"]
    )
    op.create_index("juror_in_pool_by_pool", "juror_in_pool", ["pool", "name_key", "juror"])
    op.create_index(
        "juror_in_pool_by_status",
        "juror_in_pool",
        ["court", "active", "status", "name_key", "juror"],
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        *_synced(),
        _word("juror"),
        _word("day"),
        _word("court"),
        _word("pool"),
        _word("kind", ""),
        _word("stage", ""),
        _word("time_in", ""),
        _word("time_out", ""),
        _flag("on_trial"),
        _text("trial"),
        _count("travel_minutes"),
        _word("audit_number", ""),
        _flag("by_list"),
        _text("recorded_by"),
        _word("recorded_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("attendance_by_audit", "attendance", ["audit_number", "juror"])
    op.create_index("attendance_by_day", "attendance", ["court", "day", "juror"])
    op.create_index("attendance_by_juror", "attendance", ["juror", "day"])
    op.create_index("attendance_by_stage", "attendance", ["court", "stage", "day", "juror"])


def _attendance_expense() -> None:
    op.create_table(
        "attendance_expense",
        *_synced(),
        _word("juror"),
        _word("day"),
        _word("court"),
        _word("pool"),
        _word("state"),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        _word("pay", ""),
        _count("loss_pence"),
        _flag("usual_loss"),
        _count("care_pence"),
        _count("other_pence"),
        _text("other_what"),
        _count("miles"),
        _flag("car"),
        _count("car_passengers"),
        _flag("motorcycle"),
        _count("motorcycle_passengers"),
        _flag("bicycle"),
        _count("public_transport_pence"),
        _count("taxi_pence"),
        _count("parking_pence"),
        _text("permitted_by"),
        _word("food", "NONE"),
        _count("smart_card_pence"),
        _flag("in_cash"),
        _text("touched_by"),
        _word("claim_id", ""),
        _word("submitted_by", ""),
        _word("submitted_at", ""),
        _word("approved_by", ""),
        _word("approved_at", ""),
        _word("rates_from", ""),
        _text("fixed", "{}"),
        _text("paid", "{}"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("attendance_expense_by_claim", "attendance_expense", ["claim_id", "day"])
    op.create_index("attendance_expense_by_juror", "attendance_expense", ["juror", "day"])
    op.create_index(
        "attendance_expense_by_state", "attendance_expense", ["court", "state", "day", "juror"]
    )


def _trial() -> None:
    op.create_table(
        "trial",
        *_synced(),
        _text("number"),
        _word("court"),
        _text("name"),
        _text("judge"),
        _text("room"),
        _word("start_on"),
        _word("ended_on", ""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("trial_by_court", "trial", ["court", "ended_on", "number", "id"])


def _trial_juror() -> None:
    op.create_table(
        "trial_juror",
        *_synced(),
        _word("trial_id"),
        _text("trial"),
        _word("court"),
        _word("juror"),
        _word("pool"),
        sa.Column("place", sa.Integer(), nullable=False),
        _word("outcome"),
        _word("draw_id"),
        _word("drawn_on"),
        _word("sworn_on", ""),
        _word("back_on", ""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("trial_juror_by_court", "trial_juror", ["court", "back_on", "juror"])
    op.create_index("trial_juror_by_juror", "trial_juror", ["juror", "back_on"])
    op.create_index("trial_juror_by_trial", "trial_juror", ["trial_id", "place", "juror"])


def _jury_draw() -> None:
    op.create_table(
        "jury_draw",
        *_event(),
        _word("trial_id"),
        _word("court"),
        _word("day"),
        sa.Column("asked", sa.Integer(), nullable=False),
        _word("seed"),
        _text("pools", "[]"),
        _text("candidates", "[]"),
        _text("drawn", "[]"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("jury_draw_by_trial", "jury_draw", ["trial_id", "hlc"])


def _juror_event() -> None:
    op.create_table(
        "juror_event",
        *_event(),
        _word("juror"),
        _word("pool"),
        _word("court"),
        _word("day"),
        _word("code"),
        _text("note"),
        _text("data", "{}"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("juror_event_by_day", "juror_event", ["court", "day", "hlc"])
    op.create_index("juror_event_by_juror", "juror_event", ["juror", "hlc"])


def _synced() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )


def _event() -> tuple[sa.Column[str] | sa.Column[int], ...]:
    return (
        *_synced(),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        _word("desk", ""),
        _word("at"),
        _word("officer_id"),
    )


def _word(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("0"))


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))
