"""Who acts on cases from a screen; the schemes are read beside the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from deskapp import paths
from deskapp.services.casework import shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.dates import Nation

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.services.casework.book import Rulebook


def rulebook(desk: DeskApp) -> Rulebook:
    """The schemes of this desk, read at most once."""
    return shelf.rulebook(paths.settings_folder(), Nation(desk.nation))


async def acting(desk: DeskApp) -> Acting:
    """Who acts now, and by which schemes.

    Raises:
        SettingsError: If a scheme file or the bank-holiday list cannot be used.
    """
    book = await asyncio.to_thread(rulebook, desk)
    return Acting(desk.user, desk.clock.now(), book)
