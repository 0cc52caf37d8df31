"""``deskapp doctor``: is everything here that the desk needs?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _, number

if TYPE_CHECKING:
    from deskapp.services.doctor import Finding

HELP = N_(
    "Check this desk and its terminal; nothing is changed, unless --rebuild is given.\n\n"
    "Each line begins with ok, look or wrong. The exit code is 0 when nothing is wrong. The inside"
    " of the record store is checked when it opens without a question, or with --unlock."
)


def doctor(
    unlock: Annotated[
        bool, typer.Option("--unlock", help=N_("Ask for the passphrase, to check the store too."))
    ] = False,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help=N_("Work out the lists of cases and complaints anew from events, then check."),
        ),
    ] = False,
    export_pending: Annotated[
        Path | None,
        typer.Option(
            "--export-pending",
            metavar="FILE",
            help=N_("Write what central does not have into a new file, also from a damaged store."),
        ),
    ] = None,
    import_pending: Annotated[
        Path | None,
        typer.Option(
            "--import-pending",
            metavar="FILE",
            help=N_("Send what such a file holds with the next exchange of this desk."),
        ),
    ] = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Check this desk."""
    from deskapp.cli.out import show, show_json
    from deskapp.errors import Exit
    from deskapp.services.doctor import STATE_LABELS, State

    if export_pending is not None:
        return _export(export_pending, passphrase_stdin=passphrase_stdin)
    if import_pending is not None:
        return _import(import_pending, passphrase_stdin=passphrase_stdin)
    if rebuild:
        _rebuild(passphrase_stdin=passphrase_stdin)
    worst: IntEnum = Exit.OK
    for finding in _findings(ask=unlock or passphrase_stdin, passphrase_stdin=passphrase_stdin):
        if as_json:
            line = {"name": finding.name, "state": finding.state.value, "text": finding.text}
            show_json(line)
        else:
            show(f"{_(STATE_LABELS[finding.state]):<6} {finding.name}: {finding.text}")
        if finding.state is State.WRONG and worst is not Exit.STORE:
            worst = finding.exit_code
    return worst


def _export(into: Path, *, passphrase_stdin: bool) -> IntEnum:
    """Write what only this desk has into a file; ``Exit.STORE`` where some could not be read.

    Raises:
        DeskError: If the store cannot be opened at all, or the file not be made.
    """
    from deskapp import paths
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import unlocked_key
    from deskapp.clock import Clock
    from deskapp.errors import Exit
    from deskapp.services import rescue

    key = unlocked_key(passphrase_stdin=passphrase_stdin)
    done = rescue.export(paths.store_file(), key, into, Clock())
    tell(_("Changes written to the file: {count}.").format(count=number(done.written)))
    if not done.unreadable:
        return Exit.OK
    tell(_("Places that could not be read: {count}.").format(count=number(done.unreadable)))
    return Exit.STORE


def _import(file: Path, *, passphrase_stdin: bool) -> IntEnum:
    """Take over what a file holds that another store saved.

    Raises:
        DeskError: If it cannot be read, or is none.
    """
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.data.connection import store_errors
    from deskapp.errors import Exit, NotFoundError
    from deskapp.roles import Act
    from deskapp.services import rescue

    try:
        with store_errors(file.parent):
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        raise NotFoundError(_("There is no file {file}.").format(file=file)) from None
    with open_desk(Act.FORK_DESK, passphrase_stdin=passphrase_stdin) as desk:
        count = desk.store.call_jot(rescue.bring_in, lines, user=desk.user)
    tell(_("Changes sent with the next exchange: {count}.").format(count=number(count)))
    return Exit.OK


def _rebuild(*, passphrase_stdin: bool) -> None:
    """Make what is kept for the lists of cases and complaints anew.

    Raises:
        DeskError: If the store or a scheme cannot be used.
    """
    from deskapp import paths
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import unlocked_key
    from deskapp.clock import Clock
    from deskapp.data.store import Store
    from deskapp.services import desk
    from deskapp.services.casework import projection, shelf
    from deskapp.services.complaints import projection as complaints

    key = unlocked_key(passphrase_stdin=passphrase_stdin)
    clock = Clock()
    store = Store.open(paths.store_folder(), key, clock=clock)
    try:
        folder, nation = paths.settings_folder(), desk.nation(store.site)
        book = store.call_read(shelf.on_desk, folder, nation)
        families = unknown = 0
        last: str | None = ""
        while last is not None:
            done = store.call_jot(projection.rebuild, book, clock.now(), last)
            families, unknown = families + done.families, unknown + done.unknown
            last = done.last or None
        made, last = 0, ""
        while last is not None:
            step = store.call_jot(complaints.rebuild, last)
            made, last = made + step.complaints, step.last or None
    finally:
        store.close()
    tell(_("Cases worked out anew: {count}.").format(count=number(families - unknown)))
    tell(_("Complaints worked out anew: {count}.").format(count=number(made)))
    if unknown:
        text = _("Left as they are, because their scheme is not here: {count}.")
        tell(text.format(count=number(unknown)))


def _findings(*, ask: bool, passphrase_stdin: bool) -> Iterator[Finding]:
    from deskapp.clock import Clock
    from deskapp.errors import DeskError
    from deskapp.services import doctor

    yield from _terminal()
    key = None
    try:
        key = _key(ask=ask, passphrase_stdin=passphrase_stdin)
    except DeskError as error:
        yield doctor.wrong("unlock", error)
    yield from doctor.look(Clock(), key)


def _key(*, ask: bool, passphrase_stdin: bool) -> bytes | None:
    """The key of the store; none when there is no store, or it would have to be asked for.

    Raises:
        DeskError: If it cannot be unlocked.
    """
    from deskapp import paths
    from deskapp.cli.unlock import unlocked_key
    from deskapp.data import vault

    if not paths.store_file().exists():
        return None
    if ask:
        return unlocked_key(passphrase_stdin=passphrase_stdin)
    try:
        return vault.unlock(paths.store_folder())
    except vault.PassphraseNeededError:
        return None


def _terminal() -> Iterator[Finding]:
    """What the screens would do here, and why."""
    from deskapp import settings
    from deskapp.errors import DeskError
    from deskapp.services.doctor import Finding, State, wrong
    from deskapp.terminal import profiles

    environment = profiles.as_started(os.environ)
    try:
        configured = settings.load().profile
    except DeskError:
        configured = None  # told with the settings
    try:
        profile = profiles.detect(environment, asked=None, configured=configured)
    except DeskError as error:
        yield wrong("terminal", error)
        return
    text = _("Profile {profile}: TERM={term}, character set {charset}{link}").format(
        profile=profile.name,
        term=environment.get("TERM") or "-",
        charset=profiles.charset(environment),
        link=", SSH" if environment.get("SSH_CONNECTION") else "",
    )
    chosen = environment.get("DESKAPP_PROFILE") or configured
    source = _("chosen in the settings") if chosen else ""
    yield Finding("terminal", State.OK, ", ".join(filter(None, (text, source))))
    if not sys.stdout.isatty():
        yield Finding("screens", State.LOOK, _("Not a terminal: only the commands work here."))
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "C")
    yield Finding("locale", State.OK, locale)
