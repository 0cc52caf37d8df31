"""Searches that found nothing useful: which articles are missing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table of such searches."""
    with schema.step(op.get_bind(), revision):
        op.create_table(
            "kb_search",
            sa.Column("searched_on", sa.String(), nullable=False),
            sa.Column("words", sa.String(), nullable=False),
            sa.Column("language", sa.String(), nullable=False),
            sa.Column("topic", sa.String(), nullable=False),
            sa.Column("empty", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("distant", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("reported", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.PrimaryKeyConstraint("searched_on", "words", "language", "topic"),
        )
