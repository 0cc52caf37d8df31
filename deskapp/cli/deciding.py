"""How a command lists what waits for a team leader after an exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from deskapp.services.paging import Page

L = TypeVar("L", bound=tuple[Any, ...])


def show_waiting(
    read_page: Callable[..., Page[L]],
    told: Callable[[L], Iterable[str]],
    *,
    limit: int,
    as_json: bool,
    passphrase_stdin: bool,
    empty: str,
) -> None:
    """Show the first lines that a service gives to who may decide.

    Args:
        read_page: Takes a connection, a ``Want`` and a user; gives named tuples with a ``place``.
        told: A line in words.
        limit: How many.
        as_json: Each as an object, for a program.
        passphrase_stdin: Where the passphrase comes from.
        empty: What is said when nothing waits, already translated.
    """
    from deskapp.cli.listing import show_page
    from deskapp.cli.out import show, show_json
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.paging import Want

    with open_desk(Act.DECIDE_CONFLICTS, passphrase_stdin=passphrase_stdin) as desk:
        page = desk.store.call_read(read_page, Want(limit_rows=limit), user=desk.user)

    def show_line(line: L) -> None:
        if as_json:
            # Every named tuple has it; there is no type for any of them.
            values = line._asdict()  # type: ignore[attr-defined]
            show_json({name: value for name, value in values.items() if name != "place"})
            return
        for text in told(line):
            show(text)

    show_page(page, show_line, empty=empty)
