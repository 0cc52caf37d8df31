"""Commands about the desk itself: preparing it, its passphrase, its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _
from deskapp.roles import Role

if TYPE_CHECKING:
    from pathlib import Path

SETUP = N_(
    "Prepare this desk: make its encrypted record store and its first user.\n\n"
    "Asks for a new passphrase, unless --keyring or --insecure-key-file is given. The screens ask"
    " the same questions at their first start."
)
PASSPHRASE = N_(
    "Choose a new passphrase for the record store.\n\n"
    "With --passphrase-stdin the first line of stdin is the passphrase in use, the second the new"
    " one; where the store opens without a question, the first line is the new one."
)
KEYS = N_(
    "List every key of the screens, by the name under which the settings file can change it.\n\n"
    'Write [keys] in the settings file and under it lines like "desk.new" = "f4" and'
    ' "app.hard" = "f2".'
)


def setup(
    site: Annotated[
        str,
        typer.Option(
            metavar="COURT", help=N_("Court or office of the desk: key, code, name or postcode.")
        ),
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help=N_("Name of the first user."))],
    role: Annotated[
        Role, typer.Option(metavar="|".join(Role), help=N_("What the first user may do."))
    ] = Role.OFFICER,
    scheme_role: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=N_("A role that casework schemes name, beside the role. May be repeated."),
        ),
    ] = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help=N_("Unlock with the keyring of this computer."))
    ] = False,
    insecure: Annotated[
        bool,
        typer.Option(
            "--insecure-key-file",
            help=N_("Keep the key in the clear beside the store. For tests only."),
        ),
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Prepare this desk."""
    from deskapp import paths
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import new_passphrase
    from deskapp.clock import Clock
    from deskapp.data.locks import lock_screen
    from deskapp.errors import FormProblemsError
    from deskapp.services import first_start

    site_key = _site(site)
    found = first_start.problems(site_key, name, None)
    if found:
        raise FormProblemsError([each._replace(field=f"--{each.field}") for each in found])
    asked = passphrase_stdin or not (keyring or insecure)
    secret = new_passphrase(passphrase_stdin=passphrase_stdin) if asked else None
    if insecure:
        tell(_("Warning: whoever can read the folder can read the records."))
    folder = paths.store_folder()
    with lock_screen(folder):
        store, _user = first_start.prepare(
            folder,
            site_key=site_key,
            name=name,
            role=role,
            scheme_roles=frozenset(scheme_role or ()),
            passphrase=secret,
            keyring=keyring,
            insecure=insecure,
            clock=Clock(),
        )
        store.close()
    show(str(folder))
    tell(_("The desk is prepared. Start deskapp to use it."))


def passphrase(passphrase_stdin: PassphraseStdin = False) -> None:
    """Choose a new passphrase."""
    from deskapp import paths
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import new_passphrase, unlocked_key
    from deskapp.data import vault
    from deskapp.errors import FormProblemsError
    from deskapp.services import first_start

    folder = paths.store_folder()
    key = unlocked_key(passphrase_stdin=passphrase_stdin)
    chosen = new_passphrase(passphrase_stdin=passphrase_stdin)
    found = first_start.passphrase_problems(chosen)
    if found:
        raise FormProblemsError(found)
    vault.set_passphrase(folder, key, chosen)
    tell(_("The new passphrase opens the record store from now on."))
    _warn_of_open_slots(folder)


def show_keys(as_json: AsJson = False) -> None:
    """List the keys."""
    from deskapp import keys, settings
    from deskapp.cli.out import show, show_json

    keys.remap(settings.load().keys)
    for name, key in keys.KEYS.items():
        if as_json:
            show_json({"name": name, "keys": keys.keys_of(name).split(","), "does": _(key.label)})
        else:
            show(f"{name:<20}{keys.shown(name):<10}{_(key.label)}")


def _site(text: str) -> str:
    """Key of the one open court that ``text`` means.

    Raises:
        FormProblemsError: If it means none, or several; the sentence names them.
    """
    from deskapp.cli.court import by_key_or_code, line
    from deskapp.errors import FormProblemsError, NotFoundError, Problem
    from deskapp.services.courts import courts
    from deskapp.text import fold

    try:
        return by_key_or_code(text).key
    except NotFoundError:
        found = courts.find(text, limit=10, open_only=True)
    named = [
        hit for hit in found if fold(text.strip()) in map(fold, (hit.court.name, hit.court.name_cy))
    ]
    if len(named or found) == 1:
        return (named or found)[0].court.key
    if not found:
        message = _("No open court was found for {text}. Use deskapp court find.")
        raise FormProblemsError([Problem("--site", message.format(text=text))])
    offered = "\n".join(f"  {line(hit)}" for hit in found)
    message = _("Several courts match. Give the key of one:\n{courts}")
    raise FormProblemsError([Problem("--site", message.format(courts=offered))])


def _warn_of_open_slots(folder: Path) -> None:
    from deskapp.cli.out import tell
    from deskapp.data import vault

    kept = vault.slots(folder)
    if vault.PLAIN in kept:
        tell(_("Warning: the key is also kept in the clear, so nothing asks for the passphrase."))
    elif vault.KEYRING in kept:
        tell(_("The keyring of this computer opens it too, without the passphrase."))
