"""Days, times and numbers as officers type them, read in one way by every form and command."""

from __future__ import annotations

import datetime as dt
import re

from deskapp.clock import LONDON, local
from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.text import fold

# Day first, as in Britain: 30/11/2026, 30 11 26, 30.11.2026, 30 Nov, 30th November 2026.
_DAY = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]*(?:([a-z]{3,})|(?<=[ ./-])(\d{1,2}))"
    r"(?:[ ./-]+(\d{4}|\d{2}))?",
    re.ASCII,
)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))? ?(?:(am|yb)|(pm|yh|yp))?", re.ASCII)
_HOUR = re.compile(r"\d{1,2}", re.ASCII)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_YES = frozenset({"y", "yes", "ie", "oes", "ydy", "do"})
_NO = frozenset({"n", "no", "na", "nac", "nage", "naddo"})
_MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
_NOW = frozenset({"now", "nawr", "rwan"})
_NEAR_DAYS = (("today", "heddiw"), ("tomorrow", "yfory"))
_WEEKDAYS = (
    ("monday", "llun"),
    ("tuesday", "mawrth"),
    ("wednesday", "mercher"),
    ("thursday", "iau"),
    ("friday", "gwener"),
    ("saturday", "sadwrn"),
    ("sunday", "sul"),
)
_DAY_OF = re.compile(r"(?:ar )?dd?ydd ")
"""What stands before the name of a day in Welsh."""
_YEARS_AHEAD = 20
"""A year of two digits lies at most so many years ahead, else in the century before."""


class NotUnderstoodError(DeskError):
    """What was typed cannot be read as the day, time or number that is wanted."""


def day(text: str, *, today: dt.date) -> dt.date:
    """The day that was typed, such as ``2026-11-30``, ``30/11/2026``, ``30 11 26`` or ``30 Nov``.

    The day comes before the month, and months may be named in English or Welsh. Without a year it
    is the one that brings the day nearest to ``today``. ``today``, ``tomorrow`` and a day of the
    week, which is the next one after ``today``, are understood in both languages too; so is a day
    of the week before its date, as lists show it.

    Raises:
        NotUnderstoodError: If it is no day, or one that does not exist.
    """
    typed = " ".join(fold(text).split())
    if named := _named_day(typed, today):
        return named
    first, _space, dated = _DAY_OF.sub("", typed).partition(" ")
    if dated and (on := _named_day(first, today)):
        found = day(dated, today=today)
        if found.weekday() == on.weekday():
            return found
        raise NotUnderstoodError(_("The day of the week and the date are two days. Enter one."))
    if iso := _ISO_DAY.fullmatch(typed):
        year, month, number = (int(part) for part in iso.groups())
        return _date(year, month, number)
    match = _DAY.fullmatch(typed)
    if match is None:
        raise NotUnderstoodError(_("Enter a date, like 30 11 2026 or 30 Nov"))
    month = _month(match[2]) if match[2] else int(match[3])
    number = int(match[1])
    if match[4] is None:
        return _nearest(month, number, today)
    return _date(_full_year(match[4], today), month, number)


def clock_time(text: str) -> dt.time:
    """The time of day that was typed, such as ``905``, ``0905``, ``9:05``, ``9.05`` or ``9.05am``;
    in Welsh ``yb``, ``yp`` and ``yh`` stand for the half of the day.

    Raises:
        NotUnderstoodError: If it is no time, or an hour alone, which could be two.
    """
    typed = " ".join(fold(text).split())
    match = _TIME.fullmatch(typed)
    if match is None:
        raise NotUnderstoodError(_("Enter a time, like 9:05 or 14:30"))
    hour, minute, half = int(match[1]), match[2], match[3] or match[4]
    if minute is None and half is None:
        raise NotUnderstoodError(_("Enter the minutes too, like 9:00, or write 9am or 9pm"))
    if half is not None and not 1 <= hour <= 12:
        raise NotUnderstoodError(_("Enter the time either as 14:30 or as 2:30pm"))
    if half is not None:
        hour = hour % 12 + (12 if match[4] else 0)
    try:
        return dt.time(hour, int(minute or 0))
    except ValueError:
        raise NotUnderstoodError(_("Time must be between 0:00 and 23:59")) from None


def wall_time(text: str, *, today: dt.date) -> dt.datetime:
    """The local day and time that were typed, such as ``tomorrow 10``, ``Tue 10:30``, ``7 4 10``.

    The time stands last and may be an hour alone; without a day it is today's.

    Raises:
        NotUnderstoodError: If no day and time can be read in it.
    """
    parts = text.replace("T", " ", 1).split() if _ISO_MOMENT.fullmatch(text) else text.split()
    for length in (1, 2, 3):
        words, last = parts[:-length], " ".join(parts[-length:])
        try:
            time = clock_time(f"{last}:00" if _HOUR.fullmatch(last) else last)
            return dt.datetime.combine(day(" ".join(words), today=today) if words else today, time)
        except NotUnderstoodError:
            continue
    raise NotUnderstoodError(_("Enter a day and a time, like tomorrow 10:00 or 7 4 10:30"))


def moment(text: str, *, now: dt.datetime) -> dt.datetime:
    """The moment that was typed, in London time, as for ``wall_time``.

    ``now``, in English or Welsh, is this minute.

    Raises:
        NotUnderstoodError: If it is no day and time.
    """
    here = local(now)
    if " ".join(fold(text).split()) in _NOW:
        return here.replace(second=0, microsecond=0)
    return wall_time(text, today=here.date()).replace(tzinfo=LONDON)


def whole_number(text: str, *, least: int, most: int) -> int:
    """The whole number that was typed, from ``least`` to ``most``, both included.

    Raises:
        NotUnderstoodError: If it is no whole number or out of these limits.
    """
    typed = text.strip().lstrip("0") or text.strip()[-1:]
    # Python refuses to read very long numbers; more than nine digits is too much everywhere.
    if re.fullmatch(r"\d{1,9}", typed, re.ASCII) and least <= int(typed) <= most:
        return int(typed)
    message = _("Enter a whole number from {least} to {most}")
    raise NotUnderstoodError(message.format(least=least, most=most))


def yes_no(text: str) -> bool:
    """Whether yes was typed, in English or Welsh; its first letter is enough.

    Raises:
        NotUnderstoodError: If it is neither yes nor no.
    """
    typed = fold(text).strip()
    if typed not in _YES | _NO:
        raise NotUnderstoodError(_("Enter yes or no"))
    return typed in _YES


def _named_day(typed: str, today: dt.date) -> dt.date | None:
    for ahead, names in enumerate(_NEAR_DAYS):
        if typed in names:
            return today + dt.timedelta(days=ahead)
    typed = _DAY_OF.sub("", typed)
    for weekday, names in enumerate(_WEEKDAYS):
        if any(len(typed) > 2 and name.startswith(typed) for name in names):
            return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _month(name: str) -> int:
    for number, names in enumerate(_MONTHS, 1):
        if any(known.startswith(name) for known in names):
            return number
    raise NotUnderstoodError(_("Enter the month as a number or by its name, like 30 11 or 30 Nov"))


def _full_year(typed: str, today: dt.date) -> int:
    year = int(typed)
    if len(typed) == 4:
        return year
    year += today.year // 100 * 100
    return year - 100 if year > today.year + _YEARS_AHEAD else year


def _nearest(month: int, number: int, today: dt.date) -> dt.date:
    found = []
    for year in range(today.year - 1, today.year + 2):
        try:
            found.append(dt.date(year, month, number))
        except ValueError:
            continue
    if not found:
        return _date(today.year, month, number)
    return min(found, key=lambda date: abs(date - today))


def _date(year: int, month: int, number: int) -> dt.date:
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise NotUnderstoodError(
            _("There is no such date. Enter the day first, then the month, like 30 11 2026")
        ) from None
