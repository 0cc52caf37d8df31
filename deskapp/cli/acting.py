"""Who acts on cases in the line mode, and what was given with ``--set``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deskapp.cli.commands import CommandLineError
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.roles import Act
    from deskapp.services.casework.acting import Acting
    from deskapp.services.casework.scheme import Field


@contextmanager
def acting_desk(act: Act, *, passphrase_stdin: bool) -> Iterator[tuple[Desk, Acting]]:
    """The desk, and who acts there with the schemes of this computer."""
    from deskapp import paths
    from deskapp.cli.unlock import open_desk
    from deskapp.services.casework import shelf

    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        folder, now = paths.settings_folder(), desk.clock.now()
        yield desk, desk.store.call_read(shelf.acting_on, desk.user, now, folder)


def catch_up(desk: Desk, acting: Acting) -> None:
    """Work out what time changed in cases, before a list of them is read."""
    from deskapp.services.casework import projection, turning

    is_behind = desk.store.call_read(turning.is_behind, acting.at)
    while is_behind:
        is_behind = desk.store.call_jot(projection.catch_up, acting.book, acting.at)


def field_values(
    given: list[str] | None, fields: Iterable[Field], acting: Acting
) -> dict[str, object]:
    """What stood behind every ``--set``.

    Raises:
        CommandLineError: If one has no ``=``, or names no field of these.
        FormProblemsError: If a field does not take its text; it says what to type instead.
    """
    from deskapp.services.casework import typing
    from deskapp.services.casework.words import shown

    asked = tuple(fields)
    known = dict.fromkeys(field.id for field in asked if field.derive is None)
    texts: dict[str, str] = {}
    for pair in given or ():
        name, equals, text = pair.partition("=")
        if not equals:
            raise CommandLineError(_("Write --set FIELD=VALUE, not {text}.").format(text=pair))
        if name.strip().rpartition(".")[2] not in known:
            message = _("There is no field {name} to fill in. Use one of: {names}.")
            raise CommandLineError(
                message.format(name=one_line(name), names=", ".join(known) or "-")
            )
        texts[name.strip()] = text
    by_id = {field.id: field for field in asked}
    found: dict[str, object] = {}
    wrong = []
    for name, text in texts.items():
        field = by_id[name.rpartition(".")[2]]
        try:
            found[name] = typing.read(field, text, now=acting.now)
        except DeskError as error:
            told = _("{label}: {problem}").format(label=shown(field.label), problem=error)
            wrong.append(Problem(one_line(name), told))
    if wrong:
        raise FormProblemsError(wrong)
    return found
