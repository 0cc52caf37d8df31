"""The language of every text shown: gettext catalogues ``en`` and ``cy``, switched while running.

Texts are looked up when they are shown, so a switch needs no restart::

    from deskapp.i18n import _, N_, ngettext
    LABEL = N_("Topic")                 # marked here, translated where it is shown: _(LABEL)
    _("Saved {ref}").format(ref=ref)    # places are named, never positional
    ngettext("{count} contact", "{count} contacts", n).format(count=number(n))

Dates and numbers look as Babel writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.cldr import NAMES

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "cy")
DOMAIN = "deskapp"
LOCALE_FOLDER = Path(__file__).parent / "locale"

_translations: NullTranslations | None = None
"""The catalogue in use; none for English, which is what stands in the code."""
_language = "en"
_spoken: ContextVar[tuple[str, NullTranslations | None] | None] = ContextVar("spoken")
"""Another language for a while, such as that of a letter; other threads keep theirs."""


def use(language: str) -> None:
    """Show every text from now on in ``language``; an unknown one falls back to English."""
    global _language, _translations
    _language = language if language in LANGUAGES else "en"
    _translations = _catalogue(_language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts inside the block are in ``language``; the screens stay as they are."""
    before = _spoken.set((language, _catalogue(language)))
    try:
        yield
    finally:
        _spoken.reset(before)


def _catalogue(language: str) -> NullTranslations | None:
    if language == "en":
        return None
    from gettext import translation

    return translation(DOMAIN, LOCALE_FOLDER, languages=[language], fallback=True)


def _in_use() -> tuple[str, NullTranslations | None]:
    return _spoken.get(None) or (_language, _translations)


def language() -> str:
    """The language in use, ``en`` or ``cy``."""
    return _in_use()[0]


def other_language() -> str:
    """The language that the language key switches to."""
    return "cy" if language() == "en" else "en"


def _(message: str) -> str:
    """Translate ``message`` into the language in use."""
    catalogue = _in_use()[1]
    return catalogue.gettext(message) if catalogue and message else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate with the plural form that ``n`` needs (Welsh has six)."""
    catalogue = _in_use()[1]
    if catalogue:
        return catalogue.ngettext(singular, plural, n)
    return singular if n == 1 else plural


def N_(message: str) -> str:  # noqa: N802 - the usual gettext name
    """Mark a text for the catalogues; it is translated where it is shown."""
    return message


def detect(environment: dict[str, str]) -> str:
    """The language that the usual locale variables ask for, English when they name another."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "cy" if value.lower().startswith("cy") else "en"
    return "en"


def day(date: dt.date) -> str:
    """A date in words, such as ``21 Nov 2026``."""
    return f"{_day_of_month(date)} {date.year}"


def weekday(date: dt.date) -> str:
    """A date with its day of the week, such as ``Saturday 21 November 2026``."""
    return f"{NAMES[language()].days[date.weekday()]} {whole_day(date)}"


def whole_day(date: dt.date) -> str:
    """A date with the whole name of its month, such as ``21 November 2026``."""
    return f"{date.day} {NAMES[language()].months[date.month - 1]} {date.year}"


def when(moment: dt.datetime, today: dt.date) -> str:
    """A local instant as short as it can be said: ``14:05``, ``21 Nov 14:05``, ``21 Nov 2025``."""
    if moment.date() == today:
        return clock_time(moment)
    if moment.year != today.year:
        return day(moment.date())
    return day_and_time(moment)


def day_and_time(moment: dt.datetime) -> str:
    """A local moment of about this year, such as ``21 Nov 14:05``; it can be typed so as well."""
    return f"{_day_of_month(moment)} {clock_time(moment)}"


def appointment(moment: dt.datetime) -> str:
    """As ``day_and_time`` with the day of the week, such as ``Sat 21 Nov 14:05``."""
    return f"{NAMES[_language].short_days[moment.weekday()]} {day_and_time(moment)}"


def _day_of_month(date: dt.date) -> str:
    return f"{date.day} {NAMES[language()].short_months[date.month - 1]}"


def clock_time(moment: dt.datetime | dt.time) -> str:
    """A local time of day, such as ``14:05``."""
    return f"{moment:%H:%M}"


def number(value: int) -> str:
    """A whole number with its thousands marked, such as ``100,000``."""
    return f"{value:,}"
