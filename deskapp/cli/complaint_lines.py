"""Complaints as the commands write them, a line each; and who acts on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deskapp.cli.out import show, show_json
from deskapp.clock import stamp
from deskapp.i18n import _, day
from deskapp.services.complaints import categories, lines
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lines import ComplaintLine

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.roles import Act


@contextmanager
def complaints_desk(act: Act, *, passphrase_stdin: bool) -> Iterator[tuple[Desk, Acting]]:
    """The desk, and who acts there by the rules of this computer."""
    from deskapp import paths
    from deskapp.cli.unlock import open_desk
    from deskapp.services.complaints.acting import acting_on

    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        yield desk, acting_on(desk.user, desk.clock.now(), paths.settings_folder())


def show_line(line: ComplaintLine, acting: Acting, *, as_json: bool) -> None:
    """Write a line of a worklist."""
    if as_json:
        show_json(line_json(line, acting))
    else:
        show("  ".join(filter(None, _parts(line, acting))))


def _parts(line: ComplaintLine, acting: Acting) -> Iterator[str]:
    yield line.ref
    yield lines.near_words(line, acting) or line.status.label
    if line.owed:
        due = day(line.due_on)
        yield _("{day} (provisional)").format(day=due) if line.provisional else due
    yield _("Stage {number}: {status}").format(number=line.stage, status=line.stage_status.label)
    yield line.owner_name or _("nobody")
    if line.major:
        yield _("MAJOR")
    if line.alert:
        yield _("ALERT")
    if line.in_conflict:
        yield _("CONFLICT")
    yield categories.labels().label(line.category)
    yield line.summary


def line_json(line: ComplaintLine, acting: Acting) -> dict[str, object]:
    """A line for programs."""
    keys = ("ref", "status", "stage", "stage_status", "owner_name", "severity", "category",
            "jurisdiction", "site", "nation", "owed", "provisional", "optic_status", "optic_ref",
            "alert", "in_conflict", "person_name", "summary")  # fmt: skip
    return {
        **{key: getattr(line, key) for key in keys},
        "flags": list(line.flags),
        "received_at": stamp(line.received_at),
        "due_on": line.due_on.isoformat(),
        "revised_on": line.revised_on.isoformat() if line.revised_on else None,
        "alarm": lines.alarm(line, acting),
    }
