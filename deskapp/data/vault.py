"""The key of the store and the slots that give it back: passphrase, keyring, plain file.

The key is random and never changes; a slot holds it wrapped. ``keys.json`` lies beside the store,
is complete at every moment, and is made before the store: a first start that was killed is simply
made again, and the keys of a store that exists are never replaced.
Source: design sheet of sync, requirement S5.
"""

from __future__ import annotations

import json
import os
import unicodedata
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from deskapp.data.connection import store_errors
from deskapp.data.store import sync_folder
from deskapp.errors import (
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    UnlockError,
    WrongPassphraseError,
)
from deskapp.i18n import _
from deskapp.paths import STORE_NAME, private_folder

KEYS_NAME = "keys.json"
KEY_BYTES = 32
PASSPHRASE, KEYRING, PLAIN = "passphrase", "keyring", "plain"


class PassphraseNeededError(UnlockError):
    """Nothing opens the store without asking; ask for the passphrase and call again."""


class Cost(NamedTuple):
    """What one guess of a passphrase costs: 128 MiB and about 0.4 s."""

    n: int = 2**17
    r: int = 8
    p: int = 1


class _Vault(NamedTuple):
    """What ``keys.json`` says."""

    id: str
    check: str
    """Tells a wrong key from a damaged store."""
    slots: dict[str, dict[str, Any]]


def create(
    folder: Path,
    *,
    passphrase: str | None = None,
    keyring: bool = False,
    insecure: bool = False,
    cost: Cost | None = None,
) -> bytes:
    """Make a new key with the slots asked for, and return it. Hold ``lock_screen`` meanwhile.

    Args:
        folder: Folder of the store; made when it is not there.
        passphrase: For a slot that asks for it.
        keyring: Keep it in the keyring of the operating system.
        insecure: Keep it in the clear beside the store; the caller has warned.
        cost: Of the passphrase slot, the usual one when left out.

    Raises:
        StoreError: If there is a store already, or the folder cannot be written.
        UnlockError: If there is no keyring that keeps secrets.
    """
    if (folder / STORE_NAME).exists():
        raise StoreError(
            _("There is a record store in {folder} already; its keys were left alone.").format(
                folder=folder
            )
        )
    if not (passphrase or keyring or insecure):
        raise ValueError("a key needs a slot")
    key = os.urandom(KEY_BYTES)
    vault = _Vault(str(uuid.uuid4()), _check(key), {})
    if passphrase:
        vault.slots[PASSPHRASE] = _passphrase_slot(key, passphrase, cost or Cost())
    if keyring:
        _into_keyring(vault, key)
        vault.slots[KEYRING] = {}
    if insecure:
        vault.slots[PLAIN] = {"key": key.hex()}
    _write(folder, vault)
    return key


def slots(folder: Path) -> list[str]:
    """Kinds of slots there are, those that ask nothing first.

    Raises:
        StoreError: If the key file is missing or damaged.
    """
    kept = _read(folder).slots
    return [kind for kind in (PLAIN, KEYRING, PASSPHRASE) if kind in kept]


def unlock(folder: Path, passphrase: str | None = None) -> bytes:
    """The key, from the first slot that opens; those that ask nothing are tried first.

    Raises:
        PassphraseNeededError: If only a passphrase can open it and none was given.
        WrongPassphraseError: If the one given does not.
        UnlockError: If there is no way to open it here.
        StoreError: If the key file is missing or damaged.
    """
    vault = _read(folder)
    if PLAIN in vault.slots:
        return _plain_key(folder, vault.slots[PLAIN])
    if KEYRING in vault.slots:
        try:
            return _from_keyring(vault)
        except UnlockError:
            if PASSPHRASE not in vault.slots:
                raise
    if PASSPHRASE not in vault.slots:
        raise _damaged(folder)
    if passphrase is None:
        raise PassphraseNeededError(_("Enter the passphrase of the record store."))
    return _from_passphrase(folder, vault.slots[PASSPHRASE], passphrase)


def check_passphrase(folder: Path, passphrase: str) -> None:
    """Make sure that ``passphrase`` opens the store, whatever other slots there are.

    Raises:
        WrongPassphraseError: If it does not.
        StoreError: If the key file is missing or damaged, or has no slot for a passphrase.
    """
    kept = _read(folder).slots
    if PASSPHRASE not in kept:
        raise _damaged(folder)
    _from_passphrase(folder, kept[PASSPHRASE], passphrase)


def set_passphrase(folder: Path, key: bytes, passphrase: str, *, cost: Cost | None = None) -> None:
    """Let ``passphrase`` open the store from now on, in place of the one before.

    Raises:
        StoreError: If the key file is missing, damaged or cannot be written.
    """
    vault = _read(folder)
    if not _fits(key, vault):
        raise ValueError("the key of another store")
    vault.slots[PASSPHRASE] = _passphrase_slot(key, passphrase, cost or Cost())
    _write(folder, vault)


def destroy(folder: Path) -> None:
    """Make the records unreadable for ever: every slot of the key first, then the store.

    Raises:
        StoreError: If a file cannot be removed.
    """
    with store_errors(folder):
        with suppress(StoreError):  # a key file that cannot be read opens nothing
            _forget_in_keyring(_read(folder))
        keys = folder / KEYS_NAME
        if keys.exists():
            keys.write_bytes(os.urandom(keys.stat().st_size))
        for file in (keys, *sorted(folder.glob(f"{STORE_NAME}*"))):
            file.unlink(missing_ok=True)
            sync_folder(folder)


def _forget_in_keyring(vault: _Vault) -> None:
    if KEYRING not in vault.slots:
        return
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        _keyring().delete_password(_service(vault), "store")


def _passphrase_slot(key: bytes, passphrase: str, cost: Cost) -> dict[str, Any]:
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    salt = os.urandom(16)
    wrapped = aes_key_wrap(_stretched(passphrase, salt, cost), key)
    return {**cost._asdict(), "salt": salt.hex(), "key": wrapped.hex()}


def _from_passphrase(folder: Path, slot: dict[str, Any], passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        cost = Cost(slot["n"], slot["r"], slot["p"])
        salt, wrapped = bytes.fromhex(slot["salt"]), bytes.fromhex(slot["key"])
        stretched = _stretched(passphrase, salt, cost)
    except (KeyError, TypeError, ValueError, MemoryError, OverflowError) as error:
        raise _damaged(folder) from error
    try:
        return aes_key_unwrap(stretched, wrapped)
    except InvalidUnwrap as error:
        raise WrongPassphraseError(
            _("This passphrase does not open the record store. Check Caps Lock and try again.")
        ) from error


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    import hashlib  # only a passphrase needs it, and it wakes half of OpenSSL

    typed = unicodedata.normalize("NFKC", passphrase).encode()
    room = 128 * cost.n * cost.r + 2**20
    return hashlib.scrypt(typed, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=room, dklen=32)


def _plain_key(folder: Path, slot: dict[str, Any]) -> bytes:
    """The key as it stands in the file.

    It is not held to the check that stands beside it, which would cost each session 3.6 MiB: the
    store itself refuses a wrong key.
    """
    try:
        key = bytes.fromhex(slot["key"])
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder) from error
    if len(key) != KEY_BYTES:
        raise _damaged(folder)
    return key


def _into_keyring(vault: _Vault, key: bytes) -> None:
    from keyring.errors import KeyringError

    try:
        _keyring().set_password(_service(vault), "store", key.hex())
    except KeyringError as error:
        raise _no_keyring() from error


def _from_keyring(vault: _Vault) -> bytes:
    from keyring.errors import KeyringError

    try:
        return _checked(vault, _keyring().get_password(_service(vault), "store"))
    except KeyringError as error:
        raise _no_keyring() from error


def _keyring() -> Any:
    """The keyring of the operating system; one that keeps secrets in the clear is none."""
    import keyring

    backend = keyring.get_keyring()
    first = next(iter(getattr(backend, "backends", [])), backend)  # a chain asks its first
    if first.priority < 1:
        raise _no_keyring()
    return backend


def _no_keyring() -> UnlockError:
    return UnlockError(
        _(
            "The keyring of this computer does not answer. Sign in to the desktop and unlock it,"
            " or choose a passphrase instead."
        )
    )


def _service(vault: _Vault) -> str:
    return f"deskapp {vault.id}"


def _checked(vault: _Vault, kept: str | None) -> bytes:
    try:
        key = bytes.fromhex(kept or "")
    except ValueError:
        key = b""
    if not _fits(key, vault):
        raise UnlockError(
            _("The key that is kept here belongs to another record store. Tell the service desk.")
        )
    return key


def _fits(key: bytes, vault: _Vault) -> bool:
    import hmac  # wakes OpenSSL, which a plain key does without

    return hmac.compare_digest(_check(key), vault.check)


def _check(key: bytes) -> str:
    import hmac

    return hmac.digest(key, b"deskapp store key", "sha256")[:8].hex()


def _read(folder: Path) -> _Vault:
    path = folder / KEYS_NAME
    with store_errors(folder):
        try:
            vault = _Vault(**json.loads(path.read_bytes()))
        except FileNotFoundError as error:
            if (folder / STORE_NAME).exists():
                raise _damaged(folder) from error
            raise StoreMissingError(
                _("There is no record store in {folder} yet. Start deskapp to make one.").format(
                    folder=folder
                )
            ) from error
        except (ValueError, TypeError) as error:
            raise _damaged(folder) from error
    if not (isinstance(vault.slots, dict) and all(map(_is_slot, vault.slots.values()))):
        raise _damaged(folder)
    return vault


def _is_slot(kept: object) -> bool:
    return isinstance(kept, dict)


def _damaged(folder: Path) -> StoreDamagedError:
    return StoreDamagedError(
        _(
            "The key file {file} is missing or damaged, and without it the records cannot be read."
            " Put it back from a backup; do not delete the record store."
        ).format(file=folder / KEYS_NAME)
    )


def _write(folder: Path, vault: _Vault) -> None:
    """Replace the key file at once: a kill or a power cut leaves the one before or this one."""
    with store_errors(folder):
        unfinished = private_folder(folder) / f"{KEYS_NAME}.new"
        unfinished.unlink(missing_ok=True)
        opened = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            json.dump(vault._asdict(), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / KEYS_NAME)
        sync_folder(folder)
