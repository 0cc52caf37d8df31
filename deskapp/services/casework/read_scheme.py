"""Reading a whole scheme file into a ``Scheme``; whether its parts fit together: ``checks``."""

from __future__ import annotations

import re

from deskapp.i18n import _
from deskapp.services.casework import read_items, read_rules
from deskapp.services.casework.papers import LENGTHS, Letter, Measure, Report, Sample
from deskapp.services.casework.parts import Findings, Part
from deskapp.services.casework.rules import Plain
from deskapp.services.casework.scheme import Scheme, Stage, Variant
from deskapp.services.casework.vocabulary import Period, Subject, Visibility, Worklist

_PREFIX = re.compile(r"[A-Z]{1,6}", re.ASCII)
_OVER = ("cases", "items", "events")
_MEASURES = ("count", "overdue", "sum", "percent", *LENGTHS)


def scheme(file: Part) -> Scheme:
    """The scheme of a file, as far as it can be read; the findings say whether it can be used."""
    head = file.part("scheme")
    if head is None:
        file.find("scheme", _("This key is missing."))
        head = file.of({})
    stages = tuple(_stage(part) for part in file.parts("stage"))
    actions = tuple(read_items.action(part, stages) for part in file.parts("action"))
    retention = head.part("retention")
    found = Scheme(
        id=head.id(),
        version=head.number("version", 1, least=1, most=100_000),
        effective_from=head.day("effective_from"),
        label=head.label(),
        prefix=_prefix(head),
        subject=head.choice("subject", Subject, Subject.NONE),
        visibility=head.choice("visibility", Visibility, Visibility.SITE),
        roles=frozenset(head.words("roles")),
        soon=head.number("soon", 2, least=0, most=100),
        retention=read_rules.due_rule(retention) if retention else None,
        stages=stages,
        fields=tuple(read_items.field(part) for part in file.parts("field")),
        actions=actions,
        templates=tuple(read_items.template(part, actions) for part in file.parts("item")),
        variants=tuple(_variant(part) for part in file.parts("variant")),
        letters=tuple(_letter(part) for part in file.parts("letter")),
        reports=tuple(_report(part) for part in file.parts("report")),
        samples=tuple(_sample(part) for part in file.parts("sample")),
    )
    head.end()
    file.end()
    return found


def _prefix(head: Part) -> str:
    prefix = head.text("prefix", needed=True)
    if prefix and not _PREFIX.fullmatch(prefix):
        head.find("prefix", _("Use one to six capital letters."))
    return prefix


def _stage(part: Part) -> Stage:
    terminal, hold = part.flag("terminal"), part.flag("hold")
    usual = Worklist.DONE if terminal else Worklist.WAITING if hold else Worklist.TODO
    found = Stage(
        id=part.id(),
        label=part.label(),
        initial=part.flag("initial"),
        terminal=terminal,
        worklist=part.choice("worklist", Worklist, usual),
        hold=hold,
    )
    part.end()
    return found


def _variant(part: Part) -> Variant:
    due = part.part("due")
    rules = {}
    for name in due.rest() if due else ():
        rule = due.part(name) if due else None
        if rule:
            rules[name] = read_rules.due_rule(rule)
    found = Variant(
        id=part.id(),
        label=part.label(),
        due=rules,
        checklist=part.words("checklist") if part.has("checklist") else None,
        letters=part.words("letters") if part.has("letters") else None,
    )
    part.end()
    return found


def _letter(part: Part) -> Letter:
    found = Letter(
        id=part.id(),
        label=part.label(),
        en=part.text("en", needed=True),
        cy=part.text("cy", needed=True),
        to=part.text("to"),
        offer_on=part.words("offer_on"),
    )
    part.end()
    return found


def _report(part: Part) -> Report:
    where = part.part("where")
    over = part.one_of("over", _OVER)
    if not over:
        part.find("over", _("This key is missing."))
    found = Report(
        id=part.id(),
        label=part.label(),
        over=over,
        where=read_rules.predicate(where) if where else None,
        group=part.words("group"),
        measures=_measures(part),
        period=part.choice("period", Period, Period.MONTH) if part.has("period") else None,
    )
    part.end()
    return found


def _measures(part: Part) -> tuple[Measure, ...]:
    """Measures by name, or as tables where one needs a field, a condition or two anchors."""
    raw = part.raw("measures")
    if not isinstance(raw, list):
        part.find("measures", _("Use one of: {choices}.").format(choices=", ".join(_MEASURES)))
        return ()
    names = [each for each in raw if isinstance(each, str)]
    tables = Part({"measures": [each for each in raw if isinstance(each, dict)]}, *_place(part))
    found = [Measure(name) for name in names] + [_measure(t) for t in tables.parts("measures")]
    for measure in found:
        if measure.kind not in _MEASURES:
            part.find("measures", _("Use one of: {choices}.").format(choices=", ".join(_MEASURES)))
    return tuple(found)


def _measure(part: Part) -> Measure:
    kind = next((name for name in _MEASURES if part.has(name)), "")
    where = part.part("percent") if kind == "percent" else None
    between = part.words(kind) if kind in LENGTHS else ()
    if kind in LENGTHS and len(between) != 2:
        part.find(kind, _("Give two anchors."))
    found = Measure(
        kind,
        of=part.text("sum") if kind == "sum" else "",
        where=read_rules.predicate(where) if where else None,
        between=(between[0], between[1]) if len(between) == 2 else None,
    )
    part.end()
    return found


def _place(part: Part) -> tuple[tuple[str | int, ...], str, Findings]:
    return part.path, part.name, part.findings


def _sample(part: Part) -> Sample:
    table = part.part("percent") if isinstance(part.raw("percent"), dict) else None
    found = Sample(
        percent=read_rules.decision_table(table, _share)
        if table
        else part.number("percent", 100, least=1, most=100),
        per=part.text("per"),
        period=part.choice("period", Period, Period.WEEK),
    )
    part.end()
    return found


def _share(line: Part) -> Plain:
    """What a line of a decision table gives: so many of a hundred."""
    if not line.has("value"):
        line.find("", _("This key is missing."))
    found = Plain(line.number("value", 0, least=1, most=100))
    line.end()
    return found
