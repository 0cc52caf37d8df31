"""Whether the rules and predicates of a scheme name what there is, and never run in a ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from deskapp.i18n import _
from deskapp.services.casework import mentions as naming
from deskapp.services.casework.mentions import Mention, What
from deskapp.services.casework.papers import Report
from deskapp.services.casework.parts import Findings
from deskapp.services.casework.predicates import Op
from deskapp.services.casework.report_names import NAMES
from deskapp.services.casework.rules import Chosen
from deskapp.services.casework.scheme import Calculation, Field, Scheme, Template
from deskapp.services.casework.toml_lines import Path
from deskapp.services.casework.values import FieldType, read

MOMENTS = ("opened_at", "closed_at", "entered_at")
DATED = (FieldType.DATE, FieldType.DATETIME)
DATE_SOURCES = (What.ANCHOR, What.INSTANT, What.NUMBER, What.FIELD)
NUMERIC = (FieldType.INT, FieldType.MONEY)


def check(scheme: Scheme, findings: Findings) -> None:
    """Add to ``findings`` every name that names nothing, and every ring of derived dates."""
    for path, mentions in rules_of(scheme):
        for mention in mentions:
            if problem := _problem(mention, scheme):
                findings.add(path, _place(path, scheme), problem)
    for path in _rings(scheme):
        message = _("This date depends on itself.")
        findings.add(path, _place(path, scheme), message)


def rules_of(scheme: Scheme) -> Iterator[tuple[Path, list[Mention]]]:
    """What each rule and predicate of the scheme names, with its place in the file."""
    for n, each in enumerate(scheme.fields):
        yield from _of_field(("field", n), each)
    for n, action in enumerate(scheme.actions):
        for guard in action.guards:
            yield ("action", n, "guard"), list(naming.of_predicate(guard.holds))
    for n, template in enumerate(scheme.templates):
        yield from _of_template(("item", n), template)
    for n, variant in enumerate(scheme.variants):
        for name, rule in variant.due.items():
            yield ("variant", n, "due", name), list(naming.of_rule(rule))
    for n, report in enumerate(scheme.reports):
        yield from _of_report(("report", n), report, scheme)
    for n, sample in enumerate(scheme.samples):
        if isinstance(sample.percent, Chosen):
            yield ("sample", n, "percent"), list(naming.of_rule(sample.percent))
    if scheme.retention:
        yield ("scheme", "retention"), list(naming.of_rule(scheme.retention))


def _of_field(path: Path, field: Field) -> Iterator[tuple[Path, list[Mention]]]:
    if field.show_if:
        yield (*path, "show_if"), list(naming.of_predicate(field.show_if))
    if isinstance(field.derive, Calculation):
        given = [Mention(What.FIELD, name) for name in _given(field.derive.input)]
        yield (*path, "derive"), given
    elif field.derive:
        yield (*path, "derive"), list(naming.of_rule(field.derive))


def _of_report(path: Path, report: Report, scheme: Scheme) -> Iterator[tuple[Path, list[Mention]]]:
    """What a report asks, but for what every report may ask and for fields of items."""
    of_items = {field.id for each in scheme.templates for field in each.fields}
    known = of_items.difference(scheme.field_by_id) | NAMES.get(report.over, {}).keys()
    asked = [("where", list(naming.of_predicate(report.where)))] if report.where else []
    for measure in report.measures:
        if measure.where:
            asked.append(("measures", list(naming.of_predicate(measure.where))))
        if measure.between:
            asked.append(("measures", [Mention(What.ANCHOR, name) for name in measure.between]))
    for key, mentions in asked:
        yield (*path, key), [each for each in mentions if each.item or each.name not in known]


def _given(value: object) -> Iterator[str]:
    """The fields that the input of a calculator names."""
    if isinstance(value, str) and value.startswith("$"):
        yield value[1:]
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        for each in inner:
            yield from _given(each)


def _of_template(path: Path, template: Template) -> Iterator[tuple[Path, list[Mention]]]:
    if template.due:
        yield (*path, "due"), list(naming.of_rule(template.due))
    if template.latest:
        yield (*path, "latest"), list(naming.of_rule(template.latest))
    if template.opens.when:
        yield (*path, "opens"), list(naming.of_predicate(template.opens.when))
    if template.series:
        yield (*path, "every"), list(naming.of_series(template.series))


def _problem(mention: Mention, scheme: Scheme) -> str:
    """What is wrong with a name; empty when nothing is."""
    name = mention.name
    if mention.what in (What.ANCHOR, What.INSTANT):
        return _anchor_problem(name, scheme, instant=mention.what is What.INSTANT)
    if mention.what is What.ITEM and name not in scheme.template_by_id:
        return _("The scheme has no item called {name}.").format(name=name)
    if mention.what is What.OUTCOME:
        template = scheme.template_by_id.get(mention.item)
        if template and template.outcome(name) is None:
            return _("The item has no outcome called {name}.").format(name=name)
    if mention.what in (What.FIELD, What.NUMBER):
        return _field_problem(mention, scheme)
    return ""


def _anchor_problem(name: str, scheme: Scheme, *, instant: bool) -> str:
    kind, colon, of = name.partition(":")
    known = {
        "stage": scheme.stage_by_id,
        "action": scheme.action_by_id,
        "item": scheme.template_by_id,
    }
    if not name or name in MOMENTS or (colon and of in known.get(kind, ())):
        return ""
    field = scheme.field_by_id.get(name)
    if field is None or field.type not in DATED:
        return _("The anchor {name} is no date of the scheme.").format(name=name)
    if instant and field.type is FieldType.DATE:
        return _("Hours and minutes need a date and time; {name} is a date.").format(name=name)
    return ""


def _field_problem(mention: Mention, scheme: Scheme) -> str:
    field = scheme.field_by_id.get(mention.name)
    if mention.item:
        template = scheme.template_by_id.get(mention.item)
        if template is None:
            return ""
        field = template.field(mention.name)
    if field is None:
        return _("The scheme has no field called {name}.").format(name=mention.name)
    if mention.what is What.NUMBER and field.type is not FieldType.INT:
        return _("The field {name} is no whole number.").format(name=mention.name)
    if mention.op not in (None, Op.SET) and not all(
        _fits(field, each)
        for each in (mention.value if isinstance(mention.value, tuple) else (mention.value,))
    ):
        return _("The field {name} can never hold this value.").format(name=mention.name)
    return ""


def _fits(field: Field, value: object) -> bool:
    if field.type in NUMERIC:
        return not isinstance(value, str)
    kind = FieldType.CHOICE if field.type is FieldType.CHOICES else field.type
    try:
        found = read(kind, value)
    except ValueError:
        return False
    options = {option.id for option in field.options}
    is_choice = field.type in (FieldType.CHOICE, FieldType.CHOICES)
    return not is_choice or found in options


def _rings(scheme: Scheme) -> Iterator[Path]:
    """The fields and items whose date is reached again from itself."""
    needs: dict[str, set[str]] = {}
    paths: dict[str, Path] = {}
    for n, field in enumerate(scheme.fields):
        paths[field.id] = ("field", n, "derive")
        needs[field.id] = _needed(_of_field((), field), but_not="show_if")
    for n, template in enumerate(scheme.templates):
        node = f"item:{template.id}"
        paths[node] = ("item", n, "every" if template.series else "due")
        needs[node] = _needed(_of_template((), template), but_not="opens")
        for variant in scheme.variants:
            if template.id in variant.due:
                rule = list(naming.of_rule(variant.due[template.id]))
                needs[node] |= _needed([((), rule)])
    for node, path in paths.items():
        if node in _reachable(node, needs):
            yield path


def _needed(rules: Iterable[tuple[Path, list[Mention]]], but_not: str = "") -> set[str]:
    return {
        mention.name
        for path, named in rules
        if but_not not in path
        for mention in named
        if mention.what in DATE_SOURCES and not mention.item
    }


def _reachable(node: str, needs: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(needs[node])
    while ahead:
        name = ahead.pop()
        if name not in found and name in needs:
            found.add(name)
            ahead.extend(needs[name])
    return found


def _place(path: Path, scheme: Scheme) -> str:
    kind, *rest = path
    parts: Mapping[object, Iterable[object]] = {
        "field": scheme.fields,
        "action": scheme.actions,
        "item": scheme.templates,
        "variant": scheme.variants,
        "report": scheme.reports,
        "sample": scheme.samples,
    }
    named = list(parts.get(kind, ()))
    if rest and isinstance(rest[0], int):
        name = getattr(named[rest[0]], "id", "")
        return ", ".join([f"{kind} {name}", *(str(each) for each in rest[1:])])
    return ", ".join(str(each) for each in path)
