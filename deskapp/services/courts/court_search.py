"""Find a court by what a caller says: any of its names, a code, a postcode or its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from deskapp.data.directory import CLOSED, OPEN, Court
from deskapp.i18n import N_, _
from deskapp.services import mutations, spelling
from deskapp.services.courts.court_index import CODES, NAMES, Entry, Field, Why, entries, vocabulary
from deskapp.text import one_line, words

_LONGEST_QUERY = 200
_MOST_WORDS = 10
_SHORTEST_GUESS = 4
"""Letters from which on a mutated form, a part of a word or the start of a code is looked up."""
_SMALL_WORDS = frozenset(
    ("a", "ac", "and", "at", "i", "in", "o", "of", "the", "y", "ym", "yn", "yng", "yr")
)
_SAME = {"lys": "llys", "mags": "magistrates", "saint": "st"}
_POSTCODE = re.compile(r"([a-z]{1,2})(\d[a-z\d]?) ?(?:\d[a-z]{0,2})?")
_STATUS_ORDER = (OPEN, "unknown", CLOSED)
_KIND_ORDER = ("court", "service_centre", "venue", "juror_location", "bureau")


@dataclass(frozen=True, slots=True)
class Found:
    """A court that a search found, with the text that matched."""

    court: Court
    why: Why
    label: str
    """What the matched text is; to be translated."""
    shown: str
    """The matched text as published."""
    close: bool = False
    """Whether nothing matched as typed and a close spelling did."""

    def reason_beside_name(self) -> str:
        """``reason``, or nothing where it would only say the name again."""
        return "" if self.why is Why.NAME and not self.close else self.reason()

    def reason(self) -> str:
        """Why the court is offered, in the language in use."""
        if self.why is Why.NEARBY:
            return _(self.label)
        if self.close:
            return _("Close spelling: {text}").format(text=self.shown)
        if self.shown:
            return _("{label}: {text}").format(label=_(self.label), text=self.shown)
        return _(self.label)


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of the query."""

    typed: str
    forms: tuple[str, ...]
    """Other spellings to look up: Welsh mutations, or what a slip may have meant."""


class _Match(NamedTuple):
    """How well one word matched one field; the smaller the better."""

    tier: int
    """0 name, code or postcode; 1 mutated name; 2 kind or address; 3 part of a word."""
    loose: int
    """0 a whole word, 1 the start of one or less."""
    field: int


def find(
    text: str, *, limit: int = 20, nation: str | None = None, open_only: bool = False
) -> list[Found]:
    """The courts that every word of ``text`` matches, the likeliest first.

    An exact name, code or postcode comes first; then names before addresses before parts of
    words, and among equals open before closed, courts before venues and bureaux, and names that
    begin as typed. Where nothing matches, close spellings are tried, then, for a postcode, open
    courts of the same postcode area. ``nation`` is as in ``Court.nation``.
    """
    every = words(one_line(text[:_LONGEST_QUERY]))
    telling = [word for word in every if word not in _SMALL_WORDS] or every
    typed = list(dict.fromkeys(_SAME.get(word, word) for word in telling))[:_MOST_WORDS]
    if not typed:
        return []
    among = [
        entry
        for entry in entries()
        if (nation is None or entry.court.nation == nation)
        and (not open_only or entry.court.status == OPEN)
    ]
    as_typed = _ranked(among, every, [_mutated(word) for word in typed])
    if as_typed:
        return [_found(*hit, close=False) for hit in as_typed[:limit]]
    meant = [_Word(word, spelling.closest(word, vocabulary())) for word in typed]
    if close := _ranked(among, every, meant):
        return [_found(*hit, close=True) for hit in close[:limit]]
    return _nearby(among, " ".join(every))[:limit]


def remark(found: Sequence[Found]) -> str:
    """What is to be told once of everything that was found; empty when it speaks for itself."""
    if found and found[0].why is Why.NEARBY:
        return _("No court has this postcode. These are in the same postcode area.")
    return ""


def _mutated(word: str) -> _Word:
    if len(word) < _SHORTEST_GUESS or not word.isalpha():
        return _Word(word, ())
    return _Word(word, tuple(sorted(mutations.forms(word) - {word})))


def _ranked(
    among: Iterable[Entry], every: list[str], query: list[_Word]
) -> list[tuple[Entry, list[_Match]]]:
    """The courts that every word of ``query`` matches, the likeliest first."""
    whole = "".join(every)
    start = " " + " ".join(every)
    ranked = []
    for entry in among:
        matches = _matches(entry, query)
        if not matches:
            continue
        court = entry.court
        begins = any(field.text.startswith(start) for field in entry.fields if field.why in NAMES)
        worst = max(matches)
        rank = (
            whole not in entry.exact,
            worst.tier,
            _STATUS_ORDER.index(court.status),
            _KIND_ORDER.index(court.kind),
            not begins,
            worst.loose,
            court.name,
            court.key,
        )
        ranked.append((rank, entry, matches))
    ranked.sort(key=lambda one: one[0])
    return [(entry, matches) for _rank, entry, matches in ranked]


def _found(entry: Entry, matches: list[_Match], *, close: bool) -> Found:
    # The kind of court tells least: "Cardiff county" was found by its name.
    telling = [match for match in matches if entry.fields[match.field].why != Why.KIND] or matches
    field = entry.fields[max(telling).field]
    return Found(entry.court, field.why, field.label, field.shown, close)


def _matches(entry: Entry, query: list[_Word]) -> list[_Match]:
    """The best match of every word, or nothing when one word matches nowhere."""
    everything = entry.everything
    for word in query:
        if word.typed not in everything and not any(form in everything for form in word.forms):
            return []
    found = [_best(entry, word) for word in query]
    return [match for match in found if match] if all(found) else []


def _best(entry: Entry, word: _Word) -> _Match | None:
    best = None
    best_possible = (0, int(f" {word.typed} " not in entry.everything))
    for number, field in enumerate(entry.fields):
        match = _match(word, number, field)
        if match and (best is None or match < best):
            best = match
            if match[:2] == best_possible:
                break
    return best


def _match(word: _Word, number: int, field: Field) -> _Match | None:
    typed, text = word.typed, field.text
    tier = 2 if field.why >= Why.KIND else 0
    if f" {typed}" in text:
        if f" {typed} " in text:
            return _Match(tier, 0, number)
        if field.why != Why.CODE or len(typed) >= _SHORTEST_GUESS:
            return _Match(tier, 1, number)
    if field.why in CODES:
        return None
    for form in word.forms:
        if f" {form}" in text:
            return _Match(max(tier, 1), int(f" {form} " not in text), number)
    if field.why in NAMES and len(typed) >= _SHORTEST_GUESS and typed in text:
        return _Match(3, 1, number)
    return None


def _nearby(among: Iterable[Entry], query: str) -> list[Found]:
    """Open courts of the postcode area, those of the same district first."""
    asked = _POSTCODE.fullmatch(query)
    if not asked:
        return []
    area, district = asked.groups()
    ranked = []
    for court in (entry.court for entry in among):
        own = _POSTCODE.fullmatch(court.postcode.lower())
        if court.status == OPEN and own and own[1] == area:
            rank = (own[2] != district, _KIND_ORDER.index(court.kind), court.name, court.key)
            ranked.append((rank, court))
    label = N_("Same postcode area")
    return [Found(court, Why.NEARBY, label, court.postcode) for _rank, court in sorted(ranked)]
