"""Reports of the enquiry desk, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.enquiry_tables import Callback, CallbackAttempt, Marker
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.data.tables import Contact, Officer
from deskapp.errors import FormProblemsError, NotAllowedError, SettingsError
from deskapp.roles import Role, User
from deskapp.services import officers
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.dates import Nation
from deskapp.services.days import Days
from deskapp.services.enquiries import enquiry_reports, report_table
from deskapp.services.enquiries.enquiry_asked import Asked, By
from deskapp.services.enquiries.report_table import Report
from deskapp.services.knowledge import flags, misses
from deskapp.services.knowledge.flags import Flagged, FlagKind
from deskapp.services.knowledge.misses import Miss
from tests.builders import SetClock

WED = dt.date(2026, 11, 18)
TODAY = Days(WED, WED)
TEN = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)


def put(store: Store, user: User, **given: Any) -> str:
    """A contact written as it would come from another desk; all that does not matter is usual."""
    began = given.pop("began", TEN)
    usual: dict[str, Any] = {
        "id": new_id(),
        "home_site": user.site,
        "site": user.site,
        "officer_id": user.id,
        **dict.fromkeys(("at", "started_at", "ended_at", "wrapped_at"), stamp(began)),
        **{name: new_id() for name in ("ref", "ref_key")},
        "channel": "phone_in",
        "user_type": "party",
        "topic": "FIN",
        "outcome": "RES",
        "handling_seconds": 60,
        "disclosure": "general",
    }
    contact = Contact(**{**usual, **given})
    insert(store, contact)
    return contact.id


def insert(store: Store, row: SQLModel) -> None:
    """One row, as it is."""
    store.call_write(Session.add, row)


def report(store: Store, user: User, by: By = By.CHANNEL, **given: Any) -> Report:
    """The report of the day of the test."""
    asked = Asked(given.pop("days", TODAY), by, **given)
    return store.call_read(report_table.read, asked, user=user, today=WED)


def counts(found: Report) -> dict[str, int]:
    """How many contacts each row has."""
    return {row.code: row.figures.contacts for row in found.rows}


# -- what is counted ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (By.CHANNEL, {"phone_in": 2, "counter": 1}),
        (By.TOPIC, {"FIN": 1, "HWF": 2}),
        (By.OUTCOME, {"RES": 2, "SGN": 1}),
        (By.USER_TYPE, {"party": 2, "juror": 1}),
        (By.LANGUAGE, {"unknown": 1, "cy": 2}),
        (By.DAY, {"2026-11-18": 3}),
    ],
)
def test_contacts_are_counted_by_one_thing(
    by: By, expected: dict[str, int], store: Store, user: User
) -> None:
    """Section 14 names what a report is broken down by."""
    put(store, user)
    put(store, user, topic="HWF", language="cy", user_type="juror")
    put(store, user, topic="HWF", language="cy", channel="counter", outcome="SGN")
    found = report(store, user, by)
    assert counts(found) == expected
    assert found.total.contacts == 3


def test_contacts_are_counted_by_the_team_of_their_officer(store: Store, user: User) -> None:
    """Who is in no team, or unknown to this desk, is counted too; a team has one spelling."""
    manager = user._replace(role=Role.MANAGER)
    colleague = Officer(id=new_id(), home_site=user.site, name="Carl Beside", role=Role.OFFICER)
    other = Officer(id=new_id(), home_site=user.site, name="Other One", role=Role.OFFICER)
    for row in (colleague, other):
        insert(store, row)
    teams = {user.id: "Crown counter", colleague.id: "crown  COUNTER", other.id: "Post"}
    for officer, team in teams.items():
        store.call_write(officers.put_into_team, officer, team, user=manager)
    store.call_write(officers.put_into_team, other.id, "", user=manager)
    for officer in (user.id, colleague.id, other.id, new_id()):
        put(store, user, officer_id=officer)
    leader = user._replace(role=Role.TEAM_LEADER)
    found = report(store, leader, By.TEAM)
    assert counts(found) == {"Crown counter": 2, "": 2}
    assert [row.name for row in found.rows] == ["Crown counter", "In no team"]


def test_the_name_of_a_team_fits_a_line(store: Store, user: User) -> None:
    """A longer one is refused, and nothing changes."""
    manager = user._replace(role=Role.MANAGER)
    with pytest.raises(FormProblemsError):
        store.call_write(officers.put_into_team, user.id, "x" * 41, user=manager)
    [line] = store.call_read(officers.everybody, user=manager)
    assert not line.team


def test_duplicates_tests_and_discarded_contacts_are_in_no_figure(store: Store, user: User) -> None:
    """They are no contacts of a person."""
    for outcome in ("RES", "DUP", "TST", "DSC"):
        put(store, user, outcome=outcome, handling_seconds=100)
    found = report(store, user)
    assert (found.total.contacts, found.total.live.contacts, found.total.answerable) == (1, 1, 1)


def test_a_day_is_the_local_one(store: Store, user: User) -> None:
    """In summer 23:30 UTC is the next day in London."""
    put(store, user, began=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    july = Days(dt.date(2026, 7, 1), dt.date(2026, 7, 3))
    assert counts(report(store, user, By.DAY, days=july)) == {"2026-07-02": 1}
    first = Days(dt.date(2026, 7, 1), dt.date(2026, 7, 1))
    assert report(store, user, days=first).total.contacts == 0


def test_half_hours_are_those_of_the_clock_on_the_wall(store: Store, user: User) -> None:
    """Before and after the clocks went back on 25 October 2026; a lull between is a row too."""
    for month, day, hour, minute in ((10, 23, 8, 59), (10, 25, 0, 30), (10, 26, 9, 59)):
        put(store, user, began=dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC))
    put(store, user, began=dt.datetime(2026, 10, 26, 11, 0, tzinfo=dt.UTC))
    days = Days(dt.date(2026, 10, 23), dt.date(2026, 10, 31))
    found = counts(report(store, user, By.HALF_HOUR, days=days))
    assert next(iter(found)) == "01:30"
    assert list(found)[-4:] == ["09:30", "10:00", "10:30", "11:00"]
    assert {code: count for code, count in found.items() if count} == {
        "01:30": 1,
        "09:30": 2,
        "11:00": 1,
    }
    assert counts(report(store, user, By.HALF_HOUR)) == {}


def test_a_long_range_is_counted_in_pieces_that_lose_nothing(store: Store, user: User) -> None:
    """Each contact of two years once, whichever piece it falls into."""
    for month in range(24):
        began = dt.datetime(2025 + month // 12, month % 12 + 1, 28, 12, tzinfo=dt.UTC)
        put(store, user, began=began, handling_seconds=month)
    years = Days(dt.date(2025, 1, 1), dt.date(2026, 12, 31))
    pieces = list(enquiry_reports.pieces(Asked(years)))
    assert (pieces[0].first, pieces[-1].last) == years
    assert max((piece.last - piece.first).days for piece in pieces) == 30
    assert len(pieces) == 24
    found = report(store, user, days=years)
    assert found.total.live.by_seconds == dict.fromkeys(range(24), 1)


# -- times --------------------------------------------------------------------------------


def test_times_are_average_median_and_ninetieth(store: Store, user: User) -> None:
    """60, 120, 180 and 300 seconds: 165 on average, 150 in the middle, 300 for nine of ten."""
    for seconds in (300, 60, 180, 120):
        put(store, user, handling_seconds=seconds, wrap_seconds=33)
    live = report(store, user).total.live
    assert (live.average, live.median, live.ninetieth) == (165, 150, 300)
    assert (live.wrap_seconds, live.seconds) == (132, 660)


def test_the_ninetieth_of_ten_is_the_ninth(store: Store, user: User) -> None:
    """Nearest rank: the fewest seconds that nine of ten did not exceed."""
    for seconds in range(10, 110, 10):
        put(store, user, handling_seconds=seconds)
    live = report(store, user).total.live
    assert (live.ninetieth, live.median) == (90, 55)


def test_letters_and_emails_are_kept_apart(store: Store, user: User) -> None:
    """Section 7: the average is that of live channels."""
    put(store, user, handling_seconds=100)
    put(store, user, channel="letter", handling_seconds=1000)
    put(store, user, channel="email", handling_seconds=2000)
    total = report(store, user).total
    assert (total.contacts, total.live.average, total.written.average) == (3, 100, 1500)
    assert total.answerable == 1


def test_suspect_times_are_set_aside(store: Store, user: User) -> None:
    """A clock that went back must not bend an average; the contact counts."""
    put(store, user, handling_seconds=100)
    put(store, user, handling_seconds=90_000, suspect_time=True)
    total = report(store, user).total
    assert (total.contacts, total.suspect, total.live.average) == (2, 1, 100)


def test_without_contacts_there_is_no_average(store: Store, user: User) -> None:
    """Nothing is divided by nothing."""
    live = report(store, user).total.live
    assert (live.average, live.median, live.ninetieth) == (None, None, None)


# -- answered at first contact ------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "answered", "answerable"),
    [
        ("RES", 1, 1), ("SGN", 1, 1), ("FRM", 1, 1), ("LADV", 1, 1), ("MSG", 0, 1),
        ("NOID", 0, 1), ("WRG", 0, 0), ("ABN", 0, 0), ("TST", 0, 0), ("DUP", 0, 0),
    ],
)  # fmt: skip
def test_which_outcomes_answer_at_first_contact(
    outcome: str, answered: int, answerable: int, store: Store, user: User
) -> None:
    """(RES, SGN, FRM, LADV) of all live contacts less TST, DUP, WRG, ABN (section 14)."""
    put(store, user, outcome=outcome)
    total = report(store, user).total
    assert (total.answered_first, total.answerable) == (answered, answerable)


@pytest.mark.parametrize(("days", "answered"), [(1, 0), (14, 0), (15, 1)])
def test_who_comes_back_within_fourteen_days_was_not_answered(
    days: int, answered: int, store: Store, user: User
) -> None:
    """The repeat lies after the range of the report, which must not matter."""
    first = put(store, user)
    later = TEN + dt.timedelta(days=days)
    put(store, user, began=later, repeat_of=first)
    assert report(store, user).total.answered_first == answered


def test_a_repeat_that_was_a_duplicate_is_none(store: Store, user: User) -> None:
    """The same contact entered twice says nothing about the answer."""
    first = put(store, user)
    put(store, user, repeat_of=first, outcome="DUP")
    assert report(store, user).total.answered_first == 1


# -- the other figures --------------------------------------------------------------------


def test_dissatisfied_and_what_became_a_complaint(store: Store, user: User) -> None:
    """Two of three were dissatisfied, one of them complained."""
    put(store, user)
    put(store, user, dissatisfied="minor")
    put(store, user, dissatisfied="major", outcome="CPL")
    put(store, user, outcome="CPL")
    total = report(store, user).total
    assert (total.contacts, total.dissatisfied, total.complained) == (4, 2, 1)


def test_identity_and_authority_that_failed_are_counted(store: Store, user: User) -> None:
    """NOID and NAUT."""
    for outcome in ("NOID", "NOID", "NAUT"):
        put(store, user, outcome=outcome)
    total = report(store, user).total
    assert (total.not_identified, total.no_authority) == (2, 1)


def callback(store: Store, user: User, *tries: bool, **given: Any) -> None:
    """A callback for 10:00 and whether each of its tries began in time."""
    usual: dict[str, Any] = {
        "id": new_id(),
        "home_site": user.site,
        "site": user.site,
        "contact_id": "c",
        "slot": "2026-11-18T10:00",
        "starts_at": "2026-11-18T10:00:00.000Z",
        "kind": "window",
        "state": "done",
        "live": False,
        "booked_by": user.id,
        "booked_at": "2026-11-17T10:00:00.000Z",
    }
    booked = Callback(**{**usual, **given})
    callback_id = booked.id
    insert(store, booked)
    for on_time in tries:
        for result in ("attempting", "missed"):
            attempt = CallbackAttempt(
                id=new_id(), home_site=user.site, at=stamp(TEN), officer_id=user.id,
                callback_id=callback_id, result=result, on_time=on_time,
            )  # fmt: skip
            insert(store, attempt)


@pytest.mark.parametrize(
    ("tries", "kept"), [((True,), 1), ((True, False), 1), ((False, True), 0), ((), 0)]
)
def test_a_callback_is_kept_when_its_first_try_began_in_time(
    tries: tuple[bool, ...], kept: int, store: Store, user: User
) -> None:
    """A later try does not mend a promise that was not kept (section 9)."""
    callback(store, user, *tries)
    found = report(store, user).others.callbacks
    assert (found.due, found.kept, found.failed) == (1, kept, 0)


def test_callbacks_that_failed_or_were_cancelled(store: Store, user: User) -> None:
    """A cancelled one was not broken."""
    callback(store, user, False, state="failed")
    callback(store, user, state="cancelled")
    callback(store, user, True, slot="2026-11-19T10:00")
    found = report(store, user).others.callbacks
    assert (found.due, found.kept, found.failed) == (1, 0, 1)


def test_callbacks_count_as_promised_on_their_day_and_as_kept_when_they_fall_due(
    store: Store, user: User
) -> None:
    """One promised today for tomorrow is in today's work, and in tomorrow's promises."""
    callback(store, user, True)
    today = stamp(TEN)
    callback(store, user, slot="2026-11-19T10:00", state="booked", booked_at=today)
    callback(store, user, state="cancelled", booked_at=today)
    found = report(store, user).others.callbacks
    assert (found.booked, found.due, found.kept) == (2, 1, 1)


def test_nothing_is_hidden_from_whom_the_figures_are(tmp_path: Path) -> None:
    """Small counts are hidden for the sake of others."""
    days = Days(TEN.date(), TEN.date())
    assert enquiry_reports.outside(Asked(days), tmp_path).hide_up_to
    assert not enquiry_reports.outside(Asked(days, own=True), tmp_path).hide_up_to


@pytest.mark.parametrize(
    ("review_on", "ended_on", "overdue"),
    [("2026-11-17", "", 1), ("2026-11-18", "", 0), ("", "", 0), ("2026-11-17", "2026-11-18", 0)],
)
def test_markers_past_their_review(
    review_on: str, ended_on: str, overdue: int, store: Store, user: User
) -> None:
    """One that was ended needs no review, one without a date never lapses."""
    marker = Marker(
        id=new_id(), home_site=user.site, person_id="p", code="PF0002", set_by=user.id,
        set_on="2026-01-01", review_on=review_on, ended_on=ended_on,
    )  # fmt: skip
    insert(store, marker)
    assert report(store, user).others.markers_overdue == overdue


def test_articles_are_counted_however_they_were_noted(store: Store, user: User) -> None:
    """By id, whatever the version."""
    put(store, user, articles='[{"id": "jury-defer", "version": 3}, {"id": "jury-pay"}]')
    put(store, user, articles='["jury-defer"]')
    put(store, user, articles="[]")
    assert report(store, user).others.articles == (("jury-defer", 2), ("jury-pay", 1))


def test_minutes_until_the_senior_person_was_told(
    store: Store, user: User, clock: SetClock, tmp_path: Path
) -> None:
    """Two risks and a fault with danger; one was told after 12 minutes, put right to 20."""
    book = shelf.rulebook(tmp_path, Nation.ENGLAND_AND_WALES)
    acting = Acting(user, clock.moment, book)
    ids = [new_id() for _case in range(4)]
    store.call_write(cases.open_case, acting, ids[0], "building_risk", {"what": "Ice on the ramp"})
    store.call_write(cases.open_case, acting, ids[1], "building_risk", {"what": "Loose tile"})
    danger = {"kind": "building", "what": "Panel dead", "danger": "life"}
    store.call_write(cases.open_case, acting, ids[2], "building_issue", danger)
    slight = {"kind": "building", "what": "Lamp", "danger": "none"}
    store.call_write(cases.open_case, acting, ids[3], "building_issue", slight)
    told = {"spos_name": "Dilys", "spos_informed_at": "2026-11-18T10:17"}
    store.call_write(cases.do, acting, ids[0], "tell_spos", told)
    right = {"spos_informed_at": "2026-11-18T10:25"}
    store.call_write(cases.fill_in, acting, ids[0], right)
    risks = report(store, user).others.risks
    assert (risks.opened, risks.minutes, risks.not_told) == (3, (20,), 2)


# -- who may see what ---------------------------------------------------------------------


@pytest.mark.parametrize("by", [By.OFFICER, By.TEAM])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
def test_figures_of_officers_are_not_for(by: By, role: Role, store: Store, user: User) -> None:
    """Section 14: they go only to the officer and the team leader; a team can be one officer."""
    put(store, user)
    with pytest.raises(NotAllowedError):
        report(store, user._replace(role=role), by)


def test_figures_of_officers_are_for_the_team_leader(store: Store, user: User) -> None:
    """By their names."""
    put(store, user)
    leader = user._replace(role=Role.TEAM_LEADER)
    assert [row.name for row in report(store, leader, By.OFFICER).rows] == [user.name]


def test_own_figures_are_those_of_who_asks(store: Store, user: User) -> None:
    """And of nobody else."""
    put(store, user)
    put(store, user, officer_id="somebody")
    assert report(store, user, own=True).total.contacts == 1
    assert counts(report(store, user, By.OFFICER, own=True)) == {user.id: 1}


def test_an_administrator_reads_no_report(store: Store, user: User) -> None:
    """Who keeps the machines running sees no figures of people."""
    with pytest.raises(NotAllowedError):
        report(store, user._replace(role=Role.ADMINISTRATOR))


def test_other_sites_are_only_in_the_report_by_site(store: Store, user: User) -> None:
    """The figures of a desk are those of its site."""
    put(store, user)
    put(store, user, site="fact:croydon-county-court-and-family-court")
    assert report(store, user).total.contacts == 1
    assert report(store, user, By.SITE).total.contacts == 2


@pytest.mark.parametrize("days", [(WED, WED - dt.timedelta(days=1)), (dt.date(2000, 1, 1), WED)])
def test_a_range_has_days_and_not_too_many(
    days: tuple[dt.date, dt.date], store: Store, user: User
) -> None:
    """A slip of the year would read every record there is."""
    with pytest.raises(FormProblemsError):
        report(store, user, days=Days(*days))


# -- rules and cost -----------------------------------------------------------------------


def test_an_administrator_can_change_the_rules(tmp_path: Path) -> None:
    """A file in the settings folder takes the place of the one that ships."""
    shipped = enquiry_reports.rules(tmp_path / "none")
    assert (shipped.repeat_days, shipped.hide_up_to) == (14, 4)
    text = 'first_contact = ["RES"]\nnot_answerable = []\nrepeat_days = 7\nhide_up_to = 0\n'
    (tmp_path / enquiry_reports.RULES_FILE).write_text(text, encoding="utf-8")
    assert enquiry_reports.rules(tmp_path) == replace(
        shipped, first_contact=("RES",), not_answerable=(), repeat_days=7, hide_up_to=0
    )


@pytest.mark.parametrize("text", ["repeat_days = 7", "first_contact = [1]", "x = ", 'hide = "a"'])
def test_a_wrong_rules_file_is_named(text: str, tmp_path: Path) -> None:
    """The administrator corrects it or takes it away."""
    (tmp_path / enquiry_reports.RULES_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"enquiry_reports\.toml"):
        enquiry_reports.rules(tmp_path)


def test_a_report_reads_its_range_and_no_more(store: Store, user: User) -> None:
    """A million contacts of other months cost it nothing."""
    steps: list[str] = []

    def planned(connection: Connection) -> None:
        def explain(sql: str, values: Any = ()) -> Any:
            rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            steps.extend(row[3] for row in rows)
            return connection.execute(sql, values)

        class Watched:
            execute = staticmethod(explain)

        asked = Asked(TODAY, By.TOPIC)
        report_table.read(Watched(), asked, user=user, today=WED)  # type: ignore[arg-type]

    store.call_read(planned)
    tables = ("contact", "again", "before", "c", "b", "a", "s", "e", "i", "marker")
    reads = [step for step in steps if step.split()[1] in tables]
    assert [step for step in reads if not step.startswith("SEARCH")] == []
    assert any("contact_by_time" in step for step in reads)


def test_flags_and_searches_in_vain_are_counted_for_the_days_asked(
    store: Store, user: User, clock: SetClock
) -> None:
    """Where the knowledge fails; who searched is not kept, who flagged is."""
    about = Flagged("jury-defer", 1, FlagKind.WRONG, "en")
    other = user._replace(id=new_id())
    for who in (user, other):
        store.call_write(flags.flag, new_id(), about, "Wrong", user=who, now=clock.moment)
    searched = ((WED, Miss.EMPTY), (WED, Miss.OPENED), (WED - dt.timedelta(days=1), Miss.EMPTY))
    for day, miss in searched:
        store.call_jot(
            misses.record, "kestrel", miss, language="en", topic="", today=day,
            names=(), known=frozenset(),
        )  # fmt: skip
    others = report(store, user).others
    assert (others.flagged, others.empty_searches) == (2, 1)
    assert report(store, user, own=True).others.flagged == 1
