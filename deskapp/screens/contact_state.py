"""The lines above a running contact: what must be seen before anything is said."""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.i18n import _, language, ngettext, number
from deskapp.services import lists, needs
from deskapp.services.enquiries import (
    contact_words,
    disclosure,
    dissatisfaction,
    third_party,
    topics,
)
from deskapp.services.enquiries.call_clock import CallClock
from deskapp.services.lists import Disclosure
from deskapp.services.persons.known import Known
from deskapp.text import one_line

MINUTE = 60
BETWEEN = " · "


def level(values: Mapping[str, str], known: Known | None) -> Disclosure:
    """How much may be said now; nothing until the markers of the person have been read."""
    unread = known is None and bool(values.get("person_id"))
    return disclosure.level(
        disclosure.read(values.get("checked", "")),
        restricted=unread or (known is not None and known.restricted),
        authorised=third_party.authorised(values.get("authority", "")),
    )


def lines(values: Mapping[str, str], known: Known | None, spent_seconds: int) -> str:
    """Clock, channel, person, level; how to reach the person, their markers, open promises."""
    minutes = spent_seconds // MINUTE
    spent = ngettext("{count} minute", "{count} minutes", minutes).format(count=number(minutes))
    first = (
        spent,
        _("ON HOLD") if CallClock.of(values).on_hold else "",
        lists.channel(values.get("channel", "")).label,
        one_line(values.get("person_name", "")) or _("not given"),
        level(values, known).label,
    )
    told = [BETWEEN.join(filter(None, first))]
    if known is None and values.get("person_id"):
        told.append(_("Safe contact and markers are being read."))
    if known is not None:
        told.append(known.safe.words)
        told.append(banners(known))
        told.append(known.promise)
    return "\n".join(filter(None, told))


def banners(known: Known) -> str:
    """The markers of the person and the case in one line; empty without any."""
    return BETWEEN.join(f"! {banner.words}" for banner in known.banners)


def recorded(values: Mapping[str, str], repeat_of: str) -> str:
    """What was recorded besides the form; empty in most contacts."""
    topic, subtopic = values.get("topic", ""), values.get("subtopic", "")
    service = contact_words.service_language(values.get("language", ""))
    spoken_for = third_party.words(values.get("acting_for", ""), values.get("authority", ""))
    parts = (
        topics.subtopic_label(topic, subtopic, language()) if topic and subtopic else "",
        contact_words.jurisdiction(values.get("jurisdiction", "")),
        needs.words(needs.kept(values.get("needs", ""), values.get("need_language", ""))),
        _("Speaks for {who}").format(who=spoken_for) if values.get("acting_for") else spoken_for,
        _("Service in {language}").format(language=service) if service else "",
        dissatisfaction.words(values.get("dissatisfied", ""), values.get("dissatisfied_about", "")),
        _("Repeat of {ref}").format(ref=one_line(repeat_of)) if repeat_of else "",
    )
    return BETWEEN.join(filter(None, parts))
