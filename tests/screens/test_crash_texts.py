"""A fault in any form: what was typed stands in no report, and comes back at the next start."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest
from textual.widgets import Input, TextArea

from deskapp import paths
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens import forms
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.jury_act import NUMBER
from deskapp.screens.local_form import KIND
from deskapp.services import drafts
from deskapp.services.callbacks import callback_lines
from deskapp.services.complaints.events import Code
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_lines
from deskapp.services.jury import doing, row_ids
from deskapp.services.jury.asks import Do
from deskapp.services.knowledge.search import ARTICLE
from tests.builders import SetClock, save
from tests.jury_desk import JuryDesk
from tests.jury_desk import number as juror_number
from tests.pilots import press, settle, small
from tests.services.complaints.office import ComplaintOffice
from tests.services.interpreters.booking_desk import BookingDesk
from tests.services.test_hard import save as make_urgent

Desk = Callable[..., DeskApp]
PLANTED = "Zebedee"


class PlantedError(Exception):
    """A fault whose text, cause and variables hold what was typed."""


def crashing(screen: FormScreen) -> Callable[[], NoReturn]:
    """What a form does next in place of showing what follows from its values."""

    def changed() -> NoReturn:
        typed = dict(screen.values)
        try:
            raise KeyError(str(typed))
        except KeyError as error:
            raise PlantedError(f"cannot use {typed}") from error

    return changed


@pytest.fixture
def about(store: Store, user: User, clock: SetClock) -> dict[str, dict[str, str]]:
    """What each form begins with."""
    promised = {"slot": "11:00", "kind": "window"}
    line = save(store, user, clock, person_name="Ann Jones", outcome="CBK", extras=promised)
    person = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    [callback] = store.call_read(callback_lines.of_contact, line.id, user=user)
    case = make_urgent(store, user, clock, "hazard")
    complaint = ComplaintOffice(store, clock, user).log()
    court = JuryDesk(store, clock, user)
    court.pool()
    court.juror(0)
    juror = row_ids.juror(juror_number(0))
    court.do(doing.do, juror_number(0), Do.ADD_DAY, {"time_in": "900", "time_out": "1530"})
    [day] = _ids(store, "attendance_expense")
    bookings = BookingDesk(store, clock, user)
    booking, interpreter = bookings.booked().id, bookings.interpreter()
    hearing = bookings.hearing()
    felt = {"needs": "interpreter", "authority": "none", "dissatisfied": "major", "repeat_ref": ""}
    return {
        drafts.CONTACT: {"outcome": "END", "person_name": PLANTED, **felt},
        drafts.NOTE: {drafts.RECORD: line.id},
        drafts.SAFE_CONTACT: {drafts.RECORD: person},
        drafts.PERSON: {drafts.RECORD: person},
        drafts.MARKER: {"code": "PF0021", "person_id": person},
        drafts.CALLBACK: {drafts.RECORD: callback.id},
        drafts.RING_REASON: {drafts.RECORD: callback.id},
        f"{drafts.HARD}:incident": {},
        drafts.TOLD: {drafts.RECORD: case.case_id},
        drafts.DUTY: {},
        f"{drafts.CASE}:open:cond_caution": {},
        drafts.KNOWLEDGE: {KIND: ARTICLE},
        drafts.COMPLAINT: {},
        f"{drafts.COMPLAINT_MOVE}:{Code.WITHDRAW}": {drafts.RECORD: complaint.id},
        f"{drafts.JURY_ACT}:{Do.EXCUSE}": {drafts.RECORD: juror, NUMBER: juror_number(0)},
        drafts.JURY_TRIAL: {},
        drafts.JURY_EXPENSE: {drafts.RECORD: day},
        drafts.BOOKING: {drafts.RECORD: booking},
        drafts.BOOKING_ASSIGN: {drafts.RECORD: booking},
        drafts.BOOKING_COMPLAINT: {drafts.RECORD: booking},
        f"{drafts.TIMESHEET}:sign_off": {drafts.RECORD: booking},
        drafts.INTERPRETER: {},
        drafts.INTERPRETER_AWAY: {drafts.RECORD: interpreter},
        f"{drafts.HEARING}:result": {drafts.RECORD: hearing},
    }


def _ids(store: Store, table: str) -> list[str]:
    rows = store.call_read(
        lambda connection: connection.execute(f"SELECT id FROM {table}").fetchall()
    )
    return [row[0] for row in rows]


FORMS = sorted(forms.SCREENS)


@pytest.mark.parametrize("kind", FORMS)
async def test_no_word_of_a_form_is_in_a_crash_report(
    kind: str, desk: Desk, store: Store, user: User, clock: SetClock,
    about: dict[str, dict[str, str]], capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Not of any field, nor of any that an outcome adds; the draft has them all."""
    [form] = [name for name in about if drafts.kind(name) == kind]
    draft = drafts.begun(form, about[form], officer_id=user.id, now=clock.moment)
    app = desk()
    names: list[str] = []
    with pytest.raises(PlantedError):
        await crash(app, draft, names)
    [report] = paths.crash_folder().iterdir()
    told = (*map(str, app._exit_renderables), *capsys.readouterr())
    said = "".join((report.read_text(), *told))
    assert "PlantedError" in said
    assert PLANTED not in said
    assert names
    kept = str(store.call_read(drafts.get, draft.id).values)
    assert [name for name in names if f"{PLANTED} of {name}" not in kept] == []


async def crash(app: DeskApp, draft: Draft, names: list[str]) -> None:
    """Put a word into every field of a form, told in ``names``; then let it fail."""
    async with small(app) as pilot:
        await app.show_draft(draft)
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FormScreen)
        for editor in (*screen.form.query(Input), *screen.form.query(TextArea)):
            word = f"{PLANTED} of {editor.id}"
            if isinstance(editor, TextArea):
                editor.text = word
            else:
                editor.value = word
            names.append(editor.id or "")
            await settle(pilot)
        assert len(names) >= len(screen.fields())
        screen.changed = crashing(screen)  # type: ignore[method-assign]
        await press(pilot, "x")
