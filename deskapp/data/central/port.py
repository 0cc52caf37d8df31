"""What an exchange asks of central, and PostgreSQL as the answer to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from deskapp.data.central import connect, hello, pull, push
from deskapp.data.central.hello import Cursor, Hello
from deskapp.data.central.pull import End, Keep
from deskapp.data.central.push import Batch

if TYPE_CHECKING:
    from deskapp.data.central.apply import Step
    from deskapp.data.claims import Rules

Cursors = dict[str, Cursor]


class Central(Protocol):
    """Central as a desk sees it. Each call may raise a ``CentralError``."""

    def ask(self, desk_id: str, cursors: Cursors) -> Hello:
        """How far central is, and whether there is anything new."""

    def pushing(self, batch: Batch) -> AbstractContextManager[None]:
        """Add to the inbox of a desk; the block runs meanwhile, and it is there at the end.

        Raises ``ForkedError`` where another speaks with the id of the desk.
        """

    def apply(self) -> Step:
        """Merge everything that waits, for a login that may."""

    def pull(self, desk_id: str, cursors: Cursors, keep: Keep) -> End:
        """Fetch what is behind the cursors, a page at a time."""

    def quarantined(self, desk_id: str) -> dict[int, str]:
        """Numbers of the changes of a desk that were set aside, and the code of why."""


class Postgres:
    """A central database, over a connection that speaks as a desk."""

    def __init__(self, opened: connect.Central, rules: Callable[[], Rules]) -> None:
        """``rules`` are asked for only where this login merges."""
        self._opened = opened
        self._rules = rules

    def ask(self, desk_id: str, cursors: Cursors) -> Hello:
        """See ``Central``."""
        with connect.central_errors():
            return hello.ask(self._opened, desk_id, cursors)

    def pushing(self, batch: Batch) -> AbstractContextManager[None]:
        """See ``Central``."""
        return push.pushing(self._opened, batch)

    def apply(self) -> Step:
        """See ``Central``."""
        from deskapp.data.central import apply  # most runs have nothing to merge

        with connect.central_errors():
            self._opened.execute(f"SET ROLE {connect.APPLIER}")
            done = apply.apply_all(self._opened, self._rules())
            self._opened.execute(f"SET ROLE {connect.DESK}")
        return done

    def pull(self, desk_id: str, cursors: Cursors, keep: Keep) -> End:
        """See ``Central``."""
        return pull.pull(self._opened, desk_id, cursors, keep)

    def quarantined(self, desk_id: str) -> dict[int, str]:
        """See ``Central``."""
        with connect.central_errors():
            rows = self._opened.execute(
                "SELECT seq, code FROM quarantine WHERE desk_id = %s AND released_at IS NULL",
                (desk_id,),
            ).fetchall()
        return dict(rows)
