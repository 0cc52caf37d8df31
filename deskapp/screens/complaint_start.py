"""How a complaint is begun: from its list, from a contact that runs, from one that is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import clock_time, day, language
from deskapp.roles import Act, require
from deskapp.screens.base import says
from deskapp.services import drafts, kinds
from deskapp.services.complaints import categories, handover, lines
from deskapp.services.complaints.drafts import FORM, LIMITS
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_lines, topics
from deskapp.services.jury import complaining, row_ids

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from deskapp.app import DeskApp
    from deskapp.screens.contact_ending import Ending
    from deskapp.services.jury.acting import Acting

    Logged = Callable[[str], Awaitable[None] | None]


@says
async def begin(desk: DeskApp) -> None:
    """Show the form of a complaint that grew from nothing here; it opens when it is logged."""
    require(desk.user, Act.WORK_COMPLAINTS)
    waiting = await desk.store.read(drafts.waiting, desk.user.id)
    own = [each for each in waiting if each.form == FORM and not each.values.get("from_id")]
    running = [each for each in own if not each.parked]
    await _show(desk, running[-1] if running else _new(desk, {}), _opened(desk))


@says
async def from_saved(desk: DeskApp, contact_id: str) -> None:
    """Show the complaint of a saved contact, or its form with the words of the contact."""
    require(desk.user, Act.WORK_COMPLAINTS)
    read, user = desk.store.read, desk.user
    there = await read(lines.grown_from, kinds.CONTACT, contact_id, user=user)
    if there:
        desk.open(kinds.COMPLAINT, there[0].id)
        return
    draft = await _begun_from(desk, contact_id)
    if draft is None:
        values = await read(handover.from_contact, contact_id, user=user)
        contact = await read(contact_lines.line, contact_id, user=user)
        draft = _new(desk, {**values, "summary": _summary(values, contact.topic)})
    await _show(desk, draft, _opened(desk))


@says
async def from_values(desk: DeskApp, values: Mapping[str, str]) -> None:
    """Show the form with what another desk knows; ``from_id`` says of which of its records."""
    require(desk.user, Act.WORK_COMPLAINTS)
    draft = await _begun_from(desk, values["from_id"]) or _new(desk, values)
    await _show(desk, draft, _opened(desk))


@says
async def of_juror(desk: DeskApp, juror: Acting, number: str) -> None:
    """Show the complaint of a juror that is not at its end, or its form with what is known."""
    require(desk.user, Act.WORK_COMPLAINTS)
    read, row_id = desk.store.read, row_ids.juror(number)
    there = await read(lines.grown_from, kinds.JUROR, row_id, user=desk.user)
    running = [each for each in there if not each.status.ended]
    if running:
        desk.open(kinds.COMPLAINT, running[0].id)
    else:
        await from_values(desk, await read(complaining.handover, juror, number))


@says
async def from_running(desk: DeskApp, contact: Ending) -> None:
    """Show the form with the words of a contact that is open; logged, the contact ends with it."""
    require(desk.user, Act.WORK_COMPLAINTS)
    draft = await _begun_from(desk, contact.draft.id)
    if draft is None:
        values = handover.from_contact_form(contact.values, contact.draft.id)
        began = local(contact.draft.started_at)
        values |= {"received_on": day(began.date()), "received_time": clock_time(began)}
        summary = _summary(values, contact.values.get("topic", ""))
        draft = _new(desk, {**values, "summary": summary})

    @says
    async def logged(complaint_id: str) -> None:
        line = await desk.store.read(lines.line, complaint_id, user=desk.user)
        await contact.complaint_made(line.ref)

    await _show(desk, draft, logged)


def _summary(values: Mapping[str, str], topic: str) -> str:
    """A first summary of what grew from a contact: its category and its topic."""
    codes = values.get("categories", "").split()
    words = [categories.labels().label(code) for code in codes[:1]]
    if topic:
        words.append(topics.label(topic, language()))
    return ": ".join(words)[: LIMITS["summary"]]


def _new(desk: DeskApp, values: Mapping[str, str]) -> Draft:
    from deskapp.screens.complaint_form import first_values

    channel = handover.channel(desk.settings.channel)
    first = first_values(desk.user.id, desk.clock.today(), channel)
    return desk.new_draft(FORM, {**first, **values})


async def _begun_from(desk: DeskApp, record_id: str) -> Draft | None:
    """The unfinished form that grew from a record, or none."""
    waiting = await desk.store.read(drafts.waiting, desk.user.id)
    found = [
        each for each in waiting if each.form == FORM and each.values.get("from_id") == record_id
    ]
    return found[-1] if found else None


async def _show(desk: DeskApp, draft: Draft, logged: Logged) -> None:
    from deskapp.screens.complaint_form import ComplaintFormScreen

    async def closed(complaint_id: str | None) -> None:
        if complaint_id:
            done = logged(complaint_id)
            if done is not None:
                await done

    await desk.push_screen(ComplaintFormScreen(draft), closed)


def _opened(desk: DeskApp) -> Logged:
    return lambda complaint_id: desk.open(kinds.COMPLAINT, complaint_id)
