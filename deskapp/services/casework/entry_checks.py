"""Named checks of what is typed into a field, such as a date of birth that can be right.

They guard the hand of whoever types; what another desk sent is not held against them.
Source: site and safety sheet, section 10 (entry checks).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from deskapp.i18n import _

BIRTH_DATE, FILE_REFERENCE = "birth_date", "file_reference"
OLDEST_YEARS = 115
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./()-]*", re.ASCII)


def problem(check: str, given: object, today: dt.date) -> str:
    """What is wrong with an answer, as JSON knows it; empty when nothing is."""
    return CHECKS[check](str(given), today)


def _birth_date(given: str, today: dt.date) -> str:
    born = dt.date.fromisoformat(given)
    if born > today:
        return _("A date of birth is not after today")
    if today.year - born.year > OLDEST_YEARS:
        return _("Check the year: nobody is more than {years} years old").format(years=OLDEST_YEARS)
    return ""


def _file_reference(given: str, _today: dt.date) -> str:
    if _REFERENCE.fullmatch(given):
        return ""
    return _("A reference has letters, figures, / . and -, and at least one figure")


CHECKS: Mapping[str, Callable[[str, dt.date], str]] = {
    BIRTH_DATE: _birth_date,
    FILE_REFERENCE: _file_reference,
}
