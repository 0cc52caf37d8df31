"""``deskapp case assign``, ``hold``, ``release``, ``migrate``: who looks after a case, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.case import Note, Ref
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.casework.case_line import CaseLine

ASSIGN = N_(
    "Let somebody look after a case; without OFFICER, show who might.\n\n"
    "The one with the least to do comes first; it is a suggestion."
)
HOLD = N_("Keep a case from disposal, for a reason such as complaint, inquiry or litigation.")
RELEASE = N_("End a hold on disposal.")
MIGRATE = N_("Let a running case go on under a later version of its scheme.")
Reason = Annotated[str, typer.Argument(metavar="REASON", help=N_("One word, such as complaint."))]


def assign(
    ref: Ref,
    officer: Annotated[
        str, typer.Argument(metavar="OFFICER", help=N_("Name or id of the officer."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Let somebody look after a case."""
    from deskapp.cli import case_lines
    from deskapp.cli.out import show
    from deskapp.i18n import ngettext, number
    from deskapp.roles import Act
    from deskapp.services.casework import allocation, case_line, managing, stored

    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        store = desk.store
        case_id = store.call_read(stored.id_of_ref, ref)
        scheme = store.call_read(case_line.of, case_id).scheme
        found = store.call_read(allocation.colleagues, acting, scheme)
        if officer:
            chosen = allocation.named(found, officer)
            line = store.call_write(managing.assign, acting, case_id, chosen.id)
            case_lines.show_case(line, acting, as_json=False)
            return
    first = allocation.suggested(found)
    for each in sorted(found, key=lambda colleague: colleague != first):
        has = ngettext("{count} open item", "{count} open items", each.open_items)
        suggested = _("suggested") if each == first else ""
        parts = (each.name, has.format(count=number(each.open_items)), suggested)
        show("  ".join(filter(None, parts)))


def hold(
    ref: Ref, reason: Reason, note: Note = "", passphrase_stdin: PassphraseStdin = False
) -> None:
    """Keep a case from disposal."""
    _manage("hold", ref, reason, note=note, passphrase_stdin=passphrase_stdin)


def release(
    ref: Ref, reason: Reason, note: Note = "", passphrase_stdin: PassphraseStdin = False
) -> None:
    """End a hold."""
    _manage("release", ref, reason, note=note, passphrase_stdin=passphrase_stdin)


def migrate(
    ref: Ref,
    version: Annotated[int, typer.Argument(metavar="VERSION", help=N_("The later version."))],
    note: Note = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Let a case go on under a later version."""
    _manage("migrate", ref, version, note=note, passphrase_stdin=passphrase_stdin)


def _manage(verb: str, ref: str, about: str | int, *, note: str, passphrase_stdin: bool) -> None:
    from deskapp.cli import case_lines
    from deskapp.roles import Act
    from deskapp.services.casework import managing, stored

    verbs: Mapping[str, Callable[..., CaseLine]] = {
        "hold": managing.hold,
        "release": managing.release,
        "migrate": managing.migrate,
    }
    with acting_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        line = desk.store.call_write(verbs[verb], acting, case_id, about, note=note)
    case_lines.show_case(line, acting, as_json=False)
