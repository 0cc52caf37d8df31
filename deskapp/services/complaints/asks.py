"""What a move asks for: the fields of its form, and how what was typed is read.

Source: complaints sheet, sections 4, 7 and 12.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.choice import Choice
from deskapp.services.complaints import lists
from deskapp.services.complaints.events import Code


class Kind(StrEnum):
    """How an answer is typed."""

    TEXT = "text"
    LONG = "long"
    """Several lines."""
    ONE = "one"
    """An item of a list, by its code."""
    SEVERAL = "several"
    """Items of a list, their codes parted by spaces."""
    YES = "yes"
    """It must be yes."""
    YES_NO = "yes_no"
    MOMENT = "moment"
    """Day and time, not in the future; empty is now."""
    DAY = "day"
    """A working day after today."""
    OFFICER = "officer"
    """An id; empty is oneself."""
    PENCE = "pence"
    """Pounds and pence."""
    REF = "ref"
    """The reference of a complaint."""
    SITE = "site"
    """Key of a court."""
    NATION = "nation"
    CATEGORIES = "categories"
    """Codes, parted by spaces, the main one first."""
    WHERE = "where"
    """Code of ``redirects.toml``."""
    ENTRY = "entry"
    """Id of an event."""


class Ask(NamedTuple):
    """One field of the form of a move; ``name`` is also the key of the event's data."""

    name: str
    label: str
    """Untranslated, as is the next."""
    kind: Kind
    message: str = ""
    """What is said when it is empty; without one it may be."""
    choices: type[Choice] | None = None
    limit: int = 500


NOTE = "note"
"""Name of the answer that becomes the note of the event."""
LONGEST_NOTE = 20_000
USED = "used"
"""Name of the answer that says which article or script was used."""


class Given(NamedTuple):
    """What was answered, as it is written into an event."""

    data: dict[str, object]
    note: str
    restricted: str = ""
    on: dt.datetime | None = None
    """The moment among the answers; none when nothing was asked."""


def _reason(message: str) -> Ask:
    return Ask(NOTE, N_("Reason"), Kind.LONG, message, limit=LONGEST_NOTE)


def _words(label: str, message: str = "") -> Ask:
    return Ask(NOTE, label, Kind.LONG, message, limit=LONGEST_NOTE)


_CHANNEL = Ask("channel", N_("How"), Kind.ONE, N_("Select how the person was told"), lists.Channel)
_ON = Ask("on", N_("When"), Kind.MOMENT)
_WHERE = Ask("where", N_("Whose it is"), Kind.WHERE, N_("Select where you pointed the person to"))
_BODY = Ask("body", N_("Name of the body"), Kind.TEXT)
_OUTCOME = Ask("outcome", N_("Outcome"), Kind.ONE, N_("Select the outcome"), lists.Outcome)
_CAUSE = Ask("root_cause", N_("Cause"), Kind.ONE, N_("Select the cause"), lists.RootCause)
_REDRESS = Ask(
    "redress", N_("Put right by"), Kind.SEVERAL, N_("Select what is done to put it right, or none"),
    lists.Redress,
)  # fmt: skip

ASKS: dict[Code, tuple[Ask, ...]] = {
    Code.RESOLVE_ON_CONTACT: (
        _OUTCOME,
        _words(N_("What was said"), N_("Enter what you told the person")),
        Ask("agreed", N_("The person agrees"), Kind.YES,
            N_("Confirm that the person agrees it is settled")),
        _CAUSE._replace(message=""),
        _REDRESS._replace(message=""),
        Ask(USED, N_("Article or script used"), Kind.TEXT),
    ),
    Code.ASSIGN: (Ask("owner", N_("Who looks after it"), Kind.OFFICER),),
    Code.REASSIGN: (
        Ask("owner", N_("Who looks after it"), Kind.OFFICER),
        _reason(N_("Enter why somebody else takes it over")),
    ),
    Code.ACKNOWLEDGE: (_CHANNEL, _ON),
    Code.HOLDING_REPLY: (
        _words(N_("Why it is late"), N_("Enter why the answer is late")),
        Ask("revised_on", N_("Revised date"), Kind.DAY, N_("Enter when the answer will come")),
        _CHANNEL,
        _ON,
    ),
    Code.RESPOND: (
        _OUTCOME,
        _CAUSE,
        _REDRESS,
        _CHANNEL,
        _ON,
        Ask("lateness", N_("Why it is late"), Kind.ONE, choices=lists.Lateness),
        Ask("next_step_told", N_("Told what they can do next"), Kind.YES,
            N_("Confirm you told the person what they can do next")),
        _words(N_("What was answered")),
    ),
    Code.ASK_REVIEW: (_ON, _words(N_("Why they are not content"))),
    Code.ASK_CIT: (_ON, _words(N_("Why they are not content"))),
    Code.CLOSE: (),
    Code.OPTIC: (
        Ask("ref", N_("OPTIC reference"), Kind.TEXT, limit=40),
        _words(N_("Why it is not needed")),
    ),
    Code.REOPEN: (_reason(N_("Enter why it is reopened")),),
    Code.REDIRECT: (_WHERE, _BODY, _words(N_("What was said"))),
    Code.REDIRECT_PART: (
        _WHERE,
        Ask("what", N_("Which part"), Kind.TEXT, N_("Enter which part is not ours")),
        _BODY,
        Ask("told", N_("Told which is which"), Kind.YES,
            N_("Confirm you told the person which part we answer")),
    ),
    Code.WITHDRAW: (
        Ask("how", N_("How they said so"), Kind.ONE,
            N_("Select how the person said that they withdraw"), lists.Withdrawn),
        _words(N_("What was said")),
    ),
    Code.MARK_DUPLICATE: (
        Ask("survivor", N_("Complaint to keep"), Kind.REF,
            N_("Enter the reference of the complaint to keep")),
        _words(N_("Why they are the same")),
    ),
    Code.UNDO_DUPLICATE: (_reason(N_("Enter why it is no duplicate")),),
    Code.VOID: (_reason(N_("Enter why it was logged in error")),),
    Code.NOTE: (_words(N_("Note"), N_("Enter a note")),),
    Code.CORRECTED: (
        Ask("event", N_("Entry that is wrong"), Kind.ENTRY, N_("Select the entry that is wrong")),
        _words(N_("What is right"), N_("Enter what is right")),
        _OUTCOME._replace(message=""),
        _CAUSE._replace(message=""),
    ),
    Code.SEVERITY: (
        Ask("severity", N_("Severity"), Kind.ONE, N_("Select how grave it is"), lists.Severity),
        _words(N_("Reason")),
    ),
    Code.CATEGORIES: (
        Ask("categories", N_("Categories"), Kind.CATEGORIES,
            N_("Select what the complaint is about")),
        _words(N_("Reason")),
    ),
    Code.PLACE: (
        Ask("site", N_("Office"), Kind.SITE, N_("Select the office that must answer")),
        Ask("nation", N_("Nation"), Kind.NATION),
        _reason(N_("Enter why the office is changed")),
    ),
    Code.RECEIVED: (
        Ask("on", N_("Received"), Kind.MOMENT, N_("Enter the date the complaint was received")),
        _reason(N_("Enter why the date is changed")),
    ),
    Code.FLAGS: (
        Ask("add", N_("Flags to set"), Kind.SEVERAL, choices=lists.Flag),
        Ask("remove", N_("Flags to take away"), Kind.SEVERAL, choices=lists.Flag),
        _words(N_("Reason")),
    ),
    Code.ABOUT_STAFF: (
        Ask("about_staff", N_("About a member of staff"), Kind.LONG,
            N_("Enter who it is about and what they did"), limit=LONGEST_NOTE),
    ),
    Code.AUTHORITY: (
        Ask("authority", N_("Authority"), Kind.ONE,
            N_("Select whether you have seen authority to act"), lists.Authority),
        _words(N_("Note")),
    ),
    Code.EX_GRATIA_ASK: (
        Ask("pence", N_("Amount in pounds"), Kind.PENCE, N_("Enter the amount asked for")),
        Ask("what_for", N_("What for"), Kind.TEXT, N_("Enter what the loss is")),
        Ask("evidence", N_("Proof held"), Kind.YES_NO, N_("Select yes if you hold proof")),
        Ask("direct", N_("Caused by our error"), Kind.YES_NO,
            N_("Select yes if the loss came directly from an administrative error")),
    ),
    Code.EX_GRATIA_DECIDED: (
        Ask("granted", N_("Granted"), Kind.YES_NO, N_("Select yes if a payment was granted")),
        Ask("pence", N_("Amount in pounds"), Kind.PENCE),
        _words(N_("Who decided, and why"), N_("Enter who decided, and why")),
    ),
    Code.ALERT_SEEN: (),
    Code.CONFLICT_SEEN: (
        Ask("event", N_("Entry"), Kind.ENTRY),
        _words(N_("What counts now")),
    ),
    Code.ATTACHED: (
        Ask("name", N_("What it is"), Kind.TEXT, N_("Enter what the paper is")),
        Ask("kept_at", N_("Where it is kept"), Kind.TEXT, N_("Enter where the paper is kept")),
    ),
}  # fmt: skip
"""What each move asks, in the order of its form."""
