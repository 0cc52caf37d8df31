"""What was typed into a form of a case: which fields apply, what is wrong, and saving it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services import drafts, typed
from deskapp.services.casework import cases, managing, typing
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.answers import with_answers
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.events import Code
from deskapp.services.casework.forms import NOTE, OUTCOME, REASON, REFS, Form, Verb
from deskapp.services.casework.refusals import DUE
from deskapp.services.casework.refused import RefusedError
from deskapp.services.casework.scheme import Field
from deskapp.services.casework.values import day_of
from deskapp.services.casework.vocabulary import NoteNeed, Status
from deskapp.services.casework.words import shown
from deskapp.services.drafts import Draft

if TYPE_CHECKING:
    from sqlmodel import Session


def visible(form: Form, texts: Mapping[str, str], now: dt.datetime) -> set[str]:
    """Names of the fields that are asked with these answers; others do not apply."""
    conditional = any(each.show_if for each in form.fields)
    facts = with_answers(form.facts, readable(form, texts, now)) if conditional else form.facts
    return {each.id for each in form.fields if not each.show_if or facts.holds(each.show_if)}


def problems(form: Form, texts: Mapping[str, str], now: dt.datetime) -> list[Problem]:
    """What must be put right before the form can be saved."""
    asked = visible(form, texts, now)
    needed = form.needed | _needed_by_outcome(form, texts)
    found = []
    typed = (each.id for each in form.fields if texts.get(each.id, "").strip())
    if form.verb is Verb.OPEN and all(texts[name] == form.usual.get(name) for name in typed):
        return [_beside(form.fields[0], _("fill in something before you save"))]
    for each in form.fields:
        text = texts.get(each.id, "").strip()
        message = ""
        if each.id in asked and not text and each.id in needed:
            message = _("fill this in")
        elif each.id in asked and text:
            message = _wrong(each, text, now)
        if message:
            found.append(_beside(each, message))
    return found


def save(session: Session, acting: Acting, form: Form, draft: Draft) -> CaseLine:
    """Do what the form says, and forget its draft, in one transaction.

    Raises:
        FormProblemsError: If fields must be put right.
        RefusedError: If it cannot be done at all now.
        NotFoundError: If the case is gone or not for this person.
        NotAllowedError: If the role may not.
    """
    from deskapp.data.sessions import plain

    found = problems(form, draft.values, acting.now)
    if found:
        raise FormProblemsError(found)
    try:
        line = _done(session, acting, form, draft)
    except RefusedError as error:
        beside = _refused_beside(form, error)
        if beside:
            raise FormProblemsError(beside) from error
        raise
    drafts.drop(plain(session), draft.id)
    return line


def _done(session: Session, acting: Acting, form: Form, draft: Draft) -> CaseLine:
    texts = draft.values
    case_id, note = texts.get(drafts.RECORD, draft.id), texts.get(NOTE, "")
    values = _given(form, texts, acting.now)
    due = _day(texts.get(DUE, ""), acting.now)
    at = (session, acting, case_id)
    match form.verb:
        case Verb.OPEN:
            return cases.open_case(*at, form.what, values, external_refs=texts.get(REFS, ""))
        case Verb.DO:
            return cases.do(*at, form.what, values, note=note, child_id=draft.id)
        case Verb.FILL:
            return cases.fill_in(*at, values)
        case Verb.ADD:
            return cases.add_item(*at, form.what, values, due=due, item_id=draft.id)
        case Verb.CLOSE:
            outcome = str(typing.read(form.fields[0], texts[OUTCOME], now=acting.now))
            return cases.close_item(*at, form.what, outcome, values, note=note)
        case Verb.BOOK:
            return cases.book_item(*at, form.what, due, note=note)
        case Verb.EXTEND:
            return cases.extend_item(*at, form.what, due, note=note)
        case Verb.HOLD:
            return managing.hold(*at, texts[REASON], note=note)
        case Verb.RELEASE:
            return managing.release(*at, form.what, note=note)
    return cases.add_note(*at, note)


def readable(form: Form, texts: Mapping[str, str], now: dt.datetime) -> dict[str, object]:
    """Every answer of the scheme's fields that can be read, as JSON knows it."""
    found: dict[str, object] = {}
    for each in form.fields:
        if not each.id.startswith("_"):
            try:
                found[each.id] = typing.read(each, texts.get(each.id, ""), now=now)
            except DeskError:
                continue
    return found


def _given(form: Form, texts: Mapping[str, str], now: dt.datetime) -> dict[str, Any]:
    """The answers that say something new; what does not apply is left out."""
    asked = visible(form, texts, now)
    return {
        name: value
        for name, value in readable(form, texts, now).items()
        if name in asked and texts.get(name, "").strip() != form.first.get(name, "")
    }


def _needed_by_outcome(form: Form, texts: Mapping[str, str]) -> set[str]:
    """What an item must say when it is closed as done."""
    if form.verb is not Verb.CLOSE:
        return set()
    item = form.facts.case.items[form.what]
    template = form.facts.scheme.template_by_id[item.template]
    outcome = template.outcome(texts.get(OUTCOME, ""))
    if outcome is None:
        return set()
    is_done = outcome.status is Status.DONE
    note = {NOTE} if outcome.note is NoteNeed.REQUIRED else set()
    return note | {each.id for each in template.fields if each.required and is_done}


def _wrong(asked: Field, text: str, now: dt.datetime) -> str:
    try:
        if asked.id == DUE:
            _day(text, now)
        else:
            typing.read(asked, text, now=now)
    except DeskError as error:
        return str(error)
    return ""


def _day(text: str, now: dt.datetime) -> str:
    """A day, or a day and time, in ISO form."""
    if not text.strip():
        return ""
    try:
        return typed.day(text, today=day_of(now)).isoformat()
    except typed.NotUnderstoodError as error:
        try:
            return typed.moment(text, now=now).isoformat()
        except typed.NotUnderstoodError:
            raise error from None


def _refused_beside(form: Form, error: RefusedError) -> list[Problem]:
    """The problems of fields that a refusal is about; none when it is about more than that."""
    by_id = {each.id: each for each in form.fields}
    found = []
    for reason, sentence in zip(error.reasons, error.sentences, strict=True):
        names: tuple[str, ...] = reason.about
        if reason.code is Code.NOTE:
            names = (NOTE,)
        elif reason.code is Code.LIMIT and form.verb in (Verb.BOOK, Verb.EXTEND, Verb.ADD):
            names = tuple(name if name in by_id else DUE for name in names)
        if not names or not by_id.keys() >= set(names):
            return []
        found += [_beside(by_id[name], sentence) for name in names]
    return found


def _beside(asked: Field, message: str) -> Problem:
    label = _(shown(asked.label))
    return Problem(asked.id, _("{label}: {problem}").format(label=label, problem=message))
