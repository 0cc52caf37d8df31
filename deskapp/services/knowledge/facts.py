"""Dated facts: the value of a figure on a day, or why it must not be quoted.

Source: knowledge sheet, sections 3 and 12.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from deskapp.i18n import LANGUAGES, N_, _, speaking
from deskapp.services.knowledge.declared import Fact, Period
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.parts import Words
from deskapp.services.knowledge.reading import Reader, parsed

FILE = "facts.toml"
UNITS = ("GBP", "pence", "number", "phone", "email", "url", "text")
FIGURES = ("GBP", "pence", "number", "phone", "text")
"""Units of what is read out; the address of a page is seen to be wrong when it is opened."""
CHECK_FIRST = N_("check before quoting")
"""In place of a value that nobody may rely on; to be translated."""
REASONS = {
    "disputed": N_("Sources differ."),
    "overdue": N_("Its review date has passed."),
    "undated": N_("No value is known for this day."),
}


class Value(NamedTuple):
    """A fact on one day."""

    words: str
    """The value as it is read, or the words "check before quoting"."""
    doubt: str
    """Why it must be checked first, a key of ``REASONS``; empty when it can be quoted."""


def value(fact: Fact, language: str, *, on: dt.date) -> Value:
    """What to quote for a fact on a day.

    A disputed fact is never quoted; nor is one that has no period for the day, or a volatile one
    past its review date.
    """
    doubt, period = "", _period(fact, on)
    if fact.disputed:
        doubt = "disputed"
    elif period is None:
        doubt = "undated"
    elif fact.volatile and fact.review_by < on:
        doubt = "overdue"
    if doubt or period is None:
        with speaking(language):
            return Value(_(CHECK_FIRST), doubt)
    return Value(shown(period.value[language], fact.unit), "")


def since(fact: Fact, *, on: dt.date) -> dt.date | None:
    """Since when the value of a day is known; None where it need not be checked.

    A figure that changes often, or that only one person knew, is quoted with that day until
    somebody confirms it.
    """
    period = _period(fact, on)
    confirmed = fact.confirmed_on is not None and period and fact.confirmed_on >= period.start
    return period.start if fact.volatile and period and not confirmed else None


def _period(fact: Fact, on: dt.date) -> Period | None:
    """The newest period that has begun on that day and is not over."""
    begun = [each for each in fact.periods if each.start <= on]
    newest = max(begun, key=lambda each: each.start, default=None)
    return newest if newest and (newest.end is None or on <= newest.end) else None


def shown(text: str, unit: str) -> str:
    """A value with the sign of its unit."""
    if unit == "pence":
        return f"{text}p"
    if unit == "GBP":
        amount = Decimal(text)
        whole = amount == amount.to_integral_value()
        return f"£{amount:,.0f}" if whole else f"£{amount:,.2f}"
    return text


def read(text: str) -> tuple[dict[str, Fact], list[Finding]]:
    """Every fact of ``facts.toml`` by id; what cannot be read is left out with a finding."""
    table, findings = parsed(text, FILE)
    facts = {}
    for fact_id, entry in _entries(table):
        fact, found = _fact(fact_id, entry)
        findings += found
        facts[fact_id] = fact
    return facts, findings


def _entries(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Id and table of each fact: the innermost tables that have a unit."""
    for name, inner in table.items():
        if isinstance(inner, dict):
            fact_id = f"{above}{name}"
            if "unit" in inner or not any(isinstance(each, dict) for each in inner.values()):
                yield fact_id, inner
            else:
                yield from _entries(inner, f"{fact_id}.")


def _fact(fact_id: str, entry: Mapping[str, Any]) -> tuple[Fact, list[Finding]]:
    reader = Reader(entry, FILE, fact_id)
    unit = reader.text("unit", of=UNITS)
    disputed = reader.flag("disputed")
    fact = Fact(
        id=fact_id,
        unit=unit,
        source=reader.text("source", ""),
        volatile=reader.flag("volatile"),
        review_by=reader.day("review_by"),
        disputed=disputed,
        periods=tuple(_periods(reader, unit)),
        seen=tuple(_seen(reader)),
        note=reader.words("note"),
        confirmed_on=reader.day("confirmed_on") if reader.given("confirmed_on") else None,
    )
    if disputed is bool(fact.periods):
        reader.wrong("E1", _("Give a fact its periods, or if it is disputed the values seen."))
    return fact, reader.close()


def _periods(reader: Reader, unit: str) -> Iterator[Period]:
    for entry in reader.tables("periods"):
        start, end, words = entry.get("from"), entry.get("to"), _words(entry.get("value"))
        dated = isinstance(start, dt.date) and isinstance(end, dt.date | None)
        if not dated or words is None or (unit in ("GBP", "pence") and not _amounts(words)):
            reader.wrong("E1", _("A period has a from date and a value in quotes."))
            continue
        yield Period(entry["from"], words, end)


def _seen(reader: Reader) -> Iterator[tuple[Words, str]]:
    for entry in reader.tables("values"):
        words = _words(entry.get("value"))
        if words is None:
            reader.wrong("E1", _("Each value seen has a value in quotes and a source."))
            continue
        yield words, str(entry.get("source", ""))


def _words(given: object) -> Words | None:
    """A value in every language; None where it is neither a text nor one for each language."""
    if isinstance(given, str):
        return dict.fromkeys(LANGUAGES, given)
    if isinstance(given, dict) and all(isinstance(given.get(name), str) for name in LANGUAGES):
        return {name: given[name] for name in LANGUAGES}
    return None


def _amounts(words: Words) -> bool:
    """Whether a value is an amount in every language."""
    try:
        return all(Decimal(text) >= 0 for text in words.values())
    except InvalidOperation:
        return False
