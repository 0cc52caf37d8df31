"""Reading what is typed of an interpreter, and what must be put right."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.services import typed
from deskapp.services.interpreters import languages
from deskapp.services.interpreters.bookings import Gender, Kind
from deskapp.services.interpreters.conflicts import Part
from deskapp.services.persons import persons
from deskapp.text import name_key, one_line

if TYPE_CHECKING:
    from deskapp.services.interpreters.absences import AwayDraft
    from deskapp.services.interpreters.registering import InterpreterDraft

LIMITS = {"name": 120, "supplier": 120, "registration": 60, "phone": 100, "email": 254, "note": 500}
LABELS = {
    "name": N_("Name"),
    "supplier": N_("Supplier"),
    "kinds": N_("Kinds"),
    "languages": N_("Languages"),
    "registration": N_("Registration"),
    "expires_on": N_("Expires on"),
    "gender": N_("Gender"),
    "phone": N_("Phone"),
    "email": N_("Email"),
    "note": N_("Note"),
    "active": N_("Active"),
    "first_on": N_("From"),
    "last_on": N_("To"),
    "part": N_("Part"),
}


def columns(draft: InterpreterDraft, today: dt.date) -> dict[str, Any]:
    """The columns that a draft gives.

    Raises:
        FormProblemsError: With everything to put right.
    """
    problems = [
        Problem(name, _("{label} must be {limit} characters or less").format(
            label=_(LABELS[name]), limit=limit))
        for name, limit in LIMITS.items()
        if len(getattr(draft, name)) > limit
    ]  # fmt: skip
    if not one_line(draft.name):
        problems.append(Problem("name", _("Enter the name")))
    codes, unknown = _codes(draft.languages)
    if unknown:
        message = _("The list has no language {name}. Choose it from the list.")
        problems.append(Problem("languages", message.format(name=", ".join(unknown)[:80])))
    kinds = [kind for kind in Kind if kind in draft.kinds.split()] or list(
        dict.fromkeys(languages.kinds()[code] for code in codes)
    )
    if not kinds and not unknown:
        problems.append(Problem("languages", _("Choose a language, or what kind of help it is")))
    expires_on = ""
    if draft.expires_on.strip():
        try:
            expires_on = typed.day(draft.expires_on, today=today).isoformat()
        except DeskError as error:
            problems.append(Problem("expires_on", str(error)))
    problems += persons.problems(one_line(draft.phone), one_line(draft.email))
    if problems:
        raise FormProblemsError(problems)
    gender = draft.gender if draft.gender in (Gender.FEMALE, Gender.MALE) else Gender.NONE.value
    return {
        "name": one_line(draft.name),
        "name_key": name_key(one_line(draft.name)),
        "supplier": one_line(draft.supplier),
        "kinds": json.dumps([kind.value for kind in kinds]),
        "languages": json.dumps(codes),
        "registration": one_line(draft.registration),
        "expires_on": expires_on,
        "gender": str(gender),
        "phone": one_line(draft.phone),
        "email": one_line(draft.email),
        "note": one_line(draft.note),
        "active": draft.active == "yes",
    }


def away_days(draft: AwayDraft, today: dt.date) -> tuple[dt.date, dt.date, Part]:
    """The days and the part of them that a draft gives.

    Raises:
        FormProblemsError: With everything to put right.
    """
    days, problems = dict[str, dt.date](), list[Problem]()
    for name, text in (("first_on", draft.first_on), ("last_on", draft.last_on or draft.first_on)):
        try:
            days[name] = typed.day(text, today=today)
        except DeskError as error:
            problems.append(Problem(name, str(error)))
    if not problems and days["last_on"] < days["first_on"]:
        problems.append(Problem("last_on", _("The last day must not be before the first")))
    if draft.part not in [part.value for part in Part]:
        problems.append(Problem("part", _("Choose morning, afternoon or all day")))
    if problems:
        raise FormProblemsError(problems)
    return days["first_on"], days["last_on"], Part(draft.part)


def _codes(text: str) -> tuple[list[str], list[str]]:
    """Codes of the languages that were typed, and what the list does not have."""
    names = [one_line(part) for part in text.split(",") if one_line(part)]
    found = {name: languages.named(name) for name in names}
    codes = list(dict.fromkeys(code for code in found.values() if code))
    return codes, [name for name, code in found.items() if not code]
