"""Which hearings are held over a link. Source: hearings sheet, section 1."""

from __future__ import annotations

from deskapp.text import fold

REMOTE = ("video", "cvp", "teams", "vh", "fideo")
"""Folded words of a channel that say so."""


def is_remote(channel: str) -> bool:
    """Whether the channel of a hearing says that there is a link."""
    return any(word in fold(channel) for word in REMOTE)
