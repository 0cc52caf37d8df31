"""Support needs: what is refused, who decides, what follows the person, what the room has."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from deskapp import i18n
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services.hearings import (
    bearings,
    carrying,
    codes,
    flags,
    needing,
    needs,
    rooms,
    stored,
)
from deskapp.services.hearings.codes import Code, RefusedError
from deskapp.services.hearings.day import Ready
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.need_drafts import NeedDraft
from deskapp.services.hearings.needs import NeedLine, Status
from deskapp.services.interpreters.bookings import Kind
from deskapp.services.interpreters.bookings import Status as Booked
from deskapp.services.local_files import SHIPPED
from tests.builders import SITE
from tests.services.hearings.office import TODAY, Court

LONG = "x" * 201


def of_it(court: Court, hearing_id: str) -> list[NeedLine]:
    """The needs that stand at a hearing."""
    [bearing] = court.read(bearings.read, [hearing_id])
    return list(bearing.needs)


def found(**given: str) -> list[tuple[str, str]]:
    """Field and words of what is wrong with a need."""
    draft = NeedDraft.of_values({"flag": "SM0002", "comment": "A screen", **given})
    return [(each.field, each.message) for each in draft.problems()]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"comment": ""}, "comment", Code.COMMENT_REQUIRED),
        ({"comment": LONG}, "comment", Code.COMMENT_TOO_LONG),
        ({"requested_by": LONG}, "requested_by", Code.COMMENT_TOO_LONG),
        ({"flag": "SM0001"}, "flag", Code.CATEGORY_CODE),
        ({"flag": "PF0015"}, "language_code", Code.LANGUAGE_REQUIRED),
        ({"flag": "RA0042", "language_code": "xxx"}, "language_code", Code.LANGUAGE_REQUIRED),
        (
            {"flag": "PF0015", "language_code": "por", "other_language": "Portuguese"},
            "language_code",
            Code.LANGUAGE_BOTH,
        ),
    ],
)
def test_every_code_of_a_need_is_told_beside_its_field(
    given: dict[str, str], field: str, code: Code
) -> None:
    """In words that say what to do."""
    assert found(**given) == [(field, codes.told(code))]


def test_what_the_list_does_not_have_needs_its_own_words() -> None:
    """Up to 80 characters; they are the need."""
    assert [each for each, _words in found(flag="OT0001")] == ["value"]
    assert [each for each, _words in found(flag="OT0001", value="x" * 81)] == ["value"]
    assert found(flag="OT0001", value="A hook for a drip", comment="") == []
    assert [each for each, _words in found(flag="PF0015", other_language="x" * 81)] == [
        "other_language"
    ]


@pytest.mark.parametrize("code", sorted(flags.RESTRICTED))
def test_what_a_restricted_case_keeps_is_never_entered_as_a_need(code: str) -> None:
    """Its facts would stand where everybody reads them."""
    [(field, words)] = found(flag=code)
    assert field == "flag"
    assert "marker" in words
    assert code not in {flag.code for flag in flags.find("")}


def test_the_list_is_the_published_one_and_every_action_of_it_is_understood() -> None:
    """A new action of a later list would otherwise be lost in silence."""
    with (SHIPPED / "support_flags.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(flags.flags()) == len(rows) == 91
    booked = {flag.code: flag.books for flag in flags.flags().values() if flag.does is Does.BOOK}
    assert booked == {
        "PF0015": ("spoken", ""),
        "YJ-S29": ("intermediary", ""),
        "RA0038": ("intermediary", ""),
        "RA0039": ("sign", "sign-pst"),
        "RA0041": ("sign", "sign-lps"),
        "RA0042": ("sign", ""),
    }
    assert all(Kind(kind) for kind, _language in booked.values())
    for flag in flags.flags().values():
        assert (flag.does is Does.NOTHING) is (flag.action == "")


def test_needs_are_found_by_words_of_both_languages() -> None:
    """And shown in the language in use."""
    assert flags.find("sgrinio")[0].code == "SM0002"
    assert flags.find("wheelchair")[0].code in ("RA0019", "RA0020")
    i18n.use("cy")
    assert flags.label("SM0002") == "Sgrinio tyst rhag y diffynnydd"
    assert flags.label("YJ-S29") == "Examination of witness through intermediary"


def test_a_need_begins_with_the_status_of_its_flag_and_goes_where_the_list_allows(
    court: Court,
) -> None:
    """Requested, then granted or not; granted, then no longer needed, and back."""
    hearing_id = court.hearing()
    need_id = court.need(hearing_id, "RA0042", language_code="bfi", comment="")
    [line] = of_it(court, hearing_id)
    assert line.status is Status.REQUESTED
    with pytest.raises(RefusedError) as refused:
        court.step(needing.decide, hearing_id, need_id, Status.INACTIVE, "DJ Hughes")
    assert refused.value.code is Code.TRANSITION
    for status in (Status.ACTIVE, Status.INACTIVE, Status.ACTIVE):
        court.step(needing.decide, hearing_id, need_id, status, "DJ Hughes")
    [line] = of_it(court, hearing_id)
    assert (line.status, line.decided_by) == (Status.ACTIVE, "DJ Hughes")


@pytest.mark.parametrize(
    ("by", "code"), [("  ", Code.STATUS_REASON), (LONG, Code.COMMENT_TOO_LONG)]
)
def test_a_decision_names_who_made_it(court: Court, by: str, code: Code) -> None:
    """What the judge decides, staff only write down."""
    hearing_id = court.hearing()
    need_id = court.need(hearing_id, "RA0024")
    with pytest.raises(FormProblemsError) as wrong:
        court.step(needing.decide, hearing_id, need_id, Status.ACTIVE, by)
    assert wrong.value.problems == [codes.problem("by", code)]


def test_a_hearing_room_user_ticks_but_does_not_enter_needs(court: Court) -> None:
    """What is ready is seen in the room; what is granted is written down in the office."""
    hearing_id = court.hearing()
    need_id = court.need(hearing_id, "SM0002")
    room = court.as_role(Role.HEARING_ROOM)
    room.step(needing.tick, hearing_id, need_id, Ready.READY)
    with pytest.raises(NotAllowedError):
        room.need(hearing_id, "SM0003")
    with pytest.raises(NotAllowedError):
        room.step(needing.decide, hearing_id, need_id, Status.INACTIVE, "DJ Hughes")


def test_what_was_not_provided_says_why(court: Court) -> None:
    """It may become a complaint or an incident."""
    hearing_id = court.hearing()
    need_id = court.need(hearing_id, "RA0043")
    with pytest.raises(FormProblemsError):
        court.step(needing.tick, hearing_id, need_id, Ready.NOT_PROVIDED)
    court.step(needing.tick, hearing_id, need_id, Ready.NOT_PROVIDED, "The loop is broken")
    [bearing] = court.read(bearings.read, [hearing_id])
    assert bearing.day.ticks[need_id] == (Ready.NOT_PROVIDED, "The loop is broken")


def test_a_need_follows_to_the_next_hearing_of_the_case_with_everything_to_do_again(
    court: Court,
) -> None:
    """What was ready today is not ready in another room next month."""
    today = court.hearing()
    need_id = court.need(today, "SM0002")
    court.step(needing.tick, today, need_id, Ready.READY)
    later = court.hearing(day=TODAY + dt.timedelta(days=20), room="Court 7")
    [bearing] = court.read(bearings.read, [later])
    assert [each.id for each in bearing.needs] == [need_id]
    assert not bearing.is_ready(bearing.needs[0])


def test_a_need_follows_the_person_into_another_case(court: Court) -> None:
    """It belongs to the person; the party may have another name there."""
    first, other = court.hearing(), court.hearing(case_ref="B40SW001")
    need_id = court.need(first, "RA0019", person_id="p1")
    assert of_it(court, other) == []
    court.need(other, "RA0031", person_id="p1", party_key="m silva", party_name="M Silva")
    there = {each.id: each.party_name for each in of_it(court, other)}
    assert there[need_id] == "M Silva"
    assert len(there) == 2


def test_needs_that_matter_only_for_letters_stay_off_the_hearing(court: Court) -> None:
    """The list says which are relevant."""
    hearing_id = court.hearing()
    irrelevant = next(
        flag.code
        for flag in flags.flags().values()
        if not flag.hearing_relevant and flag.code not in flags.headings()
    )
    court.need(hearing_id, irrelevant)
    assert of_it(court, hearing_id) == []


def test_the_room_is_asked_for_what_a_need_wants(court: Court) -> None:
    """Nobody knows, it is there, or it is not: three different things."""
    hearing_id = court.hearing()
    court.need(hearing_id, "SM0002")
    [need] = of_it(court, hearing_id)
    settings = court.acting.settings
    assert "look whether" in rooms.lacking(need, None, settings)
    assert rooms.lacking(need, frozenset({"AF-WS"}), settings) == ""
    assert "NO Witness screen" in rooms.lacking(need, frozenset({"step_free"}), settings)
    court.write(rooms.equip, SITE, "COURT  1", ["AF-WS"])
    [bearing] = court.read(bearings.read, [hearing_id])
    assert bearing.facilities == frozenset({"AF-WS"})
    with pytest.raises(rooms.UnknownFacilityError):
        court.write(rooms.equip, SITE, "Court 1", ["piano"])


def test_a_need_makes_the_draft_of_its_booking_once(court: Court) -> None:
    """Filled in from the hearing and the need; asked for twice it is the same draft."""
    hearing_id = court.hearing("14:00")
    need_id = court.need(hearing_id, "RA0042", language_code="bfi")
    hearing = court.store.call_read(stored.get, hearing_id)
    need = court.store.call_read(needs.get, need_id, user=court.user)
    made = {court.store.call_write(carrying.ask_for, court.acting, hearing, need) for _x in "12"}
    assert len(made) == 1
    [bearing] = court.read(bearings.read, [hearing_id])
    [booking] = bearing.bookings
    assert (booking.status, booking.kind, booking.language_code, booking.need_id) == (
        Booked.DRAFT, Kind.SIGN, "bfi", need_id,
    )  # fmt: skip
    assert (booking.for_name, booking.local_start) == ("Maria Silva", "2026-11-18T14:00")


def test_the_same_need_saved_twice_is_one(court: Court) -> None:
    """The line may break between the save and its answer."""
    hearing_id, need_id = court.hearing(), new_id()
    for _time in (1, 2):
        court.write(needing.add, hearing_id, NeedDraft("RA0019"), need_id=need_id)
    assert [each.id for each in of_it(court, hearing_id)] == [need_id]
