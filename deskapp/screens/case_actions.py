"""What the keys of a case do: a letter for each action of its scheme, a figure for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from deskapp.i18n import _
from deskapp.roles import Act, User, may
from deskapp.screens.base import Entry
from deskapp.services.casework import adding, meetings
from deskapp.services.casework.case_record import CaseRecord, Offer
from deskapp.services.casework.forms import Verb
from deskapp.services.casework.told import belongs_here
from deskapp.services.casework.words import shown
from deskapp.text import fold

ITEMS, ADD, KIN, GIVE = "items", "which", "kin", "give"
LETTERS, MEETING, LINKS = "letters", "meeting", "links"
"""Answers that lead to a further question; the others are a verb of a form."""


def of_scheme(record: CaseRecord) -> list[Entry]:
    """The actions of the present stage: first those that can be taken, then the others."""
    wanted = [(each.action.key, each.action.label.en) for each in record.offers]
    lettered = dict(zip((each.action.id for each in record.offers), letters(wanted), strict=True))
    here = sorted(filter(belongs_here, record.offers), key=lambda offer: bool(offer.reasons))
    return [_entry(offer, lettered[offer.action.id]) for offer in here]


def of_every_case(record: CaseRecord, user: User) -> list[Entry]:
    """What can be done with a case of any scheme; each has its figure in all of them."""
    if record.reads_only:
        return []
    runs = record.facts.case.closed_at is None
    kin = bool(record.parent or record.children)
    leads = may(user, Act.MANAGE_CASES)
    found = [
        (bool(record.items), Entry("1", _("Items: close, book or put off"), ITEMS)),
        (runs, Entry("2", _("Fill in or put right"), f"{Verb.FILL}:")),
        *((True, entry) for entry in to_add(record)),
        (True, Entry("4", _("Add a note"), f"{Verb.NOTE}:")),
        (kin, Entry("5", _("Go to a related case"), KIN)),
        (True, Entry("6", _("Give it to another officer"), GIVE)),
        (leads, Entry("7", _("Keep from disposal"), f"{Verb.HOLD}:")),
        (bool(record.scheme.letters), Entry("8", _("Letters"), LETTERS)),
        (meetings.is_meeting(record), Entry("9", _("Agenda and minutes"), MEETING)),
        (may(user, Act.READ_CONTACTS), Entry("0", _("What it belongs to"), LINKS)),
    ]
    holds = [
        Entry("", _("End the hold: {what}").format(what=hold.reason), f"release:{hold.reason}")
        for hold in record.holds
        if leads
    ]
    return [entry for offered, entry in found if offered] + holds


def to_add(record: CaseRecord) -> list[Entry]:
    """The key that adds to a case where it stands now, if anything may be added."""
    found = [] if record.reads_only else adding.addable(record.facts)
    if len(found) == 1:
        return [Entry("3", _("Add: {what}").format(what=shown(found[0].label)), ADD)]
    return [Entry("3", _("Add something to do"), ADD)] if found else []


def elsewhere(record: CaseRecord) -> list[Entry]:
    """One line that names the actions of other stages."""
    names = [shown(each.action.label) for each in record.offers if not belongs_here(each)]
    return [Entry("", _("Not at this stage"), "", ", ".join(names))] if names else []


def letters(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """A letter for each key and English label: the key, else the first free letter of the label.

    English in both languages, so that who changes the language finds the same letters. Empty where
    no letter is left; such a line is reached with the arrow keys.
    """
    free, found = list(ascii_uppercase), []
    for key, label in wanted:
        order = [*key.upper(), *fold(label).upper(), *ascii_uppercase]
        letter = next((each for each in order if each in free), "")
        if letter:
            free.remove(letter)
        found.append(letter)
    return found


def _entry(offer: Offer, letter: str) -> Entry:
    why_not = offer.sentences[0] if offer.sentences else ""
    return Entry(letter, shown(offer.action.label), f"{Verb.DO}:{offer.action.id}", why_not)
