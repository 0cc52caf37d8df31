"""The life of complaints by keyboard, in both languages. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.complaints.lists import StageStatus
from tests.builders import SetClock
from tests.pilots import press, shown, small
from tests.screens.case_desk import in_language
from tests.screens.complaint_desk import ComplaintDesk
from tests.services.complaints.office import ComplaintOffice

Desk = Callable[..., DeskApp]


@pytest.fixture
def office(store: Store, clock: SetClock, user: User) -> ComplaintOffice:
    """The officer of the desk and whom they work with."""
    return ComplaintOffice(store, clock, user)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_a_complaint_from_its_first_word_to_its_reopening(
    language: str,
    desk: Desk,
    office: ComplaintOffice,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Logged, acknowledged, assigned, held, answered, reviewed by somebody else, investigated,
    closed, entered in OPTIC, reopened."""
    monkeypatch.chdir(tmp_path)  # the pack is written there
    async with small(in_language(desk(), language)) as pilot:
        officer = ComplaintDesk(pilot)

        # Wednesday 18 November: somebody rings. Nobody looks after it yet.
        await officer.log(
            "c",
            categories="COR",
            person_id="Ann Example",
            summary="Letters not answered",
            details="Wrote three times since August and heard nothing.",
            owner="",
        )
        assert officer.stands == StageStatus.RECEIVED
        assert str(officer.complaint.stage.due.due_on) == "2026-12-02"

        await officer.do("k")  # acknowledged by phone, as it came
        assert officer.complaint.stage.acknowledged_at == clock.moment

        await press(pilot, "g")  # taken by who has it on the screen
        assert officer.complaint.owner == office.officer.id

        clock.passes(days=13)
        await officer.do("h", note="The other office has the file")  # with the date it offers
        assert officer.stands == StageStatus.HOLDING
        assert str(officer.complaint.stage.revised_on) == "2026-12-09"
        assert str(officer.complaint.stage.due.due_on) == "2026-12-02"  # stays for the figures

        clock.passes(days=2)  # 3 December: a day late, so the form asks why
        await officer.do("a", *"upa", "enter", *"ywn", note="We are sorry and have answered now")
        assert not officer.complaint.stage.on_time

        # The person is not content. Who answered may not review.
        await officer.do("v", note="Only the last letter was answered")
        await press(pilot, "g")
        able = (office.leader, office.manager, office.other_leader)
        assert all(each.name in shown(officer.app) for each in able)
        assert f"1  {office.officer.name}" not in shown(officer.app)
        await press(pilot, "escape")

        await officer.hand_over_to(office.leader)
        await press(pilot, "g")
        await officer.pick("Lena")
        await officer.do("a", *"upa", "enter", *"yn", note="All letters are answered now")
        assert officer.complaint.stages[1].answer is not None

        # Nor now: the investigations team, with its pack.
        await press(pilot, "i")
        assert len(officer.complaint.stages) == 2
        await press(pilot, "1", "c", "f8", "f", "enter", "escape")
        await officer.do("i")
        assert officer.complaint.stage.number == 3
        await officer.do("a", *"npa", "enter", *"yn", note="CIT found nothing more")

        await press(pilot, "c", "y", "e")
        await officer.save(ref="12345678")
        assert officer.complaint.status == "closed"
        assert "12345678" in shown(officer.app)

        await officer.do("e", note="A letter was found that nobody saw")
        assert officer.complaint.status == "open"
        assert officer.stands == StageStatus.IN_PROGRESS
