"""The lines above the form of a complaint: what must be seen while it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskapp.i18n import _
from deskapp.screens import contact_state
from deskapp.screens.complaint_fields import category_items, labels, worded
from deskapp.screens.contact_state import BETWEEN
from deskapp.services import needs
from deskapp.services.complaints import categories, redirects
from deskapp.services.complaints.lists import Authority, Flag, Severity, Sought
from deskapp.services.complaints.redirects import Redirect
from deskapp.services.enquiries import contact_words
from deskapp.services.persons.known import Known
from deskapp.text import one_line


def lines(values: Mapping[str, str], known: Known | None, warnings: Sequence[str]) -> str:
    """How grave it is and what it is about; what to look at; how to reach the person, and their
    markers."""
    codes = values.get("categories", "").split()
    severity = values.get("severity") or categories.default_severity(codes).value
    first = (
        worded(Severity, severity) if codes else "",
        labels(category_items, values.get("categories", "")),
    )
    told = [BETWEEN.join(filter(None, first)) or _("New complaint"), *warnings]
    if known is not None:
        told += [known.safe.words, contact_state.banners(known)]
    elif values.get("person_id"):
        told.append(_("Safe contact and markers are being read."))
    return "\n".join(filter(None, told))


def recorded(values: Mapping[str, str], language: str) -> str:
    """What was recorded besides the form; empty in most complaints."""
    service = contact_words.service_language(values.get("language", ""))
    spoken_for = one_line(values.get("acting_for", ""))
    authority = values.get("authority", "")
    wants = [worded(Sought, code) for code in values.get("outcome_sought", "").split()]
    flags = [worded(Flag, code) for code in values.get("flags", "").split()]
    known = redirects.subjects()
    not_ours = known.get(values.get("redirect", "") or values.get("part", ""))
    parts = (
        _("On behalf of {who}").format(who=spoken_for) if spoken_for else "",
        worded(Authority, authority) if authority else "",
        needs.words(needs.kept(values.get("needs", ""), values.get("need_language", ""))),
        _("Service in {language}").format(language=service) if service else "",
        _("Wants: {what}").format(what=", ".join(wants)) if wants else "",
        ", ".join(flags),
        pointed(not_ours, language) if not_ours else "",
    )
    return BETWEEN.join(filter(None, parts))


def pointed(subject: Redirect, language: str) -> str:
    """What to say of something that is not ours: whose it is, where to go, what of time."""
    words = (subject.where_in(language), subject.clock_in(language))
    told = _("Not ours, {subject}: {where}")
    return told.format(subject=subject.label, where=". ".join(filter(None, words)))
