"""``deskapp records due``: the list of ``deskapp case disposal list``, by the name of the register.

Source: site and safety sheet, section 10.
"""

from __future__ import annotations

import typer

from deskapp.cli import case_disposal
from deskapp.cli.commands import Command, Group
from deskapp.i18n import N_

app = typer.Typer(
    cls=Group,
    help=N_("Records whose period of keeping is over. Nothing destroys itself."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("due", cls=Command, help=case_disposal.LIST)(case_disposal.show_list)
