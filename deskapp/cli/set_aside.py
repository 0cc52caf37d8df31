"""``deskapp set-aside``: changes of this desk that central could not take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.set_aside import AsideLine

app = typer.Typer(
    cls=Group,
    help=N_("Changes of this desk that central could not take. Team leaders look after them."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=N_("List what was not taken, the oldest first."))
def show_list(
    limit: Limit = 50, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List what waits."""
    from deskapp.cli.deciding import show_waiting
    from deskapp.services import set_aside

    def told(line: AsideLine) -> Iterator[str]:
        yield f"{line.seq}  {line.record}  {line.fields} ({line.by})"
        yield f"  {line.reason}"

    show_waiting(
        set_aside.page,
        told,
        limit=limit,
        as_json=as_json,
        passphrase_stdin=passphrase_stdin,
        empty=_("Central has taken everything. Nothing waits for you here."),
    )


@app.command(cls=Command, help=N_("Take one off the list, or send it again as it stands now."))
def settle(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=N_("As the list shows it."))],
    again: Annotated[
        bool, typer.Option("--again", help=N_("Send it again; else it is taken off the list."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Settle one."""
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import set_aside

    with open_desk(Act.DECIDE_CONFLICTS, passphrase_stdin=passphrase_stdin) as desk:
        line = desk.store.call_write(set_aside.settle, number, again=again, user=desk.user)
    text = _("Sent with the next exchange: {record}.") if again else _("Taken off: {record}.")
    tell(text.format(record=line.record))
