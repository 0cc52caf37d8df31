"""Reading fields, actions and items of a scheme file."""

from __future__ import annotations

from deskapp.i18n import N_, _
from deskapp.services.casework import read_rules, values
from deskapp.services.casework.calculators import CALCULATORS, OUTPUTS
from deskapp.services.casework.entry_checks import CHECKS
from deskapp.services.casework.parts import Part
from deskapp.services.casework.rules import Chosen, DueRule, Step
from deskapp.services.casework.scheme import (
    Action,
    Calculation,
    Field,
    Guard,
    Opens,
    Option,
    Outcome,
    Record,
    Series,
    Stage,
    Template,
)
from deskapp.services.casework.values import FieldType, Value
from deskapp.services.casework.vocabulary import (
    ANY_STAGE,
    STAY,
    Cadence,
    ItemKind,
    Label,
    NoteNeed,
    Status,
)

PLAIN_OUTCOMES = (Status.DONE, Status.NOT_DONE, Status.WAIVED)

STATUS_LABELS = {
    Status.OPEN: N_("open"),
    Status.DONE: N_("done"),
    Status.NOT_DONE: N_("not done"),
    Status.WAIVED: N_("waived"),
    Status.CANCELLED: N_("cancelled"),
}


def field(part: Part) -> Field:
    """One ``[[field]]``, or one of ``fields`` of an item."""
    kind = part.choice("type", FieldType, FieldType.TEXT)
    if not part.has("type"):
        part.find("type", _("This key is missing."))
    show_if = part.part("show_if")
    found = Field(
        id=part.id(),
        label=part.label(),
        type=kind,
        options=_options(part),
        min=_limit(part, "min", kind),
        max=_limit(part, "max", kind),
        required=part.flag("required"),
        show_if=read_rules.predicate(show_if) if show_if else None,
        sensitive=part.flag("sensitive"),
        derive=_derive(part),
        columns=tuple(field(each) for each in part.parts("fields")),
        check=part.one_of("check", CHECKS),
    )
    part.end()
    if (kind is FieldType.LINES) != bool(found.columns):
        part.find("fields", _("A field of lines says its columns here; others have none."))
    if any(each.columns or each.derive or each.show_if for each in found.columns):
        part.find("fields", _("A column is typed: no lines, derive or show_if within lines."))
    return found


def _options(part: Part) -> tuple[Option, ...]:
    raw = part.raw("options")
    if isinstance(raw, list) and raw and all(isinstance(each, str) for each in raw):
        return tuple(Option(word, Label(word, word)) for word in part.words("options"))
    found = []
    for each in part.parts("options"):
        option = Option(each.text("id", needed=True), each.label(), each.text("suggests"))
        found.append(option)
        each.end()
    return tuple(found)


def _limit(part: Part, key: str, kind: FieldType) -> Value:
    """A limit in the type that it is held against; a text or a list is held by its length."""
    raw = part.raw(key)
    measured = kind if kind in (FieldType.DATE, FieldType.DATETIME, FieldType.MONEY) else None
    try:
        return values.read(measured or FieldType.INT, raw)
    except ValueError:
        part.find(key, _("This does not fit the type of the field."))
        return None


def _derive(part: Part) -> DueRule | Chosen | Calculation | None:
    derive = part.part("derive")
    if derive is None:
        return None
    if derive.has("choose"):
        return read_rules.decision_table(derive, read_rules.plain_or_rule)
    if not derive.has("calculator"):
        return read_rules.due_rule(derive)
    name = derive.one_of("calculator", CALCULATORS)
    output = derive.one_of("output", OUTPUTS.get(name, ()))
    given = derive.raw("input")
    if not name or not output or not isinstance(given, dict):
        derive.find("", _("Give a calculator, its input as a table, and one output of it."))
        return None
    derive.end()
    return Calculation(name, given, output)


def action(part: Part, stages: tuple[Stage, ...]) -> Action:
    """One ``[[action]]``; ``*`` in ``from`` stands for every stage that is not terminal."""
    from_stages = frozenset(part.words("from"))
    if not from_stages:
        part.find("from", _("This key is missing."))
    if ANY_STAGE in from_stages:
        running = frozenset(stage.id for stage in stages if not stage.terminal)
        from_stages = from_stages - {ANY_STAGE} | running
    found = Action(
        id=part.id(),
        label=part.label(),
        key=part.text("key"),
        from_stages=from_stages,
        to=part.text("to") or STAY,
        roles=frozenset(part.words("role")),
        asks=part.words("asks"),
        needs_fields=part.words("needs_fields"),
        needs_items=part.words("needs_items"),
        guards=tuple(_guard(each) for each in part.parts("guard")),
        different_person=part.text("different_person"),
        note=part.choice("note", NoteNeed, NoteNeed.OPTIONAL),
        opens=part.words("opens"),
        records=_records(part),
        closes=part.words("closes"),
        child=part.text("child"),
        letters=part.words("letters"),
    )
    part.end()
    return found


def _guard(part: Part) -> Guard:
    limit = part.one_of("refuse", ["limit"]) == "limit"
    return Guard(read_rules.predicate(part.of(part.rest())), limit)


def _records(part: Part) -> tuple[Record, ...]:
    raw = part.raw("records")
    if isinstance(raw, str):
        return (Record(part.text("records"), Status.DONE),)
    found = []
    for each in part.parts("records"):
        word = each.text("outcome") or Status.DONE
        found.append(Record(each.text("item", needed=True), word))
        each.end()
    return tuple(found)


def template(part: Part, actions: tuple[Action, ...]) -> Template:
    """One ``[[item]]``; actions that open or record it by name are among what opens it."""
    name = part.id()
    due, latest = part.part("due"), part.part("latest")
    is_series = part.has("every")
    found = Template(
        id=name,
        label=part.label(),
        kind=part.choice("kind", ItemKind, ItemKind.TASK),
        list=part.text("list"),
        required=part.flag("required"),
        many=part.flag("many"),
        due=read_rules.due_rule(due) if due else None,
        latest=read_rules.due_rule(latest) if latest else None,
        roles=frozenset(part.words("role")),
        opens=_opens(part, [action.id for action in actions if name in action.opens]),
        while_stages=frozenset(part.words("while")),
        survives=part.flag("survives"),
        outcomes=_outcomes(part),
        fields=tuple(field(each) for each in part.parts("fields")),
        suggests=part.text("suggests"),
        series=_series(part) if is_series else None,
        lead_of=part.text("lead_of"),
    )
    if is_series and due:
        part.find("due", _("A series is due by every and from; leave out due."))
    part.end()
    return found


def _opens(part: Part, actions: list[str]) -> Opens:
    """What opens an item. Several tables stand for several stages or actions."""
    stages: set[str] = set()
    by_actions = set(actions)
    conditions = []
    for each in part.parts("opens"):
        stages.update(each.words("stage"))
        by_actions.update(each.words("action"))
        if when := each.part("when"):
            conditions.append(read_rules.predicate(when))
        each.end()
    if len(conditions) > 1:
        part.find("opens", _("Give one when; any and all combine several."))
    when_holds = conditions[0] if conditions else None
    return Opens(frozenset(stages), frozenset(by_actions), when_holds)


def _outcomes(part: Part) -> tuple[Outcome, ...]:
    if not part.has("outcomes"):
        return tuple(
            Outcome(status, Label(STATUS_LABELS[status], STATUS_LABELS[status]), status, "")
            for status in PLAIN_OUTCOMES
        )
    found = []
    for each in part.parts("outcomes"):
        status = Status(each.one_of("status", PLAIN_OUTCOMES) or Status.DONE)
        note = each.choice("note", NoteNeed, NoteNeed.OPTIONAL)
        found.append(Outcome(each.id(), each.label(), status, each.text("suggests"), note))
        each.end()
    return tuple(found)


def _series(part: Part) -> Series | None:
    table = part.part("every")
    return series(part, table) if table else None


def series(part: Part, table: Part) -> Series:
    """The keys of a series; ``table`` is its ``every``."""
    every: Step | Chosen = (
        read_rules.decision_table(table, read_rules.every)
        if table.has("choose")
        else read_rules.every(table)
    )
    rotate = part.raw("rotate")
    return Series(
        every=every,
        start=part.text("from", needed=True),
        first=part.number("first", 1, least=0, most=1000),
        times=read_rules.amount(part, "times") if part.has("times") else None,
        until=part.text("until"),
        cadence=part.choice("cadence", Cadence, Cadence.ANCHOR),
        rotate=part.text("rotate") if isinstance(rotate, str) else part.words("rotate"),
        touches=read_rules.touches(part),
    )
