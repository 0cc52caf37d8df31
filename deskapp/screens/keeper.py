"""Stores a draft at every key stroke without ever holding up a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskapp.errors import DeskError
from deskapp.services import drafts
from deskapp.services.drafts import Draft

if TYPE_CHECKING:
    from deskapp.data.store import Store


class DraftKeeper:
    """Writes the newest state of one draft; states typed over during a write are skipped.

    Every state is on the disk within one write of its key stroke. When the disk refuses,
    ``on_problem`` gets the sentence, and an empty one when it works again.
    """

    def __init__(self, store: Store, on_problem: Callable[[str], None]) -> None:
        self._store = store
        self._on_problem = on_problem
        self._newest: Draft | None = None
        self._writing: asyncio.Task[None] | None = None
        self.failed = False
        """Whether the disk refused what was last to be written."""

    def keep(self, draft: Draft) -> None:
        """Store this state as soon as the one being written is on the disk."""
        self._newest = draft
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def settle(self) -> None:
        """Wait until the newest state is on the disk."""
        if self._writing is not None:
            await self._writing

    async def forget(self, draft_id: str) -> bool:
        """Take the draft off the disk; false when that was refused."""
        await self.settle()
        try:
            await self._store.jot(drafts.drop, draft_id)
        except DeskError as error:
            self._on_problem(str(error))
            return False
        return True

    async def _write(self) -> None:
        while self._newest is not None:
            draft, self._newest = self._newest, None
            try:
                await self._store.jot(drafts.keep, draft)
            except DeskError as error:
                self.failed = True
                self._on_problem(str(error))
            else:
                if self.failed:
                    self.failed = False
                    self._on_problem("")
