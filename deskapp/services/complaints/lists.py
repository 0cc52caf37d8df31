"""The closed lists of a complaint, each in the order it is offered.

Source: complaints sheet, sections 2.1, 3, 4 and 7; lists marked as an assumption are ours.
"""

from __future__ import annotations

from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.choice import Choice


class Channel(Choice):
    """How a complaint reached HMCTS, and how it is answered."""

    IN_PERSON = "in_person", N_("In person"), "counter", "wyneb yn wyneb"
    PHONE = "phone", N_("Phone"), "telephone", "ffôn"
    LETTER = "letter", N_("Letter"), "post", "llythyr"
    EMAIL = "email", N_("Email"), "e-bost"
    WEBCHAT = "webchat", N_("Webchat"), "chat", "gwe-sgwrs"
    ONLINE_FORM = "online_form", N_("Online form"), "web form", "ffurflen ar-lein"
    PAPER_FORM = "paper_form", N_("Paper form (EX343A)"), "EX343A", "ffurflen bapur"
    MP_LETTER = "mp_letter", N_("Letter from an MP"), "member of parliament", "AS"
    INTERNAL = "internal", N_("Passed on by another office"), "internal", "mewnol"
    OTHER = "other", N_("Another way"), "arall"


class Status(Choice):
    """How a complaint stands."""

    OPEN = "open", N_("Open")
    AWAITING_OPTIC = "awaiting_optic", N_("Awaiting OPTIC")
    CLOSED = "closed", N_("Closed")
    REDIRECTED = "redirected", N_("Redirected")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    DUPLICATE = "duplicate", N_("Duplicate")
    VOID = "void", N_("Void")

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return self not in (Status.OPEN, Status.AWAITING_OPTIC)


UNCOUNTED = frozenset({Status.REDIRECTED, Status.WITHDRAWN, Status.DUPLICATE, Status.VOID})
"""Listed in a block of their own, and in no percentage. Source: complaints sheet, section 10."""


class StageStatus(Choice):
    """How one stage stands."""

    RECEIVED = "received", N_("Received")
    IN_PROGRESS = "in_progress", N_("In progress")
    HOLDING = "holding", N_("Holding reply sent")
    RESPONDED = "responded", N_("Answered")


class Severity(Choice):
    """How grave it is."""

    MINOR = "minor", N_("Minor"), "mân"
    MAJOR = "major", N_("Major"), "mawr"


class OpticStatus(Choice):
    """Whether it stands in OPTIC."""

    NOT_ENTERED = "not_entered", N_("Not entered")
    ENTERED = "entered", N_("Entered")
    NOT_NEEDED = "not_needed", N_("Not needed")


class Authority(Choice):
    """Whether somebody may complain for another person."""

    SEEN = "seen", N_("Authority seen"), "gwelwyd"
    REQUESTED = "requested", N_("Authority asked for"), "gofynnwyd"
    NOT_NEEDED = "not_needed", N_("Not needed: on record, or parent"), "solicitor", "rhiant"
    REFUSED = "refused", N_("Authority refused"), "gwrthodwyd"

    @property
    def suffices(self) -> bool:
        """Whether the person who complains may be told what was found."""
        return self in (Authority.SEEN, Authority.NOT_NEEDED)


class Sought(Choice):
    """What somebody wants to come of it."""

    APOLOGY = "apology", N_("Apology"), "ymddiheuriad"
    EXPLANATION = "explanation", N_("Explanation"), "esboniad"
    CORRECTION = "correction", N_("Correction"), "cywiriad"
    REFUND = "refund", N_("Refund"), "ad-daliad"
    COMPENSATION = "compensation", N_("Compensation"), "iawndal"
    CHANGE = "change", N_("Change of how things are done"), "newid"
    OTHER = "other", N_("Something else"), "arall"


class Flag(Choice):
    """What makes a complaint more than its category says."""

    MEDIA_INTEREST = "media_interest", N_("Media interest"), "press", "y wasg"
    MP_INVOLVED = "mp_involved", N_("MP involved"), "member of parliament", "AS"
    LITIGATION_THREAT = "litigation_threat", N_("Threat of legal action"), "sue", "achos"
    DATA_BREACH = "data_breach", N_("Personal data may be lost"), "GDPR", "data"
    SAFEGUARDING = "safeguarding", N_("Safeguarding"), "diogelu"
    DISCRIMINATION = "discrimination", N_("Discrimination"), "gwahaniaethu"
    REPEAT_CONTACT = "repeat_contact", N_("Keeps coming back"), "repeat", "ailadrodd"
    VEXATIOUS_FLAGGED = "vexatious_flagged", N_("Flagged as vexatious"), "blinderus"


class Outcome(Choice):
    """What the answer to a stage came to; an assumption."""

    UPHELD = "upheld", N_("Upheld"), "cadarnhawyd"
    PARTLY_UPHELD = "partly_upheld", N_("Partly upheld"), "rhannol"
    NOT_UPHELD = "not_upheld", N_("Not upheld"), "ni chadarnhawyd"
    RESOLVED = "resolved", N_("Settled with the person"), "datryswyd"
    NO_FINDING = "no_finding", N_("Could not be established"), "dim canfyddiad"


class RootCause(Choice):
    """What it came from; an assumption of the sheet."""

    STAFF_ERROR = "staff_error", N_("Mistake by staff"), "camgymeriad"
    PROCESS = "process", N_("The process"), "proses"
    WORKLOAD = "workload", N_("Workload"), "llwyth gwaith"
    SYSTEM_FAULT = "system_fault", N_("Fault of a system"), "nam"
    SUPPLIER = "supplier", N_("A supplier"), "contractor", "cyflenwr"
    TRAINING = "training", N_("Training"), "hyfforddiant"
    INFORMATION_WRONG = "information_wrong", N_("Information was wrong"), "gwybodaeth"
    BUILDING = "building", N_("The building"), "adeilad"
    USER_MISUNDERSTANDING = "user_misunderstanding", N_("A misunderstanding"), "camddealltwriaeth"
    JUDICIAL_OR_POLICY = "judicial_or_policy", N_("Judicial decision or policy"), "barnwr"
    NOT_ESTABLISHED = "not_established", N_("Not established"), "heb ei ganfod"


class Redress(Choice):
    """What is done to put it right."""

    APOLOGY = "apology", N_("Apology"), "ymddiheuriad"
    EXPLANATION = "explanation", N_("Explanation"), "esboniad"
    CORRECTION = "correction", N_("Correction"), "cywiriad"
    PRIORITY_ACTION = "priority_action", N_("Dealt with first"), "blaenoriaeth"
    FEE_REFUND = "fee_refund", N_("Fee refunded"), "ad-dalu ffi"
    EXPENSE_REFUND = "expense_refund", N_("Expenses refunded"), "ad-dalu costau"
    EX_GRATIA_ASKED = "ex_gratia_asked", N_("Ex gratia payment asked for"), "ex gratia"
    SERVICE_CHANGE = "service_change", N_("Service changed"), "newid gwasanaeth"
    NONE = "none", N_("None"), "dim"


class Lateness(Choice):
    """Why a response is late; an assumption."""

    OTHER_OFFICE = "other_office", N_("Waited for another office"), "swyddfa arall"
    RECORDS = "records", N_("Papers or records not found"), "cofnodion"
    COMPLEX = "complex", N_("Complex: needed more enquiries"), "cymhleth"
    STAFFING = "staffing", N_("Not enough staff"), "staff"
    ARRIVED_LATE = "arrived_late", N_("Reached this office late"), "cyrhaeddodd yn hwyr"
    OVERSIGHT = "oversight", N_("Overlooked"), "esgeulus"
    OTHER = "other", N_("Another reason"), "arall"


class Withdrawn(Choice):
    """How a person said that they do not go on."""

    IN_PERSON = "in_person", N_("Said so in person"), "wyneb yn wyneb"
    PHONE = "phone", N_("Said so by phone"), "ffôn"
    WRITING = "writing", N_("In writing"), "yn ysgrifenedig"


class Head(StrEnum):
    """The published head that a category stands under; the pack names it."""

    HANDLING = "handling"
    EXPERIENCE = "experience"
    SECURITY = "security"
    BUILDINGS = "buildings"
    NONE = "none"


HEAD_LABELS = {
    Head.HANDLING: N_("How a case was handled"),
    Head.EXPERIENCE: N_("How people were treated"),
    Head.SECURITY: N_("Security"),
    Head.BUILDINGS: N_("Buildings"),
    Head.NONE: N_("None of these"),
}

LETTERS: dict[type[Choice], str] = {
    Severity: "NJ",
    Authority: "SANR",
    Outcome: "UPNSC",
    RootCause: "SPWFUTIBMJN",
    Lateness: "WPCSROA",
    Withdrawn: "SPW",
    Channel: "IPLEWOFMUA",
}
"""The letter of each item, where a menu offers them; the same in both languages."""
FROM_CONTACT = {"counter": Channel.IN_PERSON, "hearing_room": Channel.IN_PERSON,
                "phone_in": Channel.PHONE, "phone_out": Channel.PHONE}  # fmt: skip
"""Channel of a contact -> of the complaint that grew from it, where it has another name."""
