"""The short closed lists of a contact, each a ``StrEnum`` in the order it is offered.

Source: enquiries sheet, sections 1, 3 and 4; jurisdictions: complaints sheet, section 2.1.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from deskapp import i18n
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.services.choice import Choice

if TYPE_CHECKING:
    from deskapp.services.matching import Matcher


Kind = TypeVar("Kind", bound=Choice)


class Channel(Choice):
    """How the person and the officer reached each other."""

    COUNTER = "counter", N_("Counter"), "front desk", "walk in", "cownter"
    PHONE_IN = "phone_in", N_("Phone call received"), "telephone", "incoming", "ffôn"
    PHONE_OUT = "phone_out", N_("Phone call made"), "telephone", "outgoing", "call back", "ffôn"
    EMAIL = "email", N_("Email"), "e-bost"
    WEBCHAT = "webchat", N_("Webchat"), "chat", "gwe-sgwrs"
    LETTER = "letter", N_("Letter"), "post", "llythyr"
    HEARING_ROOM = "hearing_room", N_("Hearing room"), "courtroom", "ystafell wrandawiad"
    OTHER = "other", N_("Other channel"), "arall"

    @property
    def live(self) -> bool:
        """Whether its handling time counts in the averages; letters and emails are kept apart.

        Source: enquiries sheet, section 7.
        """
        return self not in (Channel.EMAIL, Channel.LETTER)


class UserType(Choice):
    """Who the person is to the case."""

    PARTY = "party", N_("Party without a lawyer"), "litigant in person", "LiP", "self represented"
    REPRESENTATIVE = (
        "legal_representative", N_("Legal representative"), "solicitor", "barrister", "lawyer",
        "cyfreithiwr",
    )  # fmt: skip
    LITIGATION_FRIEND = "litigation_friend", N_("Litigation friend"), "cyfaill cyfreitha"
    WITNESS = "witness", N_("Witness"), "tyst"
    VICTIM = "victim", N_("Victim"), "dioddefwr"
    JUROR = "juror", N_("Juror"), "jury", "rheithiwr"
    DEFENDANT = "defendant", N_("Defendant"), "accused", "diffynnydd"
    SUPPORTER = "supporter", N_("Family or supporter"), "relative", "friend", "teulu", "ffrind"
    INTERPRETER = "interpreter", N_("Interpreter or intermediary"), "cyfieithydd", "cyfryngwr"
    AGENCY = "agency", N_("Police or agency"), "probation", "CPS", "council", "heddlu"
    ADVISER = "adviser", N_("Charity or adviser"), "citizens advice", "elusen"
    OFFICE = "office", N_("Judge or office"), "court staff", "barnwr", "swyddfa"
    PRESS = "press", N_("Press"), "journalist", "media", "y wasg"
    MP = "mp", N_("MP or MP's office"), "member of parliament", "senedd", "AS"
    PUBLIC = "public", N_("Member of the public"), "cyhoedd"
    SUPPLIER = "supplier", N_("Supplier"), "contractor", "cyflenwr"
    OTHER = "other", N_("Other person"), "arall"
    NOT_GIVEN = "not_given", N_("Not given"), "unknown", "anonymous", "dienw"


class Jurisdiction(Choice):
    """The kind of court business a matter belongs to."""

    CIVIL = "civil", N_("Civil"), "sifil"
    FAMILY = "family", N_("Family"), "teulu"
    CRIMINAL_MAGISTRATES = (
        "criminal_magistrates", N_("Criminal: magistrates' court"), "mags", "ynadon",
    )  # fmt: skip
    CRIMINAL_CROWN = "criminal_crown", N_("Criminal: Crown Court"), "llys y goron"
    PROBATE = "probate", N_("Probate"), "profiant"
    TRIBUNAL = "tribunal", N_("Tribunal"), "tribiwnlys"
    ENFORCEMENT = "enforcement", N_("Enforcement"), "bailiffs", "gorfodi"
    JURY = "jury", N_("Jury"), "rheithgor"
    COURT_OF_PROTECTION = "court_of_protection", N_("Court of Protection"), "llys gwarchod"
    OTHER = "other", N_("Other jurisdiction"), "arall"


class Disclosure(Choice):
    """How much may be said to the person."""

    GENERAL = "general", N_("General: what is public")
    LIMITED = "limited", N_("Limited: received, next step")
    CASE = "case", N_("Case: facts of the case")
    RESTRICTED = "restricted", N_("Restricted: not by phone or chat")


class ServiceLanguage(Choice):
    """The language of this service and its letters; an interpreter's language is a need."""

    UNKNOWN = "unknown", N_("Not asked")
    ENGLISH = "en", N_("English"), "saesneg"
    WELSH = "cy", N_("Welsh"), "cymraeg"
    BOTH = "both", N_("English and Welsh"), "bilingual", "dwyieithog"


class Dissatisfied(Choice):
    """How unhappy somebody was, whether or not they called it a complaint."""

    NONE = "none", N_("Not dissatisfied"), "na"
    MINOR = "minor", N_("Dissatisfied, minor"), "mân"
    MAJOR = "major", N_("Dissatisfied, major"), "mawr"


class Authority(Choice):
    """By what right a third party speaks for somebody."""

    ON_RECORD = "on_record", N_("Representative on record"), "solicitor", "cyfreithiwr"
    SIGNED = "signed", N_("Signed authority seen"), "form of authority", "awdurdod"
    POWER_OF_ATTORNEY = "power_of_attorney", N_("Power of attorney"), "LPA", "atwrneiaeth"
    LITIGATION_FRIEND = "litigation_friend", N_("Litigation friend"), "cyfaill cyfreitha"
    MP = "mp", N_("MP acting for a constituent"), "member of parliament", "AS"
    POLICE = "police", N_("Police request: refer it"), "heddlu"
    NONE = "none", N_("No authority"), "dim awdurdod"

    @property
    def suffices(self) -> bool:
        """Whether the third party may be told what the person they speak for may be told."""
        return self not in (Authority.POLICE, Authority.NONE)


class DiscardReason(Choice):
    """Why a contact should not have been opened."""

    MISTAKE = "mistake", N_("Opened by mistake")
    NOBODY = "nobody", N_("Nobody was there")
    ANOTHER = "another", N_("Already in another contact")
    TEST = "test", N_("Training or test")


class CancelReason(Choice):
    """Why nobody rings back any more."""

    THEMSELVES = "themselves", N_("The person rang or wrote themselves")
    NOT_WANTED = "not_wanted", N_("No longer wanted")
    IN_WRITING = "in_writing", N_("Answered in writing")
    MISTAKE = "mistake", N_("Booked by mistake")


LETTERS: dict[type[Choice], str] = {
    Authority: "RSPLMKN",
    Dissatisfied: "NMJ",
    Jurisdiction: "CFMRPTEJOX",
    DiscardReason: "MNAT",
    CancelReason: "PNAM",
}
"""The letter of each item, where a menu offers them; the same in both languages."""


DEFAULT_CHANNEL = Channel.PHONE_IN
DEFAULT_USER_TYPE = UserType.NOT_GIVEN
DEFAULT_DISCLOSURE = Disclosure.GENERAL


def lettered(kind: type[Kind]) -> list[tuple[str, Kind]]:
    """The items of a list with their letters."""
    return list(zip(LETTERS[kind], kind, strict=True))


def worded(kind: type[Kind], kept: str) -> str:
    """What a kept reason is called, in the language in use; one in own words stands for itself."""
    return next((choice.label for choice in kind if choice == kept), kept)


def find(kind: type[Kind], text: str) -> list[Kind]:
    """The items of a list that ``text`` may mean, best first; all of them for an empty one.

    ``text`` is typed as for topics: beginnings of words, in any order, in English or Welsh.
    """
    matcher: Matcher[Kind] = _matcher(kind)
    return matcher.find(text)


def channel(code: str) -> Channel:
    """The channel with this code, the default one for an empty code.

    Raises:
        NotFoundError: If there is none.
    """
    return by_code(Channel, code or DEFAULT_CHANNEL)


def user_type(code: str) -> UserType:
    """The user type with this code, ``NOT_GIVEN`` for an empty code.

    Raises:
        NotFoundError: If there is none.
    """
    return by_code(UserType, code or DEFAULT_USER_TYPE)


def by_code(kind: type[Kind], code: str) -> Kind:
    """The item of a list with this code.

    Raises:
        NotFoundError: If there is none.
    """
    for choice in kind:
        if choice == code:
            return choice
    message = _("That is not in the list. Choose one of: {offered}.")
    raise NotFoundError(message.format(offered=", ".join(kind)))


@cache
def _matcher(kind: type[Kind]) -> Matcher[Kind]:
    import gettext  # the first page needs labels only

    from deskapp.services.matching import Entry, Matcher

    welsh = gettext.translation(
        i18n.DOMAIN, i18n.LOCALE_FOLDER, languages=["cy"], fallback=True
    ).gettext
    return Matcher(
        Entry(choice, choice.value, (choice.english, welsh(choice.english)), choice.aliases)
        for choice in kind
    )
