"""``deskapp case disposal``: what need no longer be kept, proposed by one, erased by another."""

from __future__ import annotations

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.case import Note, Ref
from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

LIST = N_("List the cases whose period of keeping is over, with what still holds them.")

app = typer.Typer(
    cls=Group,
    help=N_(
        "Disposal: which cases need no longer be kept. One person proposes, another confirms."
        " Nothing destroys itself."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=LIST)
def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List what is due for disposal."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.i18n import day
    from deskapp.roles import Act
    from deskapp.services.casework import disposal

    with acting_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(disposal.due, acting)
    for each in found:
        ref = each.line.ref
        if as_json:
            by, due_on = each.proposed_by, each.due_on.isoformat()
            show_json({"ref": ref, "due_on": due_on, "held": each.held, "proposed_by": by})
            continue
        show("  ".join((ref, day(each.due_on), disposal.state_words(each), each.line.title)))
    if not found:
        tell(_("No case is due for disposal."))


@app.command(cls=Command, help=N_("Propose that a case be disposed of; --note says why."))
def propose(ref: Ref, note: Note = "", passphrase_stdin: PassphraseStdin = False) -> None:
    """Propose the disposal of a case."""
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services.casework import managing, stored

    with acting_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        line = desk.store.call_write(managing.propose_disposal, acting, case_id, note=note)
    tell(_("Proposed: {ref}. Somebody else must confirm it.").format(ref=line.ref))


@app.command(
    cls=Command,
    help=N_(
        "Erase a case that somebody else proposed, with the cases that belong to it.\n\n"
        "It cannot be brought back. A line without names stays: deskapp case disposal log."
    ),
)
def confirm(ref: Ref, passphrase_stdin: PassphraseStdin = False) -> None:
    """Erase a case."""
    from deskapp.cli.out import show
    from deskapp.roles import Act
    from deskapp.services.casework import disposal, stored

    with acting_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        erased = desk.store.call_write(disposal.confirm, acting, case_id)
        desk.store.empty_log()
    for each in erased:
        show(disposal.certificate_words(each))


@app.command(cls=Command, help=N_("List what was erased, the newest first, with who decided it."))
def log(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List what was erased."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.clock import stamp
    from deskapp.roles import Act
    from deskapp.services.casework import disposal

    with acting_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(disposal.certificates, acting)
    for each in found:
        if as_json:
            times = {"closed_at": stamp(each.closed_at), "erased_at": stamp(each.erased_at)}
            show_json(each._asdict() | times)
        else:
            show(disposal.certificate_words(each))
    if not found:
        tell(_("Nothing was erased yet."))
