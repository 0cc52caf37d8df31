"""What the desk knows is put into replies; what it does not know is no other court's number."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest

from deskapp.services import bank_holidays
from deskapp.services.courts import sites
from deskapp.services.dates import Nation
from deskapp.services.enquiries import turnaround
from deskapp.services.knowledge import at_hand, library, replies
from deskapp.services.knowledge.at_hand import Desk
from tests.builders import SITE

NOW = dt.datetime(2026, 11, 18, 10, 0, tzinfo=dt.UTC)
HERE = Desk(
    "Ann Officer",
    SITE,
    NOW,
    bank_holidays.shipped()[Nation.ENGLAND_AND_WALES],
    turnaround.in_force(Path("none")),
)
SHIPPED = library.shipped()
TODAY = dt.date(2026, 11, 18)


def known(item_id: str, language: str = "en", **values: str) -> dict[str, str]:
    """What is known for the reply of an item."""
    item = SHIPPED.item(item_id)
    assert item is not None
    return at_hand.known(HERE, values, item, SHIPPED, language)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_court_of_the_desk_answers_where_the_contact_names_none(language: str) -> None:
    """By the directory; Welsh speakers get their own line where the court has one."""
    court = sites.by_key(SITE)
    found = known("hearing-cannot-attend", language)
    general = court.phones[0].value
    assert found["court.name"] == court.shown_name(language)
    assert found["court.email"] == court.email
    assert found["court.phone"] == ((language == "cy" and court.welsh_phone) or general)


def test_the_court_that_the_contact_names_comes_first() -> None:
    """As a script collected it."""
    found = known("hearing-cannot-attend", extra_court="Cardiff Magistrates' Court")
    assert found["court.name"] == "Cardiff Magistrates' Court"
    assert found["court.phone"] not in ("", sites.by_key(SITE).phones[0].value)


@pytest.mark.parametrize("named", ["Cardiff", "Nowhere Castle"])
def test_a_court_that_is_not_sure_leaves_gaps(named: str) -> None:
    """Nobody rings another court because of a guess."""
    found = known("hearing-cannot-attend", extra_court=named)
    assert (found["court.name"], found["court.phone"], found["court.email"]) == (named, "", "")


def test_a_day_is_the_promised_one_or_that_of_the_script_or_of_the_papers() -> None:
    """In this order; without any of them it is a gap."""
    assert known("fine-cannot-pay", add_by_when="2026-11-30")["due_date"] == "30 Nov 2026"
    assert known("fine-cannot-pay")["due_date"] == "2 Dec 2026"
    assert known("s-fine-cannot-pay", "cy")["due_date"] == "2 Rhag 2026"
    assert known("help-with-fees")["due_date"] == "30 Nov 2026"
    assert known("court-lists")["due_date"] == ""


def test_every_shipped_reply_has_only_gaps_that_the_desk_cannot_know() -> None:
    """Case and person of a contact that is not there; figures that must be checked."""
    allowed = {"case reference", "check before quoting"}
    for article in SHIPPED.articles.values():
        if article.staff:
            continue
        reply = replies.reply(
            article,
            ["en"],
            partial(at_hand.known, HERE, {}, article, SHIPPED),
            library=SHIPPED,
            on=TODAY,
        )
        assert {*reply.gaps} <= allowed, article.id
