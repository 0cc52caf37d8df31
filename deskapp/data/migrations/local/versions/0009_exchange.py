"""What the exchange with the central database keeps on the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables of the exchange."""
    with schema.step(op.get_bind(), revision):
        op.add_column("change_log", sa.Column("delta_hash", sa.LargeBinary(), nullable=True))
        op.create_table(
            "sync_cursor",
            sa.Column("stream", sa.String(), nullable=False),
            sa.Column("seq", sa.Integer(), nullable=False),
            sa.Column("mark", sa.String(), nullable=False),
            sa.Column("staged_seq", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("staged_mark", sa.String(), nullable=False, server_default=""),
            sa.PrimaryKeyConstraint("stream"),
        )
        op.create_table(
            "pull_stage",
            sa.Column("stream", sa.String(), nullable=False),
            sa.Column("seq", sa.Integer(), nullable=False),
            sa.Column("tbl", sa.String(), nullable=False),
            sa.Column("row_id", sa.String(), nullable=False),
            sa.Column("op", sa.String(), nullable=False),
            sa.Column("doc", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("stream", "seq"),
        )
        _run()
        _conflict()
        _references()


def _run() -> None:
    counts = ("pushed", "applied", "pulled", "conflicts", "quarantined", "skew_ms")
    op.create_table(
        "sync_run",
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("central_at", sa.String(), nullable=False),
        sa.Column("applied_seq", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("started_at"),
    )


def _conflict() -> None:
    def text(name: str) -> sa.Column[str]:
        return sa.Column(name, sa.String(), nullable=False)

    op.create_table(
        "conflict",
        text("id"),
        text("home_site"),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        *(text(name) for name in ("tbl", "row_id", "field", "kind")),
        sa.Column("losing", sa.Text(), nullable=False, server_default="null"),
        *(text(f"losing_{name}") for name in ("by", "desk", "at")),
        sa.Column("winning", sa.Text(), nullable=False, server_default="null"),
        *(text(f"winning_{name}") for name in ("by", "desk", "at")),
        *(text(name) for name in ("opened_at", "resolved_by", "resolved_at", "resolution")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("conflict_by_open", "conflict", ["resolved_at", "opened_at", "id"])
    op.create_index("conflict_by_row", "conflict", ["row_id"])
    op.create_index("conflict_by_kind", "conflict", ["kind", "tbl"])


def _references() -> None:
    """Two desks may have given out one reference: both rows come, and central renames one."""
    for table in ("contact", "case_record"):
        op.drop_index(f"{table}_by_ref", table)
        op.create_index(f"{table}_by_ref", table, ["ref_key"])
