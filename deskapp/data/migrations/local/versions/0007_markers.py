"""The few markers that stand outside of the order of reviews are found by an index of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the index."""
    with schema.step(op.get_bind(), revision):
        op.create_index(
            "marker_to_decide",
            "marker",
            ["id"],
            sqlite_where=sa.text("ended_on = '' AND (case_id <> '' OR approved_on = '')"),
        )
