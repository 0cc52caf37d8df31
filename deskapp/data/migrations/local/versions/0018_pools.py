"""How many jurors of a pool stand where, counted without reading their rows."""

from __future__ import annotations

from alembic import op

from deskapp.data import schema

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the index."""
    with schema.step(op.get_bind(), revision):
        op.create_index("juror_in_pool_counted", "juror_in_pool", ["pool", "status"])
