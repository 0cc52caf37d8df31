"""A newer version of a shipped scheme, installed as an administrator would."""

from __future__ import annotations

from deskapp import paths
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services.casework import installed, letter_files, loader, shelf
from tests.builders import SetClock


def install_newer(store: Store, user: User, clock: SetClock, scheme: str) -> None:
    """Install version 2 of ``scheme``, in force already."""
    text = (loader.SHIPPED_FOLDER / f"{scheme}.toml").read_text(encoding="utf-8")
    newer = text.replace("version = 1", "version = 2", 1).replace("2020-01-01", "2026-01-01", 1)
    manager = user._replace(role=Role.MANAGER)
    acting = store.call_read(shelf.acting_on, manager, clock.moment, paths.settings_folder())
    store.call_write(installed.install, acting, newer, f"{scheme}.toml", letter_files.shipped)


def versions(store: Store, scheme: str) -> list[int]:
    """By which versions of ``scheme`` cases were opened."""
    return store.call_read(
        lambda connection: [
            version
            for (version,) in connection.execute(
                "SELECT version FROM case_state WHERE scheme = ?", (scheme,)
            )
        ]
    )
