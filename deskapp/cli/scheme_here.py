"""What the commands about schemes look up: those in the store, and letters that are drafts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskapp.services.casework.scheme import Scheme


def drafts(file: Path) -> list[str]:
    """The letters of a scheme file whose text is marked as a draft."""
    from deskapp.services.casework import letter_files, letter_text, loader

    try:
        scheme = loader.load(file)
    except loader.SchemeError:
        return []  # told as findings
    find = letter_files.near(file)
    names = [name for letter in scheme.letters for name in (letter.en, letter.cy)]
    texts = {name: find(name) or "" for name in names}
    return [name for name, text in texts.items() if letter_text.is_draft(text)]


def installed_here(*, passphrase_stdin: bool) -> dict[tuple[str, int], Scheme] | None:
    """The versions in the record store; ``None`` when it would have to be asked for a passphrase.

    Raises:
        DeskError: If the store cannot be used.
    """
    from deskapp import paths
    from deskapp.cli.unlock import unlocked_key
    from deskapp.clock import Clock
    from deskapp.data import vault
    from deskapp.data.store import Store
    from deskapp.services.casework import installed

    folder = paths.store_folder()
    if not paths.store_file().exists():
        return {}
    try:
        key = unlocked_key(passphrase_stdin=True) if passphrase_stdin else vault.unlock(folder)
    except vault.PassphraseNeededError:
        return None
    store = Store.open(folder, key, clock=Clock())
    try:
        found = store.call_read(installed.all_of)
    finally:
        store.close()
    return {(each.scheme.id, each.scheme.version): each.scheme for each in found}
