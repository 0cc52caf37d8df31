"""What was given to a command of complaints, as the forms have it: codes, names, day and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deskapp.cli.commands import CommandLineError
from deskapp.data.connection import Connection
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services import lists
from deskapp.services.choice import Choice
from deskapp.services.complaints import categories, involved
from deskapp.services.complaints.asks import ASKS, NOTE, Ask, Kind
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.moves import MOVES
from deskapp.text import fold, one_line


def pairs(given: Iterable[str]) -> dict[str, str]:
    """What stood behind every ``--set``, by name.

    Raises:
        CommandLineError: If one has no ``=``.
    """
    found: dict[str, str] = {}
    for pair in given:
        name, equals, text = pair.partition("=")
        if not equals:
            raise CommandLineError(_("Write --set FIELD=VALUE, not {text}.").format(text=pair))
        found[name.strip()] = text
    return found


def known_only(values: Mapping[str, str], known: Iterable[str]) -> None:
    """Stop at a name that is no field.

    Raises:
        CommandLineError: With the names there are.
    """
    names = list(known)
    for name in values:
        if name not in names and not name.startswith(categories.ALSO):
            message = _("There is no field {name} to fill in. Use one of: {names}.")
            raise CommandLineError(message.format(name=one_line(name), names=", ".join(names)))


def move_of(name: str) -> Code:
    """The move with this name.

    Raises:
        CommandLineError: With the names there are.
    """
    if name not in list(MOVES):
        message = _("{what} is not understood. Use one of: {names}.")
        raise CommandLineError(message.format(what=one_line(name), names=", ".join(MOVES)))
    return Code(name)


def move_values(
    connection: Connection, code: Code, given: Iterable[str], note: str
) -> dict[str, str]:
    """The answers to a move: an item of a list may be a code or words, an officer a name.

    Raises:
        CommandLineError: If something is no field of the move.
        FormProblemsError: If a value means none of its list, or several.
    """
    values = pairs(given)
    if note:
        values[NOTE] = note
    known_only(values, [ask.name for ask in ASKS[code]])
    found, wrong = dict(values), []
    for ask in ASKS[code]:
        if text := values.get(ask.name, ""):
            try:
                found[ask.name] = _value(connection, ask, text)
            except DeskError as error:
                wrong.append(Problem(ask.name, str(error)))
    if wrong:
        raise FormProblemsError(wrong)
    return found


def _value(connection: Connection, ask: Ask, text: str) -> str:
    match ask.kind:
        case Kind.ONE if ask.choices:
            return choice(ask.choices, text)
        case Kind.SEVERAL if ask.choices:
            return " ".join(choice(ask.choices, each) for each in text.replace(",", " ").split())
        case Kind.OFFICER:
            return officer(connection, text)
        case Kind.CATEGORIES:
            return text.upper().replace(",", " ")
    return text


def choice(kind: type[Choice], text: str) -> str:
    """The code of the one item that a code or words mean.

    Raises:
        DeskError: If they mean none, or several.
    """
    if text in list(kind):
        return text
    found = lists.find(kind, text)
    if len(found) == 1:
        return found[0].value
    message = _("{text} must be one of: {names}.")
    raise DeskError(message.format(text=one_line(text)[:60], names=", ".join(kind)))


def officer(connection: Connection, text: str) -> str:
    """The id of the one officer of this desk with a name, or with this id.

    Raises:
        DeskError: If there is none, or several.
    """
    rows = involved.officers(connection)
    found = [each for each, name in rows if text == each or fold(name) == fold(one_line(text))]
    if len(found) == 1:
        return found[0]
    names = ", ".join(name for _id, name in rows)
    message = _("{text} must be one of: {names}.")
    raise DeskError(message.format(text=one_line(text)[:60], names=names))
