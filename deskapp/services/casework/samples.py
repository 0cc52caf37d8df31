"""The samples of a scheme: which cases of a closed period are looked at again.

Source: casework sheet, section 1.7 (sampling).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.casework import (
    adding,
    case_line,
    cases,
    counted,
    due,
    fold,
    sampling,
    shelf,
    stored,
    withheld_texts,
)
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.papers import Sample
from deskapp.services.casework.rules import Plain
from deskapp.services.casework.scheme import Outcome, Scheme, Template
from deskapp.services.casework.values import ONE_DAY, day_of, start_of
from deskapp.services.casework.words import shown
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session


class Drawn(NamedTuple):
    """A case that is looked at again."""

    line: CaseLine
    result: str
    """What was found, in words; empty until it was looked at."""


class Picked(NamedTuple):
    """The sample of one group of one period."""

    period: str
    group: str
    """What the cases have in common, in words; empty when the scheme does not group them."""
    ended: int
    """Of how many cases it is a sample."""
    cases: tuple[Drawn, ...]
    """In hash order, which is the same on every desk."""

    @property
    def lines(self) -> tuple[CaseLine, ...]:
        """The cases without what was found."""
        return tuple(each.line for each in self.cases)


class PeriodOpenError(DeskError):
    """A period is not over yet, so its sample could still change."""


def picked(
    connection: Connection, acting: Acting, scheme_id: str, period: str = ""
) -> list[Picked]:
    """The samples of a scheme for a period; the last closed one when left out.

    Raises:
        NotFoundError: If the scheme has no sample of such a period, or is not for this person.
        PeriodOpenError: If the period is not over.
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    today = day_of(acting.now)
    if not shelf.may_know(acting.book, scheme_id, acting.person):
        raise NotFoundError(_("There is no scheme called {scheme}.").format(scheme=scheme_id))
    found = []
    for sample in acting.book.in_force(scheme_id, today).samples:
        name = period or sampling.last_closed(sample.period, today)
        first, last = sampling.days_of(name)
        if sampling.period_of(sample.period, first) != name:
            continue
        if last >= today:
            message = _("The period {period} is not over. Take the sample from {day} on.")
            raise PeriodOpenError(message.format(period=name, day=(last + ONE_DAY).isoformat()))
        found += _of(connection, acting, scheme_id, sample, name)
    if not found and not _has(acting, scheme_id, period):
        message = _("The scheme {scheme} takes no sample of such a period.")
        raise NotFoundError(message.format(scheme=one_line(scheme_id)))
    return found


def taken(acting: Acting) -> list[Scheme]:
    """The schemes of which samples are taken and that a person may know of."""
    visible = shelf.visible(acting.book, acting.person)
    newest = (each for each in shelf.newest(acting.book) if each.samples)
    return sorted(
        (each for each in newest if each.id in visible), key=lambda each: shown(each.label)
    )


def outcomes(record: CaseRecord) -> tuple[Outcome, ...]:
    """What may be found in a case that is looked at again; empty where its scheme has no item."""
    template = _template(record.facts)
    return template.outcomes if template else ()


def note(session: Session, acting: Acting, case_id: str, outcome: str, *, note: str = "") -> None:
    """Keep what was found in a case; another finding puts the one before right.

    Raises:
        RefusedError: If the scheme refuses it, as to somebody without the role for it.
        NotFoundError: If its scheme has no item for it.
    """
    record = cases.look(session, acting, case_id)
    template = _template(record.facts)
    if template is None:
        raise NotFoundError(_("The scheme has no place for what a sample finds."))
    held = list(record.facts.case.of_template(template.id))
    name = held[-1].name if held else new_id()
    if not held:
        cases.add_item(session, acting, case_id, template.id, item_id=name)
    cases.close_item(session, acting, case_id, name, outcome, note=note)


def _template(facts: CaseFacts) -> Template | None:
    """The item that takes what is found: one that is added by hand once the case has ended."""
    return next((each for each in adding.addable(facts) if facts.case.closed_at), None)


def _result(facts: CaseFacts) -> str:
    template = _template(facts)
    held = list(facts.case.of_template(template.id)) if template else []
    found = template.outcome(held[-1].outcome) if template and held else None
    return _(shown(found.label)) if found else ""


def _has(acting: Acting, scheme_id: str, period: str) -> bool:
    samples = acting.book.in_force(scheme_id, day_of(acting.now)).samples
    if not period:
        return bool(samples)
    first, _last = sampling.days_of(period)
    return any(sampling.period_of(each.period, first) == period for each in samples)


def _of(
    connection: Connection, acting: Acting, scheme: str, sample: Sample, period: str
) -> list[Picked]:
    groups: dict[tuple[object, int], dict[str, Drawn]] = defaultdict(dict)
    texts: dict[object, str] = {}
    for line in _ended(connection, scheme, period):
        kept = stored.case(connection, line.id)
        family = fold.fold(acting.book, stored.events(connection, kept.family_id), acting.at)
        facts = CaseFacts(acting.book, family, family.cases[line.id], acting.at)
        key: object = ""
        if sample.per:
            subject = counted.of_case(facts, line)
            key = subject.value(sample.per)
            texts[key] = withheld_texts.cover(connection, line.id).text(subject.text(sample.per))
        groups[key, _percent(sample, facts)][line.id] = Drawn(line, _result(facts))

    def by_text(group: tuple[tuple[object, int], dict[str, Drawn]]) -> tuple[str, int]:
        (key, percent), _cases = group
        return texts.get(key, ""), percent

    return [
        Picked(
            period,
            texts.get(key, ""),
            len(found),
            tuple(found[each] for each in sampling.sample(scheme, period, percent, found)),
        )
        for (key, percent), found in sorted(groups.items(), key=by_text)
    ]


def _percent(sample: Sample, facts: CaseFacts) -> int:
    """Of how many of a hundred cases like this one are looked at again."""
    if isinstance(sample.percent, int):
        return sample.percent
    line = due.first_hit(sample.percent, facts)
    return int(line.value) if isinstance(line, Plain) else 0


def _ended(connection: Connection, scheme: str, period: str) -> list[CaseLine]:
    """The cases of a scheme that ended in a period."""
    first, last = sampling.days_of(period)
    rows = connection.execute(
        "SELECT id FROM case_state WHERE scheme = ? AND closed_at >= ? AND closed_at < ?"
        " ORDER BY id",
        (scheme, stamp(start_of(first)), stamp(start_of(last + ONE_DAY))),
    ).fetchall()
    return [case_line.of(connection, case_id) for (case_id,) in rows]
