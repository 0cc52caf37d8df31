"""Letters of a case: which are offered, in which language, and their text. None sends itself.

Source: casework sheet, sections 1.2 (letter) and 1.7 (language).
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import NamedTuple

from deskapp import i18n
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.casework import letter_files, letter_text, letter_values
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.letter_text import EmptyFieldError, LetterError
from deskapp.services.casework.papers import Letter
from deskapp.services.casework.state import Case, Item
from deskapp.services.casework.vocabulary import VARIANT_FIELD, Status
from deskapp.services.courts import sites
from deskapp.services.letters.language import WALES, Language, in_each
from deskapp.text import one_line


class Offer(NamedTuple):
    """A letter that can be written now."""

    letter: Letter
    item: str
    """The item that it is about; empty when it is about the case."""


def offered(record: CaseRecord) -> tuple[Offer, ...]:
    """The letters that the scheme offers where the case stands now."""
    return tuple(offer for letter in _of_variant(record) for offer in _offers(record, letter))


def write(
    record: CaseRecord,
    letter_id: str,
    *,
    site: str,
    today: dt.date,
    language: Language = Language.UNKNOWN,
    item: str = "",
) -> str:
    """The text of a letter, in the language or languages that it goes out in.

    Args:
        record: The case, as ``cases.look`` gives it.
        letter_id: A letter of its scheme.
        site: Key of the court that writes.
        today: The local day.
        language: What the person wants.
        item: The item that the letter is about; the newest of its kind when left out.

    Raises:
        NotFoundError: If the case has no such letter or item.
        LetterError: If something that it needs is not filled in yet.
    """
    letter = next((each for each in _of_variant(record) if each.id == letter_id), None)
    if letter is None:
        message = _("This case has no letter {name}.")
        raise NotFoundError(message.format(name=one_line(letter_id)))
    about = _about(record, letter, item)
    text = partial(_text, record, letter, about, site, today)
    try:
        return in_each(language, wales=sites.by_key(site).nation == WALES, text=text)
    except EmptyFieldError as error:
        name = letter_values.label(record, about, str(error))
        raise LetterError(_("Fill in first: {about}").format(about=name)) from error


def file_name(record: CaseRecord, letter_id: str) -> str:
    """A name for the file of a letter, without anything about the person."""
    return f"{record.line.ref}-{letter_id}{letter_files.ENDING}"


def _of_variant(record: CaseRecord) -> tuple[Letter, ...]:
    scheme = record.scheme
    variant = scheme.variant(record.facts.case.fields.get(VARIANT_FIELD))
    if variant is None or variant.letters is None:
        return scheme.letters
    return tuple(letter for letter in scheme.letters if letter.id in variant.letters)


def _offers(record: CaseRecord, letter: Letter) -> list[Offer]:
    case = record.facts.case
    templates = record.scheme.template_by_id
    items = [name for name in letter.offer_on if name in templates]
    found = [
        Offer(letter, item.name)
        for name in items
        for item in case.of_template(name)
        if item.is_open or item.name == _newest(case, name)
    ]
    by_action = any(letter.id in record.scheme.action_by_id[name].letters for name in case.taken)
    here = {case.stage, *case.taken}.intersection(letter.offer_on)
    if here or by_action or not letter.offer_on:
        found.append(Offer(letter, ""))
    return found


def _newest(case: Case, template: str) -> str:
    """The name of the last item of a kind that was closed: a letter about it may still go out."""
    closed = [item for item in case.of_template(template) if item.closed_at]
    kept = [item for item in closed if item.status is not Status.CANCELLED]
    return kept[-1].name if kept else ""


def _about(record: CaseRecord, letter: Letter, name: str) -> Item | None:
    """The item that a letter is about, if it is about one."""
    case = record.facts.case
    if name:
        item = case.item(name)
        if item is None:
            raise NotFoundError(_("The case has no item {name}.").format(name=one_line(name)))
        return item
    templates = [each for each in letter.offer_on if each in record.scheme.template_by_id]
    found = [item for each in templates for item in case.of_template(each)]
    if templates and not found:
        raise LetterError(_("There is nothing on this case yet that the letter could be about."))
    return found[-1] if found else None


def _text(record: CaseRecord, letter: Letter, about: Item | None, site: str, today: dt.date) -> str:
    """One language of a letter: head, whom it is to, and the template with its values."""
    language = i18n.language()
    name = letter.cy if language == "cy" else letter.en
    own = record.facts.book.letters
    template = own.get(name) or letter_files.shipped(name)
    if template is None:
        raise LetterError(_("The letter template {name} is not here.").format(name=name))
    if found := list(letter_text.faults(template, record.scheme, letter.to)):
        raise LetterError("\n".join(found))
    place = sites.by_key(site).shown_name(language)
    values = letter_values.of(record, about) | {"site": place, "today": i18n.weekday(today)}
    head = [place, i18n.weekday(today), "", _("Our reference: {ref}").format(ref=record.line.ref)]
    if to := values.get(letter.to):
        head += ["", f"{to}"]
    return "\n".join(head) + "\n\n" + letter_text.written(template, values)
