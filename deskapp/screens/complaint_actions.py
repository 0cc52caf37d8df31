"""What the keys of a complaint do: a letter for each move, a figure for what leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from deskapp.i18n import N_, _
from deskapp.roles import Act, User, may
from deskapp.screens.base import Entry
from deskapp.services import kinds
from deskapp.services.complaints import categories
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.moves import Move
from deskapp.services.complaints.permits import Offer
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.link_lines import LinkLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp

LETTERS: dict[Code, str] = {
    Code.RESOLVE_ON_CONTACT: "S",
    Code.ASSIGN: "G",
    Code.REASSIGN: "G",
    Code.ACKNOWLEDGE: "K",
    Code.HOLDING_REPLY: "H",
    Code.RESPOND: "A",
    Code.CLOSE: "C",
    Code.OPTIC: "O",
    Code.ASK_REVIEW: "V",
    Code.ASK_CIT: "I",
    Code.REOPEN: "E",
    Code.REDIRECT: "R",
    Code.REDIRECT_PART: "P",
    Code.WITHDRAW: "W",
    Code.MARK_DUPLICATE: "D",
    Code.UNDO_DUPLICATE: "D",
    Code.NOTE: "N",
    Code.ALERT_SEEN: "L",
    Code.CONFLICT_SEEN: "J",
    Code.SEVERITY: "Y",
    Code.CATEGORIES: "T",
    Code.FLAGS: "F",
    Code.AUTHORITY: "Z",
    Code.ABOUT_STAFF: "B",
    Code.EX_GRATIA_ASK: "X",
    Code.EX_GRATIA_DECIDED: "Q",
    Code.CORRECTED: "M",
    Code.PLACE: "U",
    Code.RECEIVED: "7",
    Code.ATTACHED: "8",
    Code.VOID: "9",
}
"""The key of each move, the same in both languages: the letters do not suffice."""

ON_PAGE = frozenset(
    {
        Code.RESOLVE_ON_CONTACT,
        Code.ASSIGN,
        Code.REASSIGN,
        Code.ACKNOWLEDGE,
        Code.HOLDING_REPLY,
        Code.RESPOND,
        Code.CLOSE,
        Code.OPTIC,
        Code.ASK_REVIEW,
        Code.ASK_CIT,
        Code.REOPEN,
        Code.WITHDRAW,
        Code.UNDO_DUPLICATE,
        Code.ALERT_SEEN,
        Code.CONFLICT_SEEN,
    }
)
"""What a complaint goes through; the rest stands behind Enter, but its letters work as well."""


TELLING = frozenset({Code.RESPOND, Code.ASK_CIT, Code.CLOSE})
"""Moves of which the page says why they cannot be made now."""


def entries(offers: Iterable[Offer], user: User) -> list[Entry]:
    """Every move that begins where the complaint stands, with why it cannot be made now."""
    return [
        Entry(
            LETTERS[offer.move.code],
            _label(offer.move, user),
            offer.move.code,
            " ".join(refusal.words for refusal in offer.refusals),
        )
        for offer in offers
    ]


def _label(move: Move, user: User) -> str:
    """What a move is called; an officer gives nothing out, but takes it."""
    takes = move.code is Code.ASSIGN and not may(user, Act.MANAGE_COMPLAINTS)
    return _("Take it: I look after it") if takes else _(move.label)


PAPERS, LINKED = "papers", "linked"
"""Answers that lead elsewhere."""
OFFERS = "offer:"
"""Begins the answers that do what a category offers besides."""
_OFFERED = {
    "turnaround": ("3", N_("Turnaround: how long papers take")),
    "building_issue": ("4", N_("Something is broken: write it down")),
    "building_risk": ("5", N_("A risk in the building: write it down")),
    "incident": ("6", N_("An incident with people: write it down")),
}
"""What categories offer, its figure and untranslated name."""
_FORMS = {"building_issue": "broken", "building_risk": "hazard", "incident": "incident"}
"""What is offered -> the form of F4 that writes it down."""


def elsewhere(shown: ComplaintRecord, links: Sequence[LinkLine]) -> list[Entry]:
    """What else can be done with a complaint, each with its figure."""
    found = [Entry("1", _("Letters, OPTIC fields, hand-over pack"), PAPERS)]
    if any(each.link.id for each in links):
        found.append(Entry("2", _("Go to what belongs together with it"), LINKED))
    if not shown.line.status.ended:
        found += [
            Entry(_OFFERED[each][0], _(_OFFERED[each][1]), OFFERS + each)
            for each in categories.offered(shown.complaint.categories)
            if each in _OFFERED
        ]
    return found


def on_page(every: Iterable[Entry]) -> list[Entry]:
    """Those that stand on the page itself: what a complaint goes through, and what leads away."""
    aside = {code.value for code in LETTERS} - {code.value for code in ON_PAGE}
    shown = [each for each in every if each.value not in aside]
    return [each for each in shown if not each.why_not or each.value in TELLING]


async def offer(desk: DeskApp, shown: ComplaintRecord, answer: str) -> None:
    """Do what a category offers: the record that is made is linked with the complaint."""
    from deskapp.screens import hard_menu

    what = answer.removeprefix(OFFERS)
    if what in _FORMS:
        await hard_menu.begin(desk, _FORMS[what], contact_id=shown.line.id, table=kinds.COMPLAINT)
    else:
        desk.open("papers", "")
