"""``deskapp scheme install``: a scheme of one's own for every desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

HELP = N_(
    "Install a scheme file with its letters, after the checks of lint.\n\n"
    "It is kept in the record store and goes to the other desks. A change of a scheme is a higher"
    " version that takes effect later; cases keep the version they were opened with."
)


def install(
    file: Annotated[Path, typer.Argument(help=N_("A scheme file, TOML."))],
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Install a scheme."""
    from deskapp.cli.out import tell
    from deskapp.i18n import day
    from deskapp.roles import Act
    from deskapp.services.casework import installed, letter_files, loader

    text = loader.text_of(file)
    templates = letter_files.near(file)
    with acting_desk(Act.INSTALL_SCHEMES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        scheme = desk.store.call_write(installed.install, acting, text, file.name, templates)
    message = _("Installed: {scheme}, version {version}, for cases opened from {day} on.")
    tell(message.format(scheme=scheme.id, version=scheme.version, day=day(scheme.effective_from)))
