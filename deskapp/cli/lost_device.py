"""``deskapp lost-device``: a device is gone; nothing more reaches it."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.central import Database, at_central
from deskapp.i18n import N_, _

HELP = N_(
    "Close central to a device that was lost or stolen. Its login can then read nothing; when the"
    " device asks central once more, it destroys its records."
)


def lost_device(
    name: Annotated[
        str, typer.Argument(metavar="DESK", help=N_("Id of the desk, or its database login."))
    ],
    drop_login: Annotated[
        bool,
        typer.Option(
            "--drop-login",
            help=N_("Take the login away at once. The device is then not told to destroy itself."),
        ),
    ] = False,
    database: Database = "",
) -> None:
    """Report a device lost."""
    from deskapp.cli.out import show, tell
    from deskapp.data.central import lost

    show(at_central(database, lambda central: lost.lose(central, name, drop_login=drop_login)))
    tell(
        _(
            "Nothing more reaches this desk. What it sent and central had not merged is left"
            " unmerged. Report the loss as a data incident."
        )
    )
