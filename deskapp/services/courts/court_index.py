"""The searchable texts of every court, folded once and kept for the life of the process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from deskapp.data import directory
from deskapp.data.directory import Court
from deskapp.i18n import N_
from deskapp.text import compact, words

CODE_LABELS = {
    "epimms_id": N_("EPIMMS code"),
    "ou_code": N_("OU code"),
    "lja_code": N_("LJA code"),
    "crown_code": N_("Crown Court code"),
    "county_code": N_("County Court code"),
    "juror_code": N_("Juror location code"),
}
# No Welsh is published for the kinds of court in the directory terms; these only widen a search.
_KIND_WORDS = {
    "county": "county sirol civil sifil",
    "crown": "crown goron",
    "family": "family teulu",
    "magistrates": "magistrates ynadon",
    "tribunal": "tribunal tribiwnlys",
}


class Why(IntEnum):
    """What of a court a search matched, the most telling first."""

    NAME = 0
    WELSH_NAME = 1
    OTHER_NAME = 2
    CODE = 3
    POSTCODE = 4
    KIND = 5
    ADDRESS = 6
    NEARBY = 7


NAMES = (Why.NAME, Why.WELSH_NAME, Why.OTHER_NAME)
CODES = (Why.CODE, Why.POSTCODE)
"""Fields in which nothing but the words as typed may match: a code is never guessed."""


class Field(NamedTuple):
    """One text of a court to search in."""

    why: Why
    label: str
    """What the text is, for the officer; to be translated."""
    shown: str
    text: str
    """The folded words with one space before, between and after them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One court with its searchable texts."""

    court: Court
    fields: tuple[Field, ...]
    exact: frozenset[str]
    """Whole names, codes and postcodes, folded and without spaces."""
    everything: str
    """All texts in one, to tell quickly that a word is nowhere."""


@cache
def entries() -> tuple[Entry, ...]:
    """Every court of the directory with its searchable texts; built at the first call."""
    return tuple(_entry(court) for court in directory.courts())


@cache
def vocabulary() -> frozenset[str]:
    """The words of all names and addresses that a typing slip may have meant."""
    texts = (field.text for entry in entries() for field in entry.fields if field.why not in CODES)
    return frozenset(word for text in texts for word in text.split() if word.isalpha())


def _entry(court: Court) -> Entry:
    fields = (*_names(court), *_others(court))
    exact = {field.text.replace(" ", "") for field in fields if field.why in NAMES}
    exact.update(field.text.split()[-1] for field in fields if field.why in CODES)
    return Entry(court, fields, frozenset(exact), "".join(field.text for field in fields))


def _names(court: Court) -> list[Field]:
    names = [
        *_texts(Why.NAME, N_("Name"), court.name),
        *_texts(Why.WELSH_NAME, N_("Welsh name"), court.name_cy),
    ]
    for alias in court.aliases:
        names += _texts(Why.OTHER_NAME, N_("Other name"), alias)
    # A court keeps its web address when it is renamed: the address tells an old name.
    source, _colon, address = court.key.partition(":")
    if source == "fact":
        known = "".join(name.text for name in names).split()
        if not set(address.split("-")) <= {*known, "s"}:
            names += _texts(Why.OTHER_NAME, N_("Old web address"), address.replace("-", " "))
    return names


def _others(court: Court) -> Iterator[Field]:
    for column, label in CODE_LABELS.items():
        if codes := getattr(court, column):
            for code in codes.split("|"):
                yield Field(Why.CODE, label, code, f" {code.lower()} ")
    for postcode in {court.postcode: None, court.write_postcode: None}:
        if postcode:
            parts = postcode.lower().split()
            text = f" {' '.join(parts)} {''.join(parts)} "
            yield Field(Why.POSTCODE, N_("Postcode"), postcode, text)
    yield Field(Why.KIND, N_("Kind of court"), "", _kind_words(court))
    for address in (court.visit_address, court.visit_address_cy, court.write_address):
        yield from _texts(Why.ADDRESS, N_("Address"), address)


def _texts(why: Why, label: str, shown: str) -> Iterator[Field]:
    if shown:
        yield Field(why, label, shown, f" {' '.join(words(shown))} ")
    if "-" in shown:  # a name typed in one: Coedduon for Coed-duon
        joined = [compact(part).lower() for part in shown.split() if "-" in part[1:-1]]
        if joined:
            yield Field(why, label, shown, f" {' '.join(joined)} ")


def _kind_words(court: Court) -> str:
    kinds = [_KIND_WORDS[kind] for kind in court.types]
    codes = [column.partition("_")[0] for column in CODE_LABELS if getattr(court, column)]
    return f" {' '.join([*kinds, *codes])} court llys "
