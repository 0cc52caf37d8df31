"""When somebody can be rung back: half hours of working days, across every clock change."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp import i18n, paths
from deskapp.clock import LONDON, local, stamp
from deskapp.errors import SettingsError
from deskapp.services import typed
from deskapp.services.callbacks import diaries, slots
from deskapp.services.callbacks.slots import Diary, Kind, SlotRefusedError
from deskapp.services.dates import Nation

WALES, SCOTLAND = Nation.ENGLAND_AND_WALES, Nation.SCOTLAND
THURSDAY = dt.date(2026, 4, 2)


def london(text: str) -> dt.datetime:
    """The instant of a wall-clock time in London."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def slot(text: str) -> dt.datetime:
    """A slot by its key."""
    return dt.datetime.fromisoformat(text)


def offered(diary: Diary, wish: str, now: str) -> dt.datetime | None:
    """What is offered in place of a wish where nothing is booked yet."""
    return diary.next_free(slot(wish), now=london(now), is_free=lambda _slot: True)


def refusal(diary: Diary, wish: str, now: str) -> str:
    """Why a wish is refused; empty when it is not."""
    try:
        diary.check(slot(wish), now=london(now))
    except SlotRefusedError as error:
        return str(error)
    return ""


# -- the table of the sheet ---------------------------------------------------------------


def test_good_friday_is_refused_and_tuesday_at_the_same_time_is_offered() -> None:
    """Easter Monday is a bank holiday in England and Wales too."""
    wish = typed.wall_time("tomorrow 10", today=THURSDAY)
    assert slots.key(wish) == "2026-04-03T10:00"
    diary, now = diaries.of_nation(WALES), "2026-04-02T16:40"
    assert refusal(diary, slots.key(wish), now) == "Callback date must be a working day"
    assert offered(diary, slots.key(wish), now) == slot("2026-04-07T10:00")


def test_easter_monday_is_worked_in_scotland() -> None:
    """The nation of the site counts; Good Friday is a bank holiday there as well."""
    diary = diaries.of_nation(SCOTLAND)
    assert offered(diary, "2026-04-03T10:00", "2026-04-02T16:40") == slot("2026-04-06T10:00")
    assert refusal(diary, "2026-04-06T10:00", "2026-04-02T16:40") == ""


@pytest.mark.parametrize(
    ("now", "wish", "refused"),
    [
        ("2026-11-16T12:18", "2026-11-16T12:00", ""),
        ("2026-11-16T12:20:59", "2026-11-16T12:00", ""),
        ("2026-11-16T12:21", "2026-11-16T12:00", "Callback time must be in the future"),
        ("2026-11-20T16:45", "2026-11-20T16:30", ""),
        ("2026-11-20T16:50", "2026-11-20T16:30", ""),
        ("2026-11-20T16:51", "2026-11-20T16:30", "Callback time must be in the future"),
        ("2026-11-16T12:18", "2026-11-13T12:00", "Callback time must be in the future"),
    ],
)
def test_a_half_hour_can_be_booked_until_its_20th_minute(now: str, wish: str, refused: str) -> None:
    """The officer can still ring inside it; both kinds alike."""
    assert refusal(diaries.of_nation(WALES), wish, now) == refused


def test_in_place_of_a_half_hour_that_has_gone_the_next_one_is_offered() -> None:
    """Mon 12:21, wished today 12:00."""
    diary = diaries.of_nation(WALES)
    assert offered(diary, "2026-11-16T12:00", "2026-11-16T12:21") == slot("2026-11-16T12:30")


def test_monday_after_the_clocks_went_back_is_at_nine_by_the_clock_on_the_wall() -> None:
    """Booked on the Sunday, and on the Friday before while summer time was still in force."""
    monday = slot("2025-10-27T09:00")
    for now in ("2025-10-26T12:00", "2025-10-24T15:00"):
        diaries.of_nation(WALES).check(monday, now=london(now))
    assert slots.key(monday) == "2025-10-27T09:00"
    assert stamp(slots.starts_at(monday)) == "2025-10-27T09:00:00.000Z"
    friday = slots.starts_at(slot("2025-10-24T09:00"))
    assert stamp(friday) == "2025-10-24T08:00:00.000Z"


# -- limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ("2026-11-18T08:30", "Callback time must be between 9am and 4:30pm"),
        ("2026-11-18T17:00", "Callback time must be between 9am and 4:30pm"),
        ("2026-11-18T16:30", ""),
        ("2026-11-18T11:15", "Enter the hour or half hour, like 10:00 or 10:30"),
        ("2026-11-21T10:00", "Callback date must be a working day"),
        ("2026-12-25T10:00", "Callback date must be a working day"),
        ("2026-12-02T10:00", ""),
        ("2026-12-03T10:00", "Callback date must be within 10 working days"),
        ("9999-12-31T10:00", "Callback date must be within 10 working days"),
    ],
)
def test_what_cannot_be_booked_says_what_to_do(wish: str, refused: str) -> None:
    """In the words of the sheet."""
    assert refusal(diaries.of_nation(WALES), wish, "2026-11-18T10:05") == refused


def test_a_full_half_hour_offers_the_next_that_is_free() -> None:
    """A half hour that has begun is never offered by itself."""
    diary = diaries.of_nation(WALES)
    full = {slot("2026-11-18T10:30"), slot("2026-11-18T11:00")}
    free = diary.next_free(
        slot("2026-11-18T10:00"),
        now=london("2026-11-18T10:05"),
        is_free=lambda each: each not in full,
    )
    assert free == slot("2026-11-18T11:30")


def test_after_the_last_half_hour_of_the_last_day_the_first_free_one_is_offered() -> None:
    """Somebody who wishes too late a day gets a day all the same."""
    diary = diaries.of_nation(WALES)
    assert offered(diary, "2027-03-01T10:00", "2026-11-18T10:05") == slot("2026-11-18T10:30")
    now = london("2026-11-18T10:05")
    assert diary.next_free(slot("2026-11-18T10:30"), now=now, is_free=lambda _slot: False) is None


@pytest.mark.parametrize(
    ("kind", "rung", "on_time"),
    [
        (Kind.WINDOW, "2026-11-18T09:59", False),
        (Kind.WINDOW, "2026-11-18T10:00", True),
        (Kind.WINDOW, "2026-11-18T10:29:59", True),
        (Kind.WINDOW, "2026-11-18T10:30", False),
        (Kind.ABOUT, "2026-11-18T09:29", False),
        (Kind.ABOUT, "2026-11-18T09:30", True),
        (Kind.ABOUT, "2026-11-18T10:30", True),
        (Kind.ABOUT, "2026-11-18T10:31", False),
    ],
)
def test_kept_on_time_is_inside_the_half_hour_or_within_30_minutes(
    kind: Kind, rung: str, on_time: bool
) -> None:
    """Ringing too early breaks the promise as well."""
    diary = diaries.of_nation(WALES)
    assert diary.is_on_time(slot("2026-11-18T10:00"), kind, london(rung)) is on_time


@settings(deadline=None)
@given(
    day=st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)),
    at=st.times(),
    nation=st.sampled_from(Nation),
)
def test_every_slot_is_the_same_time_on_the_wall_and_half_an_hour_apart(
    day: dt.date, at: dt.time, nation: Nation
) -> None:
    """Also on the days around the clock changes; what is offered can always be booked."""
    diary = diaries.of_nation(nation)
    listed = list(diary.of_day(day))
    instants = [slots.starts_at(each) for each in listed]
    assert [local(instant).replace(tzinfo=None) for instant in instants] == listed
    assert all(b - a == slots.HALF_HOUR for a, b in itertools.pairwise(instants))
    assert sorted(map(slots.key, listed)) == [slots.key(each) for each in listed]
    assert len(listed) in (0, 16)
    now = dt.datetime.combine(day, at, dt.UTC)
    free = diary.next_free(local(now).replace(tzinfo=None), now=now, is_free=lambda _slot: True)
    assert free is not None
    diary.check(free, now=now)
    assert slots.starts_at(free) > now


# -- typing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("10:00", "2026-11-18T10:00"),
        ("1030", "2026-11-18T10:30"),
        ("10 30", "2026-11-18T10:30"),
        ("2pm", "2026-11-18T14:00"),
        ("tomorrow 10", "2026-11-19T10:00"),
        ("yfory 10", "2026-11-19T10:00"),
        ("Tue 10:30", "2026-11-24T10:30"),
        ("dydd mawrth 10:30", "2026-11-24T10:30"),
        ("Maw 10:30", "2026-11-24T10:30"),
        ("ddydd Llun 9yb", "2026-11-23T09:00"),
        ("llun 2yp", "2026-11-23T14:00"),
        ("Tue 24 Nov 10:30", "2026-11-24T10:30"),
        ("Maw 24 Tach 10:30", "2026-11-24T10:30"),
        ("24 11 10", "2026-11-24T10:00"),
        ("24 11 10 30", "2026-11-24T10:30"),
        ("24/11/2026 2.30 pm", "2026-11-24T14:30"),
        ("24 Nov 10:30", "2026-11-24T10:30"),
        ("2026-11-24T10:30", "2026-11-24T10:30"),
    ],
)
def test_day_and_time_are_read_as_they_are_said(text: str, key: str) -> None:
    """The hour alone is enough: nobody is rung back at night."""
    assert slots.key(typed.wall_time(text, today=dt.date(2026, 11, 18))) == key


@pytest.mark.parametrize(
    "text", ["", "soon", "tomorrow", "31 2 10:00", "25:00", "10:00 tomorrow", "Mon 24 Nov 10:00"]
)
def test_what_is_no_day_and_time_is_told(text: str) -> None:
    """Never a guess."""
    with pytest.raises(typed.NotUnderstoodError):
        typed.wall_time(text, today=dt.date(2026, 11, 18))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_offer_can_be_typed_as_it_is_written(language: str) -> None:
    """The field is filled with it, and is read again when the form is saved."""
    i18n.use(language)
    first = slot("2026-11-18T10:30")
    for days in range(170):
        moment = first + dt.timedelta(days=days)
        assert typed.wall_time(i18n.day_and_time(moment), today=first.date()) == moment


@pytest.mark.parametrize(
    ("text", "kind"),
    [("w", Kind.WINDOW), ("Within", Kind.WINDOW), ("o fewn", Kind.WINDOW), ("tua", Kind.ABOUT)],
)
def test_kind_is_read_by_its_first_letters_in_both_languages(text: str, kind: Kind) -> None:
    """As yes and no are."""
    assert slots.read_kind(text) is kind


def test_kind_that_is_none_is_told() -> None:
    """An empty field is told by the form."""
    for text in ("", "exactly"):
        with pytest.raises(typed.NotUnderstoodError):
            slots.read_kind(text)


# -- the rules of a site ------------------------------------------------------------------


def own_rules(text: str) -> Path:
    """Put an administrator's file into the settings folder."""
    file = paths.private_folder(paths.settings_folder()) / diaries.FILE_NAME
    file.write_text(text)
    return file


def test_a_site_sets_its_own_hours_limits_and_closed_days() -> None:
    """Only the lines that differ are given."""
    own_rules("opens = 10:00:00\ncapacity = 1\nclosed_days = [2026-11-19]")
    diary = diaries.of_nation(WALES)
    assert (diary.opens, diary.closes, diary.capacity) == (dt.time(10), dt.time(17), 1)
    assert offered(diary, "2026-11-19T10:00", "2026-11-18T10:05") == slot("2026-11-20T10:00")


@pytest.mark.parametrize(
    "text",
    [
        *("capacity = 0", "capacity = true", "opens = 9", "opens = 09:10:00", "closes = 09:00:00"),
        *("closed_days = [1]", "lunch = 12:00:00", "opens ="),
    ],
)
def test_a_rule_that_cannot_be_used_is_told_with_its_file(text: str) -> None:
    """The administrator corrects it; nothing is guessed."""
    file = own_rules(text)
    with pytest.raises(SettingsError, match=file.name):
        diaries.of_nation(WALES)
