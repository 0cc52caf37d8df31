"""The team that an officer is in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    """Add the team."""
    with schema.step(op.get_bind(), revision):
        op.add_column("officer", sa.Column("team", sa.Text(), nullable=False, server_default=""))
