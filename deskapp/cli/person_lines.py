"""Persons and markers as the commands write them: lines and JSON, never the code word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict

from deskapp.i18n import _, day, ngettext, number
from deskapp.services.persons import person_card
from deskapp.services.persons.markers import MarkerLine
from deskapp.services.persons.person_card import PersonCard
from deskapp.services.persons.persons import PersonLine


def line_json(line: PersonLine) -> dict[str, object]:
    """A person, for programs; what is withheld says so."""
    return asdict(line)


def marker_json(line: MarkerLine, today: dt.date) -> dict[str, object]:
    """A marker, for programs."""
    return {
        "id": line.id,
        "code": line.code,
        "words": line.words(today),
        "person_id": line.person_id,
        "case_key": line.case_key,
        "waiting": line.waiting,
        "overdue": line.overdue(today),
        "review_on": line.review_on.isoformat() if line.review_on else "",
        "renew_reason": line.renew_reason,
    }


def marker_text(line: MarkerLine, today: dt.date) -> str:
    """A marker in one line, with its id."""
    review = _("review {day}").format(day=day(line.review_on)) if line.review_on else ""
    return "  ".join(filter(None, (line.id, line.code, line.words(today), review)))


def card_json(card: PersonCard, today: dt.date) -> dict[str, object]:
    """A person with what must be known, for programs."""
    return {
        **line_json(card.line),
        "contacts": card.contacts,
        "safe_contact": card.safe._asdict(),
        "markers": [marker_json(line, today) for line in card.markers],
        "linked": [line_json(line) for line in card.linked],
        "may_be_the_same": [line_json(line) for line in card.same],
    }


def card_text(card: PersonCard) -> Iterator[str]:
    """A person with what must be known, line by line."""
    line = card.line
    had = ngettext("{count} contact", "{count} contacts", card.contacts)
    parts = (line.full_name, line.phone, line.email, line.postcode)
    yield "  ".join((*filter(None, parts), had.format(count=number(card.contacts))))
    if card.banners:
        yield person_card.banner_words(card.banners)
    yield card.safe.words
    for each in card.linked:
        same = _("Same person: {names}").format(names=person_card.name_and_hint(each))
        yield f"{same}  {each.id}"
    for each in card.same:
        may_be = _("May be the same: {name}").format(name=person_card.name_and_hint(each))
        yield f"{may_be}  {each.id}"
