"""What must be done before a move: each gives the sentence to show, empty when nothing is to do.

Source: complaints sheet, sections 4, 6 and 7.
"""

from __future__ import annotations

from deskapp.i18n import _
from deskapp.services.complaints import deadlines
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lists import Severity
from deskapp.services.complaints.state import Complaint


def minor_and_today(complaint: Complaint, acting: Acting) -> str:
    """Only what is minor and came today is settled on the contact."""
    if complaint.severity != Severity.MINOR:
        return _("Only a minor complaint can be settled on the contact.")
    calendar = acting.calendar(complaint.nation)
    if not deadlines.on_contact(calendar, complaint.received_at, acting.at):
        return _("It was received earlier: answer it instead.")
    return ""


def acknowledged_once(complaint: Complaint, acting: Acting) -> str:
    """Nobody is told twice that it arrived."""
    return _("It is acknowledged already.") if complaint.stage.acknowledged_at else ""


def pack_first(complaint: Complaint, acting: Acting) -> str:
    """The investigations team gets a pack."""
    return "" if complaint.pack_made else _("Make the hand-over pack first.")


def asked_first(complaint: Complaint, acting: Acting) -> str:
    """A payment is decided that was asked for."""
    return "" if complaint.ex_gratia else _("Nobody has asked for a payment.")


def something_new(complaint: Complaint, acting: Acting) -> str:
    """An alert is there to be seen."""
    return "" if complaint.new_alerts else _("There is no alert.")


def conflict_there(complaint: Complaint, acting: Acting) -> str:
    """A conflict is there to be settled."""
    return "" if complaint.open_conflicts else _("There is no conflict.")


def someone_else_is_there(complaint: Complaint, acting: Acting) -> str:
    """Authority is for whoever complains for another."""
    if complaint.authority:
        return ""
    return _("The person complains for themselves.")
