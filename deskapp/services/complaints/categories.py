"""What complaints are about: head, severity and what must also happen.

Source: complaints sheet, section 3; the list is data, in ``complaint_categories.toml``, and an
administrator may replace it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from deskapp import i18n, paths
from deskapp.errors import DeskError, Problem
from deskapp.i18n import N_, _, number
from deskapp.services import local_files, typed
from deskapp.services.complaints.lists import Flag, Head, Severity
from deskapp.services.enquiries import dissatisfaction
from deskapp.services.worded import Items
from deskapp.text import one_line

MOST = 5
"""Categories of one complaint."""
ALSO = "also_"
"""Begins the names of the fields that categories ask besides: ``also_LOST.data_breach``."""
LONGEST = 200
NO_MORE = "no"
"""Kept where a day is asked for and there is none."""
NO_WORDS: Mapping[str, str] = {}
REDIRECT = "redirect"
"""Offered where a matter is usually not ours."""
_OFFERS = ("turnaround", "building_issue", "building_risk", "incident", REDIRECT)


TELL = {
    "told": N_("Tell the team leader of it."),
    "same_day": N_("Tell the team leader today."),
    "at_once": N_("Tell the team leader at once, in person."),
}
"""How soon a team leader is to be told of a category."""


class Also(NamedTuple):
    """Something that a category asks besides."""

    name: str
    """Of its field: ``LOST.data_breach``."""
    kind: str
    """``yes_no``, ``text`` or ``day_or_no``."""
    labels: Mapping[str, str]
    messages: Mapping[str, str]
    """What is said when it is empty; none where it may be."""
    sets_flag: str = ""
    """A flag that the answer yes sets."""
    warnings: Mapping[str, str] = NO_WORDS
    """What is told when the answer is yes; empty for nothing."""

    @property
    def label(self) -> str:
        """What is asked, in the language in use."""
        return self.labels[i18n.language()]

    @property
    def message(self) -> str:
        """What is said when it is empty, in the language in use."""
        return self.messages.get(i18n.language(), "")

    @property
    def warning(self) -> str:
        """What is told when the answer is yes, in the language in use."""
        return self.warnings.get(i18n.language(), "")


@dataclass(frozen=True)
class Category:
    """What a complaint may be about."""

    code: str
    head: Head
    severity: Severity
    tell_leader: str
    """A key of ``TELL``; empty for not."""
    flag: str
    """Set by itself."""
    offers: tuple[str, ...]
    """What the screen offers besides, such as ``turnaround`` or ``building_issue``."""
    about_staff: bool
    """Who it is about is asked, or "not known"."""
    least_details: int
    """Characters of the account."""
    asks: tuple[Also, ...]

    @property
    def label(self) -> str:
        """What it is called, in the language in use."""
        return labels().label(self.code)


def labels() -> Items:
    """The categories with their labels, found by code or words."""
    return dissatisfaction.categories()


def all_categories() -> Mapping[str, Category]:
    """Every category by its code, in the order it is offered.

    Raises:
        SettingsError: If the file of the settings folder cannot be used.
    """
    return _categories(paths.settings_folder())


def default_severity(codes: Iterable[str]) -> Severity:
    """Major when one of the categories is, else minor."""
    grave = any(each.severity is Severity.MAJOR for each in _known(codes))
    return Severity.MAJOR if grave else Severity.MINOR


def asked_besides(codes: Iterable[str]) -> list[Also]:
    """Everything that these categories ask besides, in their order."""
    return [also for each in _known(codes) for also in each.asks]


def asks_about_staff(codes: Iterable[str]) -> bool:
    """Whether one of them asks who of the staff it is about."""
    return any(each.about_staff for each in _known(codes))


def offered(codes: Iterable[str]) -> list[str]:
    """What is offered besides, each once."""
    return [*dict.fromkeys(offer for each in _known(codes) for offer in each.offers)]


def told_of(codes: Iterable[str], *, leads: bool) -> list[str]:
    """How soon the team leader is to be told, in the language in use; ``leads``: is one."""
    known = [] if leads else _known(codes)
    return list(dict.fromkeys(_(TELL[each.tell_leader]) for each in known if each.tell_leader))


def not_ours(codes: Iterable[str], also: Mapping[str, str]) -> list[str]:
    """Why it may not be ours to answer, in the language in use.

    Args:
        codes: Of the categories.
        also: What they ask besides, as typed so far.
    """
    known = _known(codes)
    asks = (ask for each in known for ask in each.asks)
    told = [ask.warning for ask in asks if ask.warning and _is_yes(also.get(ask.name, ""))]
    if any(REDIRECT in each.offers for each in known):
        told.append(_("This is usually not ours to answer: Ctrl+R, X redirects it."))
    return told


def _known(codes: Iterable[str]) -> list[Category]:
    known = all_categories()
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def _is_yes(text: str) -> bool:
    try:
        return typed.yes_no(text)
    except typed.NotUnderstoodError:
        return False


def flags_of(codes: Iterable[str], also: Mapping[str, str]) -> set[str]:
    """The flags that categories and what they asked set by themselves."""
    known = [each for code, each in all_categories().items() if code in set(codes)]
    flags = {each.flag for each in known if each.flag}
    asks = (ask for each in known for ask in each.asks)
    return flags | {ask.sets_flag for ask in asks if ask.sets_flag and also.get(ask.name) == "yes"}


def problems(codes: list[str], also: Mapping[str, str], *, today: dt.date) -> list[Problem]:
    """What is wrong with the categories of a complaint and with what they ask besides."""
    if not codes or any(code not in all_categories() for code in codes):
        return [Problem("categories", _("Select what the complaint is about"))]
    if len(codes) > MOST:
        message = _("Select {count} categories or fewer").format(count=number(MOST))
        return [Problem("categories", message)]
    return [*_also_problems(codes, also, today)]


def _also_problems(codes: list[str], also: Mapping[str, str], today: dt.date) -> Iterator[Problem]:
    for ask in asked_besides(codes):
        try:
            kept(ask, also.get(ask.name, ""), today=today)
        except typed.NotUnderstoodError as error:
            yield Problem(ALSO + ask.name, str(error))


def kept(ask: Also, text: str, *, today: dt.date) -> str:
    """An answer as it is stored.

    Raises:
        NotUnderstoodError: If it is empty where it may not be, or cannot be read.
    """
    text = one_line(text)
    if not text:
        if ask.message:
            raise typed.NotUnderstoodError(ask.message)
        return ""
    if ask.kind == "yes_no":
        return "yes" if typed.yes_no(text) else "no"
    if ask.kind == "day_or_no":
        try:
            return typed.day(text, today=today).isoformat()
        except DeskError:
            if typed.yes_no(text):
                raise
            return NO_MORE
    if len(text) > LONGEST:
        message = _("Enter {count} characters or less").format(count=number(LONGEST))
        raise typed.NotUnderstoodError(message)
    return text


@cache
def _categories(settings_folder: Path) -> Mapping[str, Category]:
    file = local_files.read(dissatisfaction.FILE, settings_folder)
    found: dict[str, Category] = {}
    for entry in file.entries["item"]:
        try:
            found[entry["code"]] = _category(entry)
        except (KeyError, ValueError, TypeError) as error:
            raise file.wrong(str(entry.get("code", "item"))) from error
    return found


def _category(entry: Mapping[str, Any]) -> Category:
    code, offers = entry["code"], tuple(entry.get("offers", ()))
    flag = Flag(entry["flag"]).value if "flag" in entry else ""
    tell_leader = entry.get("tell_leader", "")
    if not set(offers) <= set(_OFFERS) or tell_leader not in ("", *TELL):
        raise ValueError(code)
    return Category(
        code=code,
        head=Head(entry["head"]),
        severity=Severity(entry["severity"]),
        tell_leader=tell_leader,
        flag=flag,
        offers=offers,
        about_staff=entry.get("about_staff", False),
        least_details=entry.get("least_details", 1),
        asks=tuple(_also(code, ask) for ask in entry.get("asks", ())),
    )


def _also(code: str, ask: Mapping[str, Any]) -> Also:
    if ask["kind"] not in ("yes_no", "text", "day_or_no"):
        raise ValueError(ask["kind"])
    return Also(
        name=f"{code}.{ask['name']}",
        kind=ask["kind"],
        labels={language: ask[language] for language in i18n.LANGUAGES},
        messages=ask.get("message", {}) if ask.get("needed", True) else {},
        sets_flag=Flag(ask["sets_flag"]).value if "sets_flag" in ask else "",
        warnings=ask.get("warning", NO_WORDS),
    )
