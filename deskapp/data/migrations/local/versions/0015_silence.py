"""Complaints that nobody has acknowledged yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add what the worklist reads, and work it out for the complaints that are here."""
    with schema.step(op.get_bind(), revision):
        op.add_column(
            "complaint_state",
            sa.Column("unacknowledged", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        )
        op.execute(
            "UPDATE complaint_state SET unacknowledged = 1 WHERE live = 1 AND person_name <> ''"
            " AND EXISTS ("
            "SELECT 1 FROM complaint_stage AS g WHERE g.complaint_id = complaint_state.id"
            " AND g.number = complaint_state.stage AND g.status IN ('received', 'in_progress')"
            " AND g.acknowledged_at = '')"
        )
        op.create_index(
            "complaint_state_by_silence",
            "complaint_state",
            ["unacknowledged", "received_at", "ref_key", "id"],
        )
