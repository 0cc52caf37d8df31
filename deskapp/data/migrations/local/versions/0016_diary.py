"""When the bookings of cases are, beside them: a diary need not read their events.

And an index of the cases in conflict, which are few.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the columns, and have the families with bookings worked out anew."""
    with schema.step(op.get_bind(), revision):
        for name, default in (("starts_key", ""), ("ends_key", ""), ("answers", "{}")):
            column = sa.Column(name, sa.Text(), nullable=False, server_default=default)
            op.add_column("case_item", column)
        op.create_index(
            "case_item_by_end",
            "case_item",
            ["ends_key", "starts_key"],
            sqlite_where=sa.text("ends_key <> ''"),
        )
        op.create_index(
            "case_by_conflict",
            "case_state",
            ["due_key", "priority", "ref_key"],
            sqlite_where=sa.text("conflicts > 0"),
        )
        op.execute(
            "UPDATE case_state SET turns_key = '' WHERE family_id IN (SELECT family_id"
            " FROM case_event WHERE kind = 'add' AND answers LIKE '%\"resource\"%')"
        )
