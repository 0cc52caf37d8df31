"""What every screen of the hearing desk asks first: who acts, by which settings."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from deskapp import paths
from deskapp.services.hearings.acting import Acting, acting_on

if TYPE_CHECKING:
    from deskapp.app import DeskApp


def acting(desk: DeskApp) -> Acting:
    """Who acts now, by the settings and calendars of this computer, which are read once.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return acting_on(desk.user, desk.clock.now(), paths.settings_folder())


async def acting_first(desk: DeskApp) -> Acting:
    """The same for the first screen that asks: what is not read yet is read beside the keys.

    Raises:
        SettingsError: If a file of the settings folder cannot be used.
    """
    return await asyncio.to_thread(acting, desk)
