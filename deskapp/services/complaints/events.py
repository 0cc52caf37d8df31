"""Events: what was done with a complaint, by whom and when. A complaint is the fold of its events.

An event is written once and never changed; a wrong one is answered by ``corrected``. What a code
carries in ``data`` is said beside it. Source: complaints sheet, sections 2.3 and 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.complaints.deadlines import StageDue
from deskapp.services.complaints.lists import OpticStatus

CIT = "CIT"
"""The owner of a stage 3: the Customer Investigations Team, which is no officer of a desk."""


class Code(StrEnum):
    """What an event does; the names in brackets are the keys of its data."""

    RESOLVE_ON_CONTACT = "resolve_on_contact"
    """Answered while the person was there: as ``RESPOND`` (used: article or script)."""
    ASSIGN = "assign"
    """The last stage gets an owner (owner)."""
    REASSIGN = "reassign"
    """The same once it had one (owner)."""
    ACKNOWLEDGE = "acknowledge"
    """(channel, on: the instant)"""
    HOLDING_REPLY = "holding_reply"
    """(revised_on, channel, on)"""
    RESPOND = "respond"
    """(outcome, root_cause, redress, channel, on, lateness, next_step_told, due)"""
    ASK_REVIEW = "ask_review"
    """A second stage (on: the request; due)"""
    ASK_CIT = "ask_cit"
    """A third stage (on, due)"""
    CLOSE = "close"
    OPTIC = "optic"
    """Entered in OPTIC, or not needed there (status, ref)."""
    REOPEN = "reopen"
    REDIRECT = "redirect"
    """All of it is not ours (where: code of redirects.toml; body: as told)."""
    REDIRECT_PART = "redirect_part"
    """The same for a part: the rest goes on here (where, body, what)."""
    WITHDRAW = "withdraw"
    """(how)"""
    MARK_DUPLICATE = "mark_duplicate"
    """(survivor: id)"""
    UNDO_DUPLICATE = "undo_duplicate"
    VOID = "void"
    NOTE = "note"
    CORRECTED = "corrected"
    """What is right where an entry was wrong (event: its id; answer: parts of a response)."""
    SEVERITY = "severity"
    """(severity)"""
    CATEGORIES = "categories"
    """(categories, also, add: flags; severity, when one that is new makes it major)"""
    PLACE = "place"
    """Site and nation put right (site, nation, dues)."""
    RECEIVED = "received"
    """The moment of receipt put right (on, dues)."""
    FLAGS = "flags"
    """(add, remove)"""
    ABOUT_STAFF = "about_staff"
    """Its text is restricted."""
    AUTHORITY = "authority"
    """(authority)"""
    EX_GRATIA_ASK = "ex_gratia_ask"
    """(pence, what_for, evidence, direct)"""
    EX_GRATIA_DECIDED = "ex_gratia_decided"
    """(granted, pence)"""
    ALERT_SEEN = "alert_seen"
    CONFLICT_SEEN = "conflict_seen"
    """(event: id of the one that was in conflict)"""
    PACK = "pack"
    """The hand-over pack for the investigations team was made (name)."""
    LETTER = "letter"
    """A letter was made (template, language, way)."""
    ATTACHED = "attached"
    """Where a paper is kept; the paper itself is not (name, kept_at)."""
    DUE_RECALCULATED = "due_recalculated"
    """By a newer calendar (dues, old)."""
    CLOCK = "clock"
    """A duplicate was received earlier, or is none after all (on, dues)."""
    REF = "ref"
    """Another complaint has the same reference; this one has another now (ref)."""
    DISPOSAL = "disposal"
    """Disposal is proposed."""
    VIEWED = "viewed"
    """Somebody opened a complaint in which something restricted stands."""
    OPENED = "opened"
    """Somebody has it open, or began the form of a move (move); colleagues are told for a while."""


LOOKS = frozenset({Code.VIEWED.value, Code.OPENED.value})
"""Events that nothing was done by: they are in no history."""


LABELS = {
    Code.RESOLVE_ON_CONTACT: N_("Settled on the contact"),
    Code.ASSIGN: N_("Given to"),
    Code.REASSIGN: N_("Given to somebody else"),
    Code.ACKNOWLEDGE: N_("Acknowledged"),
    Code.HOLDING_REPLY: N_("Holding reply"),
    Code.RESPOND: N_("Answered"),
    Code.ASK_REVIEW: N_("Review asked for"),
    Code.ASK_CIT: N_("Investigations team asked for"),
    Code.CLOSE: N_("Closed"),
    Code.OPTIC: N_("OPTIC"),
    Code.REOPEN: N_("Reopened"),
    Code.REDIRECT: N_("Redirected"),
    Code.REDIRECT_PART: N_("Part redirected"),
    Code.WITHDRAW: N_("Withdrawn"),
    Code.MARK_DUPLICATE: N_("Marked as a duplicate"),
    Code.UNDO_DUPLICATE: N_("No duplicate after all"),
    Code.VOID: N_("Made void"),
    Code.NOTE: N_("Note"),
    Code.CORRECTED: N_("Corrected"),
    Code.SEVERITY: N_("Severity"),
    Code.CATEGORIES: N_("Categories"),
    Code.PLACE: N_("Office put right"),
    Code.RECEIVED: N_("Receipt put right"),
    Code.FLAGS: N_("Flags"),
    Code.ABOUT_STAFF: N_("About a member of staff"),
    Code.AUTHORITY: N_("Authority"),
    Code.EX_GRATIA_ASK: N_("Ex gratia payment asked for"),
    Code.EX_GRATIA_DECIDED: N_("Ex gratia payment decided"),
    Code.ALERT_SEEN: N_("Alert seen"),
    Code.CONFLICT_SEEN: N_("Conflict settled"),
    Code.PACK: N_("Hand-over pack made"),
    Code.LETTER: N_("Letter made"),
    Code.ATTACHED: N_("Paper kept elsewhere"),
    Code.DUE_RECALCULATED: N_("Due date counted again"),
    Code.CLOCK: N_("Counted from another receipt"),
    Code.REF: N_("New reference"),
    Code.DISPOSAL: N_("Disposal proposed"),
    Code.VIEWED: N_("Looked at"),
    Code.OPENED: N_("Opened"),
}


@dataclass(frozen=True)
class Event:
    """One thing that was done."""

    id: str
    complaint: str
    code: str
    """A ``Code``, or one that only a newer desk knows: then it is a note."""
    at: dt.datetime
    """Device clock; shown, never used for order."""
    officer: str
    role: str = ""
    stage: int = 0
    hlc: int = 0
    desk: str = ""
    seen_hlc: int = 0
    """Clock of the newest event that its desk had seen then."""
    note: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    restricted: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """Where it stands among the events of all desks."""
        return self.hlc, self.desk, self.id

    def text(self, name: str) -> str:
        """A text of its data; empty where there is none."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def codes(self, name: str) -> tuple[str, ...]:
        """A list of codes of its data."""
        value = self.data.get(name)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


@dataclass(frozen=True)
class Logged:
    """A complaint as it was logged."""

    id: str
    ref: str
    hlc: int
    desk: str
    at: dt.datetime
    officer: str
    site: str
    nation: str
    received_at: dt.datetime
    channel: str
    jurisdiction: str
    severity: str
    categories: tuple[str, ...]
    flags: frozenset[str]
    authority: str
    due: StageDue
    about_staff: str = ""
    optic: str = OpticStatus.NOT_ENTERED.value
