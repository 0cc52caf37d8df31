"""``deskapp hearing room``: what is in the hearing rooms."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.hearing_lines import Day
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

app = typer.Typer(
    cls=Group,
    help=N_("Hearing rooms: what is in them."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=N_("List the rooms of your court around a day."))
def list_rooms(
    date: Day = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List rooms."""
    import datetime as dt

    from deskapp.cli.hearing_lines import day_of, hearings_desk
    from deskapp.cli.out import show, show_json
    from deskapp.roles import Act
    from deskapp.services.hearings import rooms

    with hearings_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, _acting):
        on, near = day_of(desk, date), dt.timedelta(days=14)
        days = (on - near).isoformat(), (on + near).isoformat()
        found = desk.store.call_read(rooms.listed, desk.user.site, *days, user=desk.user)
    for room in found:
        if as_json:
            known = None if room.facilities is None else sorted(room.facilities)
            show_json({"name": room.name, "facilities": known})
        else:
            show(f"{room.name}: {room.words}")


@app.command("set", cls=Command, help=N_("Say what is in a room; it replaces what was said."))
def set_room(
    name: Annotated[str, typer.Argument(metavar="ROOM", help=N_("As lists name it."))],
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE]...", help=N_("Such as AF-WS step_free."))
    ] = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Say what is in a room."""
    from deskapp.cli.hearing_lines import hearings_desk, say_done
    from deskapp.roles import Act
    from deskapp.services.hearings import rooms
    from deskapp.text import one_line

    with hearings_desk(Act.WORK_NEEDS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        desk.store.call_write(rooms.equip, acting, desk.user.site, name, codes or [])
    say_done(one_line(name))
