"""Somebody who speaks for somebody else: for whom, and by what authority.

Without authority information is taken in, none is given and nothing is changed. Source: enquiries
sheet, section 4.
"""

from __future__ import annotations

import json

from deskapp.errors import Problem
from deskapp.i18n import _, number
from deskapp.services import lists
from deskapp.services.lists import Authority
from deskapp.text import clean, one_line

LONGEST_NAME = 200
_SUFFICIENT = frozenset(authority for authority in Authority if authority.suffices)


def authorised(authority: str) -> bool:
    """Whether what is said may go as far as to the person themselves.

    Args:
        authority: Code of the authority, empty when the person speaks for themselves; one that
            this desk does not know is none.
    """
    return not authority or authority in _SUFFICIENT


def problems(authority: str, acting_for: str) -> list[Problem]:
    """What is wrong with whom a third party speaks for."""
    if (acting_for or authority) and authority not in frozenset(Authority):
        return [Problem("authority", _("Select the authority of the third party"))]
    if authority and not one_line(acting_for):
        return [Problem("acting_for", _("Enter who the third party speaks for"))]
    if len(acting_for) > LONGEST_NAME:
        message = _("{field} must be {limit} characters or less")
        limit = number(LONGEST_NAME)
        return [Problem("acting_for", message.format(field=_("Speaks for"), limit=limit))]
    return []


def kept(authority: str, acting_for: str) -> str:
    """What is stored; an empty object when the person speaks for themselves."""
    if not (authority or acting_for):
        return "{}"
    whole = {"name": one_line(acting_for), "authority": authority}
    return json.dumps(whole, ensure_ascii=False)


def read(stored: str) -> tuple[str, str]:
    """Name and code of the authority of a saved contact; both empty without a third party."""
    whole = json.loads(stored)
    return clean(str(whole.get("name", ""))), clean(str(whole.get("authority", "")))


def words(acting_for: str, authority: str) -> str:
    """Who is spoken for and by what right, as people read it; empty for nobody."""
    known = authority in frozenset(Authority)
    label = lists.by_code(Authority, authority).label if known else authority
    return ", ".join(filter(None, (one_line(acting_for), label)))
