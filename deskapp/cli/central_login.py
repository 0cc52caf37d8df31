"""How a command reaches the central database: where it is, and the password it asks for.

A password comes from a passfile of PostgreSQL, from the keyring of the computer, or is asked for;
never from an argument, a variable or the settings. Source: design sheet of sync, S9.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from deskapp.errors import CentralPasswordError, SettingsError
from deskapp.i18n import _

if TYPE_CHECKING:
    from deskapp.settings import Settings

Result = TypeVar("Result")
_SERVICE = "deskapp-central"


def desk_dsn(settings: Settings) -> str:
    """The connection string of the settings.

    Raises:
        SettingsError: If there is none.
    """
    if settings.central:
        return settings.central
    raise SettingsError(
        _(
            "This desk works alone: the settings do not name a central database. An administrator"
            " sets central in the settings file."
        )
    )


def with_password(dsn: str, work: Callable[[str | None], Result]) -> Result:
    """What ``work`` gives; it gets a password only if the server wants one.

    Raises:
        CentralPasswordError: If none was right.
    """
    try:
        return work(None)
    except CentralPasswordError:
        kept = _from_keyring(dsn)
    if kept:
        try:
            return work(kept)
        except CentralPasswordError:
            pass  # it was changed
    if not sys.stdin.isatty():
        raise CentralPasswordError(
            _("The central database asks for a password. Run the command in a terminal once.")
        )
    from deskapp.cli.unlock import ask_secret

    typed = ask_secret(_("Password of the central database"))
    result = work(typed)
    _keep(dsn, typed)
    return result


def _from_keyring(dsn: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, dsn)
    except KeyringError:
        return None


def _keep(dsn: str, password: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    from deskapp.cli.out import tell

    try:
        keyring.set_password(_SERVICE, dsn, password)
    except KeyringError:
        tell(_("This computer has no keyring: the password will be asked for again."))
