"""What officers type into the fields of a scheme, read by the type of each field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

from deskapp import clock, i18n
from deskapp.i18n import _
from deskapp.services import typed
from deskapp.services.casework import entry_checks
from deskapp.services.casework.answers import MOST_LINES, takes
from deskapp.services.casework.scheme import Field, Option
from deskapp.services.casework.shown import ANSWER_LABELS
from deskapp.services.casework.values import MOST_TEXT, Cell, FieldType, Lines, Value, day_of, write
from deskapp.services.casework.vocabulary import Label
from deskapp.services.casework.words import shown
from deskapp.services.typed import NotUnderstoodError
from deskapp.text import fold, words

_PARTING = re.compile(r",\s+")
_ONE_WORD = (FieldType.TEXT, FieldType.PARTY, FieldType.ORG, FieldType.PLACE, FieldType.CASE)
"""Types whose words end nowhere by themselves: within a line they take one."""
YES_NO = tuple(Option(name, Label(text, text)) for name, text in ANSWER_LABELS.items())
"""The answers of a yes-or-no field; their labels are untranslated."""


def options(field: Field) -> tuple[Option, ...]:
    """What can be chosen in a field; empty where one types freely."""
    return YES_NO if field.type is FieldType.YES_NO_UNKNOWN else field.options


def option_label(option: Option) -> str:
    """What an option is called, in the language in use."""
    return _(shown(option.label))


def find_options(field: Field, text: str) -> list[Option]:
    """The options with words that begin like every word of ``text``, in either language."""
    parts = words(text)
    return [
        option
        for option in options(field)
        if all(any(word.startswith(part) for word in _words(option)) for part in parts)
    ]


def read(field: Field, text: str, *, now: dt.datetime) -> object:
    """What was typed into a field, as JSON knows it; empty when nothing was.

    Raises:
        NotUnderstoodError: If the field does not take it, with what to type instead.
    """
    found = _read(field, text.strip(), now)
    if not takes(field, found):
        raise NotUnderstoodError(_limits(field))
    if field.check and found and (why := entry_checks.problem(field.check, found, day_of(now))):
        raise NotUnderstoodError(why)
    return found


def as_typed(field: Field, value: Value) -> str:
    """A value as it stands in a field to be changed; ``read`` gives the value again."""
    if isinstance(value, dt.datetime):
        local = clock.local(value)
        return f"{i18n.day(local.date())} {i18n.clock_time(local)}"
    if isinstance(value, dt.date):
        return i18n.day(value)
    if isinstance(value, Lines):
        return "\n".join(_line_as_typed(field, row) for row in value.rows)
    if isinstance(value, tuple):
        by_id = {option.id: option_label(option) for option in options(field)}
        return ", ".join(by_id.get(each, each) for each in value)
    return str(write(value)) if isinstance(value, Decimal) else str("" if value is None else value)


def _read(field: Field, text: str, now: dt.datetime) -> object:
    match field.type:
        case FieldType.CHOICES:
            return [_option(field, part) for part in text.split(",") if part.strip()]
        case FieldType.LINES:
            lines = [line for line in re.split(r"[\n;]", text) if line.strip()]
            return [_line(field, number, line, now) for number, line in enumerate(lines, start=1)]
        case _ if not text:
            return ""
        case FieldType.DATE:
            return typed.day(text, today=day_of(now)).isoformat()
        case FieldType.DATETIME:
            return typed.moment(text, now=now).isoformat()
        case FieldType.INT:
            return typed.whole_number(text, **_bounds(field))
        case FieldType.MONEY:
            return text.replace("£", "").replace(",", "").strip()
        case FieldType.CHOICE | FieldType.YES_NO_UNKNOWN:
            return _option(field, text)
    return text


def _line(field: Field, number: int, text: str, now: dt.datetime) -> dict[str, object]:
    """One line: columns parted by commas, or word by word; the last column has the rest."""
    parts = _PARTING.split(text.strip(), maxsplit=len(field.columns) - 1)
    if len(parts) == len(field.columns):
        pairs = zip(field.columns, parts, strict=True)
        with suppress(NotUnderstoodError):
            return _filled(field, [_cell(column, part, now) for column, part in pairs])
    left = [word.strip(",") for word in text.split()]
    cells: list[object] = []
    try:
        for column in field.columns:
            is_word = column.type in _ONE_WORD and column is not field.columns[-1]
            taken, cell = _longest(column, left[:1] if is_word else left, now)
            cells.append(cell)
            left = left[taken:]
        if left:
            raise NotUnderstoodError(_("{words} is too much").format(words=" ".join(left)))
    except NotUnderstoodError as error:
        message = _("Line {number}: {problem}")
        raise NotUnderstoodError(message.format(number=number, problem=error)) from error
    return _filled(field, cells)


def _longest(column: Field, words: list[str], now: dt.datetime) -> tuple[int, object]:
    """How many of the words a column takes, the most that can be read; and what they are."""
    for count in range(len(words), 1, -1):
        with suppress(NotUnderstoodError):
            return count, _cell(column, " ".join(words[:count]), now)
    return min(1, len(words)), _cell(column, " ".join(words[:1]), now)


def _cell(column: Field, text: str, now: dt.datetime) -> object:
    value = read(column, text, now=now)
    if column.required and value in ("", []):
        message = _("{label}: {problem}").format(
            label=shown(column.label), problem=_("fill this in")
        )
        raise NotUnderstoodError(message)
    return value


def _filled(field: Field, cells: list[object]) -> dict[str, object]:
    named = zip((each.id for each in field.columns), cells, strict=True)
    return {name: value for name, value in named if value not in ("", [])}


def _line_as_typed(field: Field, row: Mapping[str, Cell]) -> str:
    """Word by word; with commas where words alone would not tell the columns apart."""
    cells = [as_typed(each, row.get(each.id)) for each in field.columns]
    first = list(zip(field.columns, cells, strict=True))[:-1]
    if all(cell and not (" " in cell and column.type in _ONE_WORD) for column, cell in first):
        return " ".join(cells).strip()
    return ", ".join(cells)


def _bounds(field: Field) -> dict[str, int]:
    least = field.min if isinstance(field.min, int) else 0
    most = field.max if isinstance(field.max, int) else 999_999_999
    return {"least": least, "most": most}


def _option(field: Field, text: str) -> str:
    """The id of the option that was typed: its id, its name, or what only one name begins with."""
    typed_text = fold(text).strip()
    for option in options(field):
        if typed_text in (option.id, *(fold(label) for label in option.label)):
            return option.id
    found = find_options(field, text)
    if len(found) == 1:
        return found[0].id
    names = ", ".join(option_label(option) for option in found or options(field))
    raise NotUnderstoodError(_("Choose one of: {names}").format(names=names))


def _words(option: Option) -> list[str]:
    return words(f"{option.label.en} {option.label.cy} {option_label(option)}")


def _limits(field: Field) -> str:
    """What a field takes, when what was typed is none of it."""
    if field.type is FieldType.MONEY:
        return _("Enter pounds and pence, like 125.50")
    if field.type in (FieldType.DATE, FieldType.DATETIME):
        return _("Enter a date that can be right here")
    if field.type is FieldType.LINES:
        most = field.max if isinstance(field.max, int) else MOST_LINES
        return _("Write {most} lines or fewer").format(most=i18n.number(most))
    most = field.max if isinstance(field.max, int) else MOST_TEXT
    return _("Write {most} characters or less").format(most=i18n.number(most))
