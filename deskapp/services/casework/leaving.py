"""Who in the building needs help to leave today: for the alarm, on the screen and on paper.

Nobody is left out for a paper that is not ready: a visit of today counts before its plan is in
force, and a plan that is out of date is shown as such. Health data; every list counts as a view.
Source: site and safety sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from deskapp import i18n, roles
from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import NotAllowedError
from deskapp.i18n import _, ngettext, number
from deskapp.roles import Act
from deskapp.services import desk
from deskapp.services.casework import cases, fold, shelf, stored, withheld_texts
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.shown import value_text
from deskapp.services.casework.values import day_of
from deskapp.services.casework.words import role_label, shown
from deskapp.text import one_line, words

if TYPE_CHECKING:
    from sqlmodel import Session

SCHEME, IN_FORCE, VISIT, HELPER = "peep", "in_force", "visit", "helper"
NAMED = ("person", "rooms", "hours")
"""Fields of the first line."""
TOLD = (
    "needs",
    "refuge_point",
    "route",
    "equipment",
    "chair_transfer",
    "assistance_dog",
    "medicines_near",
    "alarm_noticed",
)
"""Fields that whoever helps must know, in the order they need them."""
WIDTH = 78


class Leaver(NamedTuple):
    """Somebody who needs help to leave."""

    case_id: str
    heading: str
    """Who, where and when."""
    warning: str
    """What is not right with the plan; empty when it is in force."""
    told: tuple[tuple[str, str], ...]
    """Labels with what they hold."""
    helpers: tuple[str, ...]


def today(session: Session, acting: Acting) -> list[Leaver]:
    """Everybody at this site who needs help today, by name; a view of each plan is kept.

    Whoever a plan names as a helper sees the plans that name them, whatever their role.

    Raises:
        NotAllowedError: With who may see it, if this person may not.
    """
    roles.require(acting.user, Act.READ_CASES)
    found = [facts for facts in _plans(plain(session), acting) if _counts(facts)]
    if not shelf.may_know(acting.book, SCHEME, acting.person):
        found = [facts for facts in found if _helps(facts, acting.user.name)]
        if not found:
            message = _("Only these may see the list: {roles}. Ask one of them now.")
            raise NotAllowedError(message.format(roles=", ".join(_may_see(acting))))
    cases.keep_views(session, acting, [facts.case.id for facts in found])
    return sorted(map(_leaver, found), key=lambda each: each.heading.casefold())


def as_text(leavers: list[Leaver], acting: Acting) -> str:
    """The list for the assembly point, in the language in use."""
    now = local(acting.now)
    site = desk.site_name(acting.user.site, i18n.language())
    people = ngettext("{count} person", "{count} people", len(leavers))
    lines = [
        _("Who needs help to leave: {site}").format(site=site),
        f"{i18n.weekday(now.date())} {i18n.clock_time(now)}, "
        + people.format(count=number(len(leavers))),
        "",
    ]
    for leaver in leavers:
        lines += [*_lines(leaver), ""]
    if not leavers:
        lines += [_("No plan for today is on this desk. Look and ask all the same."), ""]
    return "\n".join(lines)


def _plans(connection: Connection, acting: Acting) -> Iterator[CaseFacts]:
    rows = connection.execute(
        "SELECT s.id, s.family_id FROM case_state AS s JOIN case_record AS r ON r.id = s.id"
        " WHERE s.scheme = ? AND s.closed_at = '' AND r.home_site = ?",
        (SCHEME, acting.user.site),
    ).fetchall()
    for case_id, family_id in rows:
        cover = withheld_texts.cover(connection, case_id)
        events = withheld_texts.covered(stored.events(connection, family_id), cover)
        family = fold.fold(acting.book, events, acting.at)
        yield CaseFacts(acting.book, family, family.cases[case_id], acting.at)


def _counts(facts: CaseFacts) -> bool:
    """Whether a plan is about today."""
    if facts.value("kind") == VISIT:
        return facts.value("visit_on") == day_of(facts.now)
    return facts.case.stage == IN_FORCE or IN_FORCE in facts.case.entries


def _leaver(facts: CaseFacts) -> Leaver:
    heading = ", ".join(filter(None, (_text(facts, name) for name in NAMED)))
    labels = facts.scheme.field_by_id
    told = ((shown(labels[name].label), _text(facts, name)) for name in TOLD if name in labels)
    return Leaver(
        facts.case.id,
        heading,
        _warning(facts),
        tuple((label, text) for label, text in told if text),
        tuple(_helpers(facts)),
    )


def _warning(facts: CaseFacts) -> str:
    until = facts.value("valid_until")
    if isinstance(until, dt.date) and day_of(until) < day_of(facts.now):
        return _("OUT OF DATE since {day}: ask the person").format(day=i18n.day(day_of(until)))
    if facts.case.stage != IN_FORCE:
        return _("NOT IN FORCE: ask the person what help they need")
    return ""


def _helpers(facts: CaseFacts) -> Iterator[str]:
    """Those who help, deputies last."""
    helpers = [each for each in facts.case.of_template(HELPER) if each.is_open]
    for item in sorted(helpers, key=lambda each: each.fields.get("deputy") == "yes"):
        name = one_line(str(item.fields.get("name", "")))
        deputy = item.fields.get("deputy") == "yes"
        yield _("{name} (deputy)").format(name=name) if deputy else name


def _helps(facts: CaseFacts, name: str) -> bool:
    """Whether a plan names somebody as a helper."""
    helpers = (each for each in facts.case.of_template(HELPER) if each.is_open)
    return any(words(str(each.fields.get("name", ""))) == words(name) for each in helpers)


def _text(facts: CaseFacts, name: str) -> str:
    field = facts.scheme.field_by_id.get(name)
    return one_line(value_text(field, facts.value(name))) if field else ""


def _lines(leaver: Leaver) -> Iterator[str]:
    yield f"[ ] {leaver.heading}"
    if leaver.warning:
        yield _fill(leaver.warning)
    for label, text in leaver.told:
        yield _fill(f"{label}: {text}")
    helpers = ", ".join(leaver.helpers) or _("NOBODY IS NAMED")
    yield _fill(_("Helpers: {names}").format(names=helpers))


def _fill(text: str) -> str:
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="      ")


def _may_see(acting: Acting) -> list[str]:
    """Who may see such plans: the roles of the app by name, the others as schemes call them."""
    schemes = shelf.versions(acting.book, SCHEME)
    wanted = frozenset[str]().union(*(each.roles for each in schemes))
    return [*sorted(map(role_label, wanted)), _("a helper whom a plan names")]
