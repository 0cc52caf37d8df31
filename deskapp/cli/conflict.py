"""``deskapp conflict``: what two desks wrote into one field, and which value stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.conflicts import ConflictLine

app = typer.Typer(
    cls=Group,
    help=N_("Values that two desks wrote without knowing of each other. Team leaders decide."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=N_("List what waits for a decision, the oldest first."))
def show_list(
    limit: Limit = 50, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List what waits."""
    from deskapp.cli.deciding import show_waiting
    from deskapp.services import conflicts

    def told(line: ConflictLine) -> Iterator[str]:
        yield f"{line.id}  {line.record}  {line.field}"
        yield f"  {_('Stands')}: {line.standing} ({line.standing_by})"
        yield f"  {_('The other')}: {line.other} ({line.other_by})"

    show_waiting(
        conflicts.page,
        told,
        limit=limit,
        as_json=as_json,
        passphrase_stdin=passphrase_stdin,
        empty=_("Nothing was written twice. Nothing waits for you here."),
    )


@app.command(cls=Command, help=N_("Keep the value that stands, or put the other one back."))
def decide(
    conflict_id: Annotated[str, typer.Argument(metavar="ID", help=N_("As the list shows it."))],
    other: Annotated[
        bool, typer.Option("--other", help=N_("Put the other value back; else what stands stays."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Decide one."""
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import conflicts

    with open_desk(Act.DECIDE_CONFLICTS, passphrase_stdin=passphrase_stdin) as desk:
        line = desk.store.call_write(
            conflicts.decide, conflict_id, restore=other, user=desk.user, now=desk.clock.now()
        )
    tell(_("Decided: {record}, {field}.").format(record=line.record, field=line.field))
