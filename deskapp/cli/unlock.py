"""The one place where a command opens the store and asks for its passphrase.

A passphrase comes from the terminal or from the first line of stdin, never from an argument or a
variable: both can be read by others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.clock import Clock
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.data.store import Store
    from deskapp.roles import Act, User

PassphraseStdin = Annotated[
    bool,
    typer.Option(
        "--passphrase-stdin",
        help=N_("Read the passphrase from the first line of stdin instead of asking."),
    ),
]
TRIES = 3


@dataclass(frozen=True)
class Desk:
    """An unlocked store and who uses it."""

    store: Store
    user: User
    clock: Clock


@contextmanager
def open_desk(
    act: Act, *, passphrase_stdin: bool = False, key_stdin: bool = False
) -> Iterator[Desk]:
    """The store of this desk, for one command that does ``act``; closed afterwards.

    With ``key_stdin`` the screens have unlocked it and give the key.

    Raises:
        StoreError: A subclass that says why it cannot be used.
        NotAllowedError: If the role of the user does not permit ``act``, or the desk has worked
            alone for so long that it only exchanges.
    """
    from deskapp import paths, roles
    from deskapp.data.store import Store
    from deskapp.services import desk, offline

    clock = Clock()
    folder = paths.store_folder()
    key = (
        bytes.fromhex(read_line()) if key_stdin else unlocked_key(passphrase_stdin=passphrase_stdin)
    )
    store = Store.open(folder, key, clock=clock)
    try:
        user = store.call_read(desk.user)
        store.actor = user.id
        roles.require(user, act)
        if act not in (roles.Act.EXCHANGE, roles.Act.FORK_DESK):
            store.call_read(offline.require, clock.now())
        yield Desk(store, user, clock)
    finally:
        store.close()


def unlocked_key(*, passphrase_stdin: bool = False) -> bytes:
    """The key of the store; asks only when nothing opens it without a question.

    Raises:
        StoreError: A subclass that says why it cannot be unlocked.
    """
    from deskapp import paths
    from deskapp.data import vault
    from deskapp.errors import WrongPassphraseError

    folder = paths.store_folder()
    try:
        return vault.unlock(folder)
    except vault.PassphraseNeededError:
        if passphrase_stdin:
            return vault.unlock(folder, read_line())
    for tries_left in reversed(range(TRIES)):
        try:
            return vault.unlock(folder, ask_secret(_("Passphrase of the record store")))
        except WrongPassphraseError as error:
            if not tries_left:
                raise
            from deskapp.cli.out import tell

            tell(str(error))
    raise AssertionError("the last try returns or raises")


def new_passphrase(*, passphrase_stdin: bool) -> str:
    """A passphrase that is chosen now: asked for twice, or read from stdin.

    Raises:
        FormProblemsError: If it was not typed the same twice.
        UnlockError: If there is no terminal to ask on.
    """
    from deskapp.errors import FormProblemsError, Problem

    if passphrase_stdin:
        return read_line()
    chosen = ask_secret(_("New passphrase, 8 characters or more"))
    if ask_secret(_("The same again")) != chosen:
        raise FormProblemsError([Problem("passphrase", _("Enter the same passphrase twice"))])
    return chosen


def ask_secret(question: str) -> str:
    """What is typed, unseen, on the terminal.

    Raises:
        UnlockError: If there is no terminal to ask on.
    """
    import getpass

    from deskapp.errors import UnlockError

    if not sys.stdin.isatty():
        raise UnlockError(
            _(
                "The record store asks for its passphrase. Run the command in a terminal, or give"
                " the passphrase with --passphrase-stdin."
            )
        )
    return getpass.getpass(f"{question}: ", stream=sys.stderr)


def read_line() -> str:
    """The next line of stdin without its end."""
    return sys.stdin.readline().rstrip("\r\n")
