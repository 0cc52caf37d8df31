"""The key and its slots: nothing but the right secret opens the store."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked

from deskapp.data import vault
from deskapp.errors import (
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    UnlockError,
    WrongPassphraseError,
)

CHEAP = vault.Cost(n=2**4)


def slots_as(text: str) -> bytes:
    """A key file whose slots are ``text``."""
    return f'{{"id": "a", "check": "b", "slots": {text}}}'.encode()


class MemoryKeyring(KeyringBackend):
    """A keyring of the tests."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """What is kept."""
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        if self.locked:
            raise KeyringLocked("locked")
        self.kept[service, username] = password


@pytest.fixture
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of this computer, for the test."""
    backend = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    return backend


def test_a_passphrase_gives_the_key_back(folder: Path) -> None:
    """However its letters were composed when it was typed."""
    key = vault.create(folder, passphrase="caf\u00e9 tri llwy", cost=CHEAP)
    assert len(key) == 32
    assert vault.slots(folder) == ["passphrase"]
    assert vault.unlock(folder, "cafe\u0301 tri llwy") == key


def test_a_wrong_passphrase_is_told_from_a_damaged_file(folder: Path) -> None:
    """One says try again, the other says fetch the backup."""
    vault.create(folder, passphrase="right", cost=CHEAP)
    with pytest.raises(WrongPassphraseError, match="Caps Lock"):
        vault.unlock(folder, "wrong")
    with pytest.raises(vault.PassphraseNeededError):
        vault.unlock(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        slots_as("null"),
        slots_as("{}"),
        slots_as('{"plain": 3}'),
        slots_as('{"plain": {}}'),
        slots_as('{"plain": {"key": "00"}}'),
        slots_as('{"plain": {"key": "no digits"}}'),
        slots_as('{"passphrase": {}}'),
        slots_as('{"passphrase": {"n": 3, "r": 8, "p": 1, "salt": "", "key": ""}}'),
        slots_as('{"passphrase": {"n": "x", "r": 8, "p": 1, "salt": "", "key": ""}}'),
    ],
)
def test_a_damaged_key_file_says_so(folder: Path, content: bytes) -> None:
    """Whatever a failing disk made of it."""
    vault.create(folder, passphrase="right", cost=CHEAP)
    (folder / "keys.json").write_bytes(content)
    with pytest.raises(StoreDamagedError, match=r"keys\.json"):
        vault.unlock(folder, "right")


def test_a_missing_key_file_is_no_first_start(folder: Path) -> None:
    """Beside a store it is a loss; without one it is a new desk."""
    with pytest.raises(StoreMissingError):
        vault.slots(folder)
    folder.mkdir()
    (folder / "store.db").write_bytes(b"rows")
    with pytest.raises(StoreDamagedError, match="backup"):
        vault.slots(folder)


def test_keys_of_a_store_are_never_replaced(folder: Path) -> None:
    """A second first start must not make the records unreadable."""
    key = vault.create(folder, passphrase="right", cost=CHEAP)
    (folder / "store.db").write_bytes(b"rows")
    with pytest.raises(StoreError, match="already"):
        vault.create(folder, passphrase="other", cost=CHEAP)
    assert vault.unlock(folder, "right") == key


def test_a_first_start_killed_before_the_store_begins_again(folder: Path) -> None:
    """Keys without a store, and a key file half written, stand in nobody's way."""
    vault.create(folder, passphrase="first", cost=CHEAP)
    (folder / "keys.json.new").write_bytes(b"{")
    key = vault.create(folder, passphrase="second", cost=CHEAP)
    assert vault.unlock(folder, "second") == key


def test_the_key_file_is_private_and_complete_at_every_moment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill while it is replaced leaves the one before."""
    key = vault.create(folder, passphrase="before", cost=CHEAP)
    assert stat.S_IMODE((folder / "keys.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def cut(*_given: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(KeyboardInterrupt):
        vault.set_passphrase(folder, key, "after", cost=CHEAP)
    assert vault.unlock(folder, "before") == key


def test_a_passphrase_can_be_changed(folder: Path) -> None:
    """The key stays, so no record is written again."""
    key = vault.create(folder, passphrase="before", cost=CHEAP)
    vault.set_passphrase(folder, key, "after", cost=CHEAP)
    assert vault.unlock(folder, "after") == key
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, "before")
    with pytest.raises(ValueError, match="another store"):
        vault.set_passphrase(folder, os.urandom(32), "x", cost=CHEAP)


def test_neither_key_nor_passphrase_stands_in_the_key_file(folder: Path) -> None:
    """It may end in a backup."""
    key = vault.create(folder, passphrase="tri llwy", cost=CHEAP)
    text = (folder / "keys.json").read_text()
    assert key.hex() not in text
    assert "llwy" not in text


def test_the_usual_cost_is_that_of_the_design(folder: Path) -> None:
    """128 MiB for each guess; kept in the slot, so it can grow later."""
    key = vault.create(folder, passphrase="right")
    slot = json.loads((folder / "keys.json").read_text())["slots"]["passphrase"]
    assert (slot["n"], slot["r"], slot["p"]) == (2**17, 8, 1)
    assert vault.unlock(folder, "right") == key


def test_the_keyring_opens_without_a_question(folder: Path, memory_keyring: MemoryKeyring) -> None:
    """Nothing to type when the computer has vouched for the officer."""
    key = vault.create(folder, keyring=True)
    assert vault.slots(folder) == ["keyring"]
    assert vault.unlock(folder) == key
    assert key.hex() not in (folder / "keys.json").read_text()


def test_a_locked_keyring_falls_back_to_the_passphrase(
    folder: Path, memory_keyring: MemoryKeyring
) -> None:
    """Over SSH there is often no keyring."""
    key = vault.create(folder, keyring=True, passphrase="right", cost=CHEAP)
    memory_keyring.locked = True
    with pytest.raises(vault.PassphraseNeededError):
        vault.unlock(folder)
    assert vault.unlock(folder, "right") == key


def test_a_keyring_that_does_not_answer_says_what_to_do(
    folder: Path, memory_keyring: MemoryKeyring
) -> None:
    """Locked, emptied, or holding the key of another store."""
    vault.create(folder, keyring=True)
    memory_keyring.locked = True
    with pytest.raises(UnlockError, match="passphrase"):
        vault.unlock(folder)
    memory_keyring.locked = False
    memory_keyring.kept.clear()
    with pytest.raises(UnlockError):
        vault.unlock(folder)
    memory_keyring.locked = True
    with pytest.raises(UnlockError):
        vault.create(folder, keyring=True)


@pytest.mark.parametrize("priority", [-1, 0, 0.5])
def test_a_keyring_that_keeps_nothing_safe_is_refused(
    folder: Path, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, priority: float
) -> None:
    """The null, the failing and the plain-text backends have such priorities."""
    monkeypatch.setattr(MemoryKeyring, "priority", priority)
    with pytest.raises(UnlockError):
        vault.create(folder, keyring=True)
    assert not (folder / "keys.json").exists()
    assert not issubclass(UnlockError, KeyringError)


def test_a_plain_key_is_kept_only_when_asked(folder: Path) -> None:
    """For a demonstration, after a warning."""
    key = vault.create(folder, insecure=True)
    assert vault.slots(folder) == ["plain"]
    assert vault.unlock(folder) == key
    with pytest.raises(ValueError, match="slot"):
        vault.create(folder)
