"""When an exchange stops: central and this desk do not belong together, or not now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.data import schema
from deskapp.data.central import hello
from deskapp.errors import CentralRefusedError, DeskLostError, StoreForkedError
from deskapp.i18n import _
from deskapp.services import tries

if TYPE_CHECKING:
    from deskapp.data.central.hello import Hello


def check(answer: Hello, central_id: str) -> None:
    """Stop where central and this desk do not belong together."""
    if central_id not in ("", answer.central_id):
        raise CentralRefusedError(
            _("This is not the central database that this desk belongs to. Nothing was sent.")
        )
    if not answer.status:
        raise CentralRefusedError(
            _(
                "Central does not know this desk yet. Run deskapp sync --request and give the"
                " line to an administrator."
            )
        )
    if answer.status == "lost":
        raise DeskLostError(
            _(
                "This device was reported lost. Its records were destroyed here; what was sent"
                " is safe at central. Give the device to an administrator."
            )
        )
    if answer.status != "active":
        raise CentralRefusedError(
            _("Central no longer accepts this desk. Work goes on here; tell an administrator.")
        )
    if hello.PROTOCOL not in answer.protocols or answer.schema_ver < schema.HEAD:
        raise CentralRefusedError(
            _(
                "Central belongs to another version of deskapp. Your changes are kept here and"
                " sent once it is upgraded; tell an administrator."
            )
        )
    if answer.paused:
        raise tries.central_paused()
    if answer.retry_after_s:
        raise tries.busy(answer.retry_after_s)


def forked() -> StoreForkedError:
    return StoreForkedError(
        _(
            "This store is a copy of another or was restored from a backup. Nothing is lost. A team"
            " leader runs deskapp sync --fork to make it a desk of its own."
        )
    )
