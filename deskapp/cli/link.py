"""``deskapp link``: what belongs together, such as a contact and a case."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Record = Annotated[
    str,
    typer.Argument(metavar="REF", help=N_("Reference of a case or contact, or id: and a person.")),
]

app = typer.Typer(
    cls=Group,
    help=N_("Links: say that two records belong together, list what belongs to one."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(cls=Command, help=N_("Link two records."))
def add(one: Record, other: Record, passphrase_stdin: PassphraseStdin = False) -> None:
    """Link two records."""
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services import link_lines, links

    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        first = desk.store.call_read(link_lines.named, acting, one)
        second = desk.store.call_read(link_lines.named, acting, other)
        desk.store.call_write(links.link, *first, *second, user=desk.user, now=acting.now)
    tell(_("They belong together now."))


@app.command(cls=Command, help=N_("End the link of two records; the history keeps it."))
def remove(
    one: Record,
    other: Record,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why they do not belong together."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """End a link."""
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services import link_lines, links

    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        first = desk.store.call_read(link_lines.named, acting, one)
        second = desk.store.call_read(link_lines.named, acting, other)
        desk.store.call_write(
            links.unlink, first, second, reason=reason, user=desk.user, now=acting.now
        )
    tell(_("They no longer belong together."))


@app.command("list", cls=Command, help=N_("List what belongs together with a record."))
def show_list(
    record: Record, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List links."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.roles import Act
    from deskapp.services import kinds, link_lines

    with acting_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        link = desk.store.call_read(link_lines.named, acting, record)
        found = desk.store.call_read(link_lines.lines, acting, link)
    for line in found:
        ref = line.ref or f"{link_lines.ID_MARK}{line.link.id}"
        if as_json:
            show_json({"kind": line.link.table, "ref": ref, "title": line.title})
        else:
            show(f"{ref}  {kinds.label(line.link.table)}  {line.title}".rstrip())
    if not found:
        tell(_("Nothing is linked with it."))
