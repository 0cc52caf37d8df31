"""Local articles and scripts with their versions, flags, and how often items are used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskapp.data import schema

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of local knowledge; contacts keep the scripts that were walked."""
    with schema.step(op.get_bind(), revision):
        op.add_column("contact", sa.Column("trail", sa.Text(), nullable=False, server_default="[]"))
        for name in ("opened", "unopened"):
            op.add_column(
                "kb_search",
                sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")),
            )
        _kb_use()
        _kb_item()
        _kb_version()
        _kb_flag()


def _kb_use() -> None:
    op.create_table(
        "kb_use",
        sa.Column("used_on", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("copied", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("used", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("unhelped", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("left", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("used_on", "item", "node"),
    )


def _kb_item() -> None:
    op.create_table(
        "kb_item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("live_version", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("review_by", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False, server_default=""),
        sa.Column("title_cy", sa.Text(), nullable=False, server_default=""),
        sa.Column("based_on", sa.String(), nullable=False),
        sa.Column("based_version", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("kb_item_by_name", "kb_item", ["item", "id"])


def _kb_version() -> None:
    op.create_table(
        "kb_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False, server_default=""),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
        sa.Column("welsh", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("kb_version_by_item", "kb_version", ["item_id", "hlc"])


def _kb_flag() -> None:
    op.create_table(
        "kb_flag",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("home_site", sa.String(), nullable=False),
        sa.Column("sync_rev", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("hlc", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("desk", sa.String(), nullable=False, server_default=""),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("closes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("kb_flag_by_item", "kb_flag", ["item", "hlc"])
