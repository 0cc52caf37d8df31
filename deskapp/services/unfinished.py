"""Unfinished forms on the first screen: which, since when, about whom or which record."""

from __future__ import annotations

from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.i18n import _, language, when
from deskapp.services import drafts, kinds
from deskapp.services.drafts import Draft
from deskapp.services.waiting import Asker, Group, Line, Lines

DRAFT = "draft"


def waiting(connection: Connection, asker: Asker) -> Lines:
    """Every form of the user that is open or parked, the oldest first."""
    begun = drafts.waiting(connection, asker.user.id)
    return Lines([_line(connection, draft, asker, at) for at, draft in enumerate(begun)])


def _line(connection: Connection, draft: Draft, asker: Asker, at: int) -> Line:
    state = _("parked") if draft.parked else _("open now")
    about = draft.values.get(drafts.RECORD, "")
    who = (
        kinds.ref_of(connection, about) if about else "",
        draft.values.get("person_name", ""),
        _topic_label(draft.values.get("topic", "")),
    )
    title = draft.values.get(drafts.title_name(language()), "")
    return Line(
        DRAFT,
        draft.id,
        f"{state} {when(local(draft.started_at), asker.today)}",
        ": ".join(filter(None, (drafts.label(draft.form), title))),
        " ".join(filter(None, who)) or ("" if title else _("not given yet")),
        (Group.BEGUN, at, 0),
    )


def _topic_label(code: str) -> str:
    if not code:
        return ""
    from deskapp.services.enquiries import (
        topics,  # only for a form with a topic: a start seldom has one
    )

    return topics.label(code, language())
