"""``deskapp complaint optic``: what is still to be entered there; ``export``: a list as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.complaint_letter import Ref
from deskapp.cli.options import AsJson, Limit, Replace
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

EXPORT = N_(
    "Write a list of complaints to a CSV file: an officer their own open ones, team leaders and"
    " managers those of the site, an administrator all without free text.\n\n"
    "Names and what is said of members of staff are never in it."
)

app = typer.Typer(
    cls=Group,
    help=N_("OPTIC: what is still to be entered there, field by field."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "list",
    cls=Command,
    help=N_("List the complaints that are not in OPTIC yet, the oldest first; exit 1 for none."),
)
def show_list(
    limit: Limit = 50, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List what is to be entered."""
    from deskapp import paths
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.clock import local
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.complaints import optic, worklists
    from deskapp.services.complaints.acting import acting_on
    from deskapp.services.complaints.worklists import Which
    from deskapp.services.paging import Want

    with open_desk(Act.READ_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        acting = acting_on(desk.user, desk.clock.now(), paths.settings_folder())
        want = Want(limit_rows=limit)
        found = desk.store.call_read(worklists.page, want, acting, Which.AWAITING_OPTIC)
        waiting = desk.store.call_read(optic.count, user=desk.user)
    for line in found.lines:
        received_on = local(line.received_at).date().isoformat()
        if as_json:
            row = {"ref": line.ref, "received_on": received_on, "status": line.status.value}
            show_json({**row, "summary": line.summary})
        else:
            show("  ".join((received_on, line.ref, line.status.label, line.summary)))
    tell(optic.waiting_words(waiting))
    if not found.lines:
        raise typer.Exit(Exit.DIFFERENT)


@app.command(cls=Command, help=N_("Show a complaint field by field, to copy from."))
def show(
    ref: Ref,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=N_("Write it as CSV, 0600."))
    ] = None,
    replace: Replace = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show a complaint field by field."""
    from deskapp import paths
    from deskapp.cli import out
    from deskapp.cli.reporting import write
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.complaints import pack, record, stored
    from deskapp.services.complaints.acting import acting_on

    with open_desk(Act.READ_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        acting = acting_on(desk.user, desk.clock.now(), paths.settings_folder())
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        found = pack.of(desk.store.call_write(record.look, acting, complaint_id))
    if csv:
        write(csv, pack.as_csv(found), replace=replace)
    elif as_json:
        out.show_json(dict(found.fields))
    else:
        out.show(pack.text(found, whole=False).rstrip("\n"))


@app.command(
    cls=Command,
    help=N_(
        "Keep that a complaint is in OPTIC, or why it need not be.\n\n"
        "A reference that is not of eight digits is warned of and kept."
    ),
)
def entered(
    ref: Ref,
    optic_ref: Annotated[
        str, typer.Argument(metavar="OPTIC_REF", help=N_("Its reference in OPTIC."))
    ] = "",
    not_needed: Annotated[
        str, typer.Option("--not-needed", metavar="WHY", help=N_("Why it need not be there."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Keep that a complaint is in OPTIC."""
    from deskapp import paths
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.complaints import act, answers, stored
    from deskapp.services.complaints.acting import acting_on
    from deskapp.services.complaints.events import Code

    if bool(optic_ref) == bool(not_needed):
        raise CommandLineError(_("Give the reference in OPTIC, or --not-needed."))
    given = {"ref": optic_ref} if optic_ref else {"note": not_needed}
    with open_desk(Act.WORK_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        acting = acting_on(desk.user, desk.clock.now(), paths.settings_folder())
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        line = desk.store.call_write(
            act.take, acting, complaint_id, Code.OPTIC, given, event_id=new_id()
        )
    if odd := answers.optic_warning(optic_ref, acting):
        tell(odd)
    tell(_("{ref}: {status}").format(ref=line.ref, status=line.status.label))


def export(
    file: Annotated[Path, typer.Argument(help=N_("A new CSV file."))],
    details: Annotated[
        bool, typer.Option("--details", help=N_("With what people told, for who leads."))
    ] = False,
    replace: Replace = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write a list of complaints."""
    from deskapp.cli.reporting import write
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.complaints import export

    with open_desk(Act.EXPORT_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        text = desk.store.call_read(export.as_csv, user=desk.user, details=details)
    write(file, text, replace=replace)
