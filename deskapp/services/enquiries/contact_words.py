"""What was recorded of a contact besides its form, as people read it on screen and in line mode."""

from __future__ import annotations

from deskapp.errors import NotFoundError
from deskapp.i18n import _, language
from deskapp.services import lists, needs
from deskapp.services.enquiries import disclosure, dissatisfaction, third_party, topics
from deskapp.services.enquiries.contact_lines import ContactRecord
from deskapp.services.enquiries.looked_up import LookedUp
from deskapp.services.lists import Disclosure, Jurisdiction, ServiceLanguage
from deskapp.services.persons import marker_kinds


def told(record: ContactRecord) -> list[tuple[str, str]]:
    """Label and value of everything that was recorded; a value is empty where nothing was."""
    more = record.more
    return [
        (_("Subtopic"), topics.subtopic_label(record.line.topic, more.subtopic, language())),
        (_("Jurisdiction"), jurisdiction(more.jurisdiction)),
        (_("Speaks for"), third_party.words(more.acting_for, more.authority)),
        (_("Could be told"), level(more.disclosure)),
        (_("Checked"), disclosure.words(more.checked)),
        (_("Needs"), needs.words(more.needs)),
        (_("Service in"), service_language(more.language)),
        (_("Dissatisfied"), dissatisfaction.words(more.dissatisfied, more.dissatisfied_about)),
        (_("Repeat of"), more.repeat_of),
        (_("Looked up"), ", ".join(map(_looked_up, more.articles))),
        (_("Markers seen"), ", ".join(_marker(code) for code in more.markers_seen)),
        (_("Of that time"), _time(more.hold_seconds, more.wrap_seconds)),
        (
            _("Time set aside"),
            _("the clock went back or ran over 12 hours") if more.suspect_time else "",
        ),
    ]


def _looked_up(item: LookedUp) -> str:
    """An article or script as it is called now, with the version that was used; local ones and
    those that are gone by their id.
    """
    from deskapp.services.knowledge import search

    titles = {doc.language: doc.title for doc in search.shipped().of_item(item.id)}
    title = titles.get(language()) or next(iter(titles.values()), item.id)
    return _("{title} (version {version})").format(title=title, version=item.version)


def level(code: str) -> str:
    """What could be said; the code itself where a newer desk made it."""
    known = code in frozenset(Disclosure)
    return lists.by_code(Disclosure, code).label if known else code


def jurisdiction(code: str) -> str:
    """What a stored jurisdiction is called; the code itself where a newer desk made it."""
    known = code in frozenset(Jurisdiction)
    return lists.by_code(Jurisdiction, code).label if known else code


def service_language(code: str) -> str:
    """The language of the service; empty when nobody asked."""
    if code in ("", ServiceLanguage.UNKNOWN):
        return ""
    known = code in frozenset(ServiceLanguage)
    return lists.by_code(ServiceLanguage, code).label if known else code


def _marker(code: str) -> str:
    try:
        return marker_kinds.by_code(code).words
    except NotFoundError:
        return code


def _time(hold_seconds: int, wrap_seconds: int) -> str:
    """How long somebody was held and how long the wrap-up took, in minutes and seconds."""
    if not (hold_seconds or wrap_seconds):
        return ""
    return _("hold {hold}, wrap-up {wrap}").format(
        hold=_minutes(hold_seconds), wrap=_minutes(wrap_seconds)
    )


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
