"""The first start: three short answers become a record store with its first user.

The screen and ``deskapp setup`` ask; this prepares. A start that was killed between two steps is
made again with the same answers.
"""

from __future__ import annotations

from pathlib import Path

from deskapp.clock import Clock
from deskapp.data import vault
from deskapp.data.directory import OPEN
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotFoundError, Problem, StoreError
from deskapp.i18n import _, ngettext
from deskapp.paths import STORE_NAME
from deskapp.roles import Role, User
from deskapp.services import desk
from deskapp.services.courts import courts

PASSPHRASE_LETTERS = 8
"""Fewest characters of a passphrase."""


def problems(site_key: str, name: str, passphrase: str | None) -> list[Problem]:
    """Everything to put right before a desk can be prepared, in the order it is asked."""
    return [
        *_site_problems(site_key),
        *desk.name_problems(name),
        *([] if passphrase is None else passphrase_problems(passphrase)),
    ]


def passphrase_problems(passphrase: str) -> list[Problem]:
    """What is wrong with a new passphrase."""
    if len(passphrase) >= PASSPHRASE_LETTERS:
        return []
    message = ngettext(
        "The passphrase must be {count} character or more",
        "The passphrase must be {count} characters or more",
        PASSPHRASE_LETTERS,
    ).format(count=PASSPHRASE_LETTERS)
    return [Problem("passphrase", message)]


def prepare(
    folder: Path,
    *,
    site_key: str,
    name: str,
    role: Role,
    passphrase: str | None = None,
    keyring: bool = False,
    insecure: bool = False,
    clock: Clock,
    scheme_roles: frozenset[str] = frozenset(),
    demonstration: bool = False,
) -> tuple[Store, User]:
    """Make the store with its key and its first user, and leave it open and unlocked.

    Hold ``lock_screen(folder)`` meanwhile. Nothing is made when an answer must be put right.

    Args:
        folder: Folder of the store; made when it is not there.
        site_key: Key of an open court of the directory.
        name: What the first user is called.
        role: What the first user may do.
        passphrase: Asked for at every start.
        keyring: Keep the key in the keyring of the operating system.
        insecure: Keep the key in the clear beside the store; the caller has warned.
        clock: Where the time comes from.
        scheme_roles: What casework schemes call the first user, beside the role.
        demonstration: The store will hold invented data only.

    Raises:
        FormProblemsError: If an answer must be put right first.
        StoreError: If the desk is prepared already, or the folder cannot be written.
        UnlockError: If there is no keyring that keeps secrets.
    """
    found = problems(site_key, name, passphrase)
    if found:
        raise FormProblemsError(found)
    if (folder / STORE_NAME).exists():
        store = _unfinished(folder, passphrase, clock)
    else:
        key = vault.create(folder, passphrase=passphrase, keyring=keyring, insecure=insecure)
        store = Store.create(folder, key, site=site_key, clock=clock)
    try:
        user = store.call_write(
            desk.set_up,
            name,
            role=role,
            site=site_key,
            scheme_roles=scheme_roles,
            demonstration=demonstration,
        )
    except BaseException:
        store.close()
        raise
    store.site = site_key
    store.actor = user.id
    return store, user


def _unfinished(folder: Path, passphrase: str | None, clock: Clock) -> Store:
    """The store of a first start that was killed before it had a user."""
    store = Store.open(folder, vault.unlock(folder, passphrase), clock=clock)
    try:
        store.call_read(desk.user)
    except NotFoundError:
        return store
    except BaseException:
        store.close()
        raise
    store.close()
    raise StoreError(
        _("This desk is prepared already: its record store is in {folder}.").format(folder=folder)
    )


def _site_problems(site_key: str) -> list[Problem]:
    if not site_key:
        return [Problem("site", _("Select the court or office of this desk"))]
    try:
        court = courts.by_key(site_key)
    except NotFoundError as error:
        return [Problem("site", str(error))]
    if court.status != OPEN:
        message = _("{court} is not known to be open. Select another court.")
        return [Problem("site", message.format(court=court.name))]
    return []
