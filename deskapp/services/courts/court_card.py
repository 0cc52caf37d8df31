"""What an officer reads out about a court, in the order a caller asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from deskapp.data.directory import CLOSED, OPEN, Court, Line, term
from deskapp.i18n import N_, _, day
from deskapp.services.courts.court_index import CODE_LABELS

KIND_LABELS = {
    "court": N_("Court or tribunal"),
    "service_centre": N_("Service centre"),
    "venue": N_("Hearing venue"),
    "juror_location": N_("Jurors' location"),
    "bureau": N_("Bureau"),
}
# The groups of the published terms to look in, most fitting first; a term that the group itself
# lacks is often published in a neighbouring one.
_LINES = ("contact_type", "email_type")
_OPENING = ("opening_type", "contact_type")
_FACILITIES = ("facility",)
_AREAS = ("area_of_law", "contact_type", "service_area")


def card(court: Court, language: str) -> list[tuple[str, str]]:
    """Label and value of everything known about ``court``, to read out on the phone.

    A closed court says so first. Labels are in the language in use; names, addresses and
    published terms are in ``language``, in English where no Welsh was published.
    """
    lines = [
        *_warnings(court),
        *_names(court, language),
        *_places(court, language),
        *_contacts(court, language),
        *_services(court, language),
        *_codes(court),
    ]
    return [(_(label), value) for label, value in lines if value]


def _warnings(court: Court) -> Iterator[tuple[str, str]]:
    if court.status == CLOSED:
        yield N_("Status"), _("Closed. Do not send anyone there.")
    elif court.status != OPEN:
        yield N_("Status"), _("Not known to be open. Check before you send anyone there.")
    if court.name_expired:
        yield (
            N_("Check"),
            _("A later list ended this name in September 2023. Check whether it was renamed."),
        )
    if court.as_of:
        known = day(dt.date.fromisoformat(court.as_of))
        notice = _("Check before reading out: this was correct on {date}.").format(date=known)
    else:
        notice = _("Check before reading out: the date of this information is not known.")
    yield N_("Information"), notice


def _names(court: Court, language: str) -> Iterator[tuple[str, str]]:
    shown = court.shown_name(language)
    yield N_("Name"), shown
    yield N_("Name in English"), court.name if shown != court.name else ""
    yield N_("Name in Welsh"), court.name_cy if shown != court.name_cy else ""
    yield N_("Other names"), "; ".join(court.aliases)
    yield N_("Kind"), _(KIND_LABELS[court.kind])


def _places(court: Court, language: str) -> Iterator[tuple[str, str]]:
    address = (language == "cy" and court.visit_address_cy) or court.visit_address
    yield N_("Visit"), _address(address, court.postcode)
    yield N_("Write to"), _address(court.write_address, court.write_postcode)
    yield N_("DX"), court.dx


def _contacts(court: Court, language: str) -> Iterator[tuple[str, str]]:
    yield N_("Phone for Welsh speakers"), court.welsh_phone
    for line in court.phones:
        yield N_("Phone"), _read_out(line, language)
    for line in court.emails:
        yield N_("Email"), _read_out(line, language)


def _services(court: Court, language: str) -> Iterator[tuple[str, str]]:
    for line in court.opening_times:
        yield N_("Opening times"), f"{term(line.label, language, *_OPENING)}: {line.value}"
    yield N_("Jurors arrive at"), court.juror_attend_time
    yield N_("Facilities"), _terms(court.facilities, language, _FACILITIES)
    yield N_("Areas of law"), _terms(court.areas_of_law, language, _AREAS)


def _codes(court: Court) -> Iterator[tuple[str, str]]:
    for column, label in CODE_LABELS.items():
        yield label, getattr(court, column).replace("|", ", ")


def _address(address: str, postcode: str) -> str:
    return ", ".join(part for part in (address, postcode) if part)


def _read_out(line: Line, language: str) -> str:
    what = "; ".join(filter(None, (term(line.label, language, *_LINES), line.detail)))
    return f"{line.value} ({what})" if what else line.value


def _terms(english: tuple[str, ...], language: str, groups: tuple[str, ...]) -> str:
    return "; ".join(term(one, language, *groups) for one in english)
