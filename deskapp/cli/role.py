"""``deskapp role``: the roles of schemes that officers have, and the team they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

if TYPE_CHECKING:
    from deskapp.services.officers import OfficerLine

Officer = Annotated[str, typer.Argument(metavar="OFFICER", help=N_("Name or id of the officer."))]
Names = Annotated[list[str], typer.Argument(metavar="ROLE...", help=N_("Roles of schemes."))]

app = typer.Typer(
    cls=Group,
    help=N_("Officers: the roles that casework schemes name, and the team of each."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=N_("List the officers of this desk with their roles."))
def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List the officers."""
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import officers

    with open_desk(Act.GIVE_ROLES, passphrase_stdin=passphrase_stdin) as desk:
        lines = desk.store.call_read(officers.everybody, user=desk.user)
    for line in lines:
        _show(line, as_json=as_json)


@app.command(cls=Command, help=N_("Give an officer roles of schemes."))
def give(officer: Officer, names: Names, passphrase_stdin: PassphraseStdin = False) -> None:
    """Give roles."""
    _change(officer, give=names, passphrase_stdin=passphrase_stdin)


@app.command(cls=Command, help=N_("Take roles of schemes away from an officer."))
def take(officer: Officer, names: Names, passphrase_stdin: PassphraseStdin = False) -> None:
    """Take roles away."""
    _change(officer, take=names, passphrase_stdin=passphrase_stdin)


@app.command(cls=Command, help=N_("Say which team an officer is in, for the reports by team."))
def team(
    officer: Officer,
    name: Annotated[
        str, typer.Argument(metavar="[TEAM]", help=N_("Name of the team. Without it: no team."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Put an officer into a team."""
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import officers

    with open_desk(Act.GIVE_ROLES, passphrase_stdin=passphrase_stdin) as desk:
        line = desk.store.call_write(officers.put_into_team, officer, name, user=desk.user)
    _show(line, as_json=False)


def _change(
    officer: str,
    *,
    give: list[str] | None = None,
    take: list[str] | None = None,
    passphrase_stdin: bool,
) -> None:
    from deskapp.cli.acting import acting_desk
    from deskapp.roles import Act
    from deskapp.services import officers

    with acting_desk(Act.GIVE_ROLES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        line = desk.store.call_write(
            officers.change_roles,
            acting.book,
            officer,
            give=give or (),
            take=take or (),
            user=desk.user,
        )
    _show(line, as_json=False)


def _show(line: OfficerLine, *, as_json: bool) -> None:
    from dataclasses import asdict

    from deskapp.cli.out import show, show_json
    from deskapp.i18n import _
    from deskapp.roles import ROLE_LABELS

    if as_json:
        show_json(asdict(line))
        return
    parts = [line.name, _(ROLE_LABELS[line.role]), " ".join(line.scheme_roles), line.team]
    show("  ".join(part for part in parts if part))
