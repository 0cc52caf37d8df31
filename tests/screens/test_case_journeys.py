"""Whole pieces of casework by keyboard, in both languages. All people are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp import i18n, paths
from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.screens.case_form import CaseFormScreen
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.cases import CasesScreen
from deskapp.screens.home import HomeScreen
from deskapp.services.casework.state import Item
from tests.builders import SetClock
from tests.pilots import fill, focused, listed_problems, press, rows, settle, shown, small
from tests.screens.case_desk import CaseDesk, in_language

Desk = Callable[..., DeskApp]

pytestmark = pytest.mark.parametrize("language", i18n.LANGUAGES)


def give_roles(store: Store, *roles: str) -> None:
    """Let the officer of the desk have roles of schemes."""

    def give(connection: Connection) -> None:
        connection.execute("UPDATE officer SET scheme_roles = ?", (" ".join(roles),))

    store.call_jot(give)


def item(desk: CaseDesk, template: str) -> Item:
    """The last item of a template."""
    return list(desk.record.facts.case.of_template(template))[-1]


async def test_an_intensive_supervision_with_a_breach_and_a_sanction(
    language: str, desk: Desk
) -> None:
    """From the report to a missed review, its breach, and a short custody served to its end."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("isc", participant="Ann Example", psr_requested_on="2 Nov")
        await officer.do("suitable", psr_received_on="10 Nov", sentence_hearing_on="17 Nov")
        await officer.do(
            "sentence",
            sentenced_on="17 Nov",
            order_type="community" if language == "en" else "cymunedol",
            order_ends_on="17 Nov 2027",
            requirements="curfew, drug" if language == "en" else "cyrffyw, cyffuriau",
        )
        assert officer.stage == "on_order"
        assert officer.record.facts.value("requirements") == ("curfew", "drug_rehabilitation")
        await officer.close("review", "not_attended", attended="no" if language == "en" else "na")
        await press(pilot, "y")  # the screen offers what the outcome suggests
        await officer.save(breached_requirement="Curfew", breach_on="today")
        assert [line.scheme for line in officer.record.children] == ["isc_breach"]
        await officer.go_to("ISCB")
        await officer.do("list", hearing_on="20 Nov")
        await officer.do("deal", decision="short" if language == "en" else "byr")
        await press(pilot, "y")  # the decision suggests a step on the order
        await officer.save(started_on="18 Nov", days="29")
        assert isinstance(officer.app.screen, CaseFormScreen)
        assert focused(officer.app) == "days"
        await officer.save(days="14")
        assert officer.record.scheme.id == "isc"
        assert {line.scheme for line in officer.record.children} == {"isc_breach", "isc_sanction"}
        complete = next(each for each in officer.record.offers if each.action.id == "complete")
        assert complete.reasons
        await officer.go_to("ISCS")
        assert officer.record.facts.value("last_day") == dt.date(2026, 12, 1)
        await officer.do("received", prison="HMP Example", prison_contact="01632 960111")
        assert officer.stage == "in_custody"
        await press(pilot, "escape")
        assert officer.record.scheme.id == "isc"


async def test_a_conditional_caution_from_giving_to_the_record_of_outcome(
    language: str, desk: Desk
) -> None:
    """The condition decides: open, it holds the case back, and the screen says so in words."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open(
            "cond_caution", offender="Bob Example", offence="Damage", offence_on="1 Nov"
        )
        await press(pilot, "3")
        await officer.save(text="Drug awareness course", hours="8")
        await officer.do("give", given_on="18 Nov", authorised_by="Sgt Example")
        assert officer.stage == "in_force"
        complete = next(each for each in officer.record.offers if each.action.id == "complete")
        assert "Drug awareness course" in complete.sentences[0]
        assert complete.sentences[0] in " ".join(shown(officer.app).split())
        await officer.close("condition", "complied")
        await officer.do("complete")
        assert officer.stage == "complied"
        await officer.close("record_outcome")
        assert not list(officer.record.facts.case.open_items())


async def test_a_home_detention_curfew_with_opting_out_and_coming_back(
    language: str, store: Store, desk: Desk
) -> None:
    """Who comes back is where they were; another person than the officer decides."""
    give_roles(store, "decision_maker")
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("omu_hdc", prisoner="Cai Example", hdced="1 Feb 2027", crd="1 Jun 2027")
        await officer.close("eligibility")
        await officer.do("eligible")
        await officer.do("send_address", sent_at="now" if language == "en" else "nawr")
        await officer.do("opt_out")
        assert officer.stage == "opted_out"
        await officer.do("opt_in")
        assert officer.stage == "address_checks"
        await officer.do("address_done")
        await officer.do("submit")
        await officer.do("approve", release_on="1 Feb 2027")
        await officer.close("checks_14_day")
        await officer.close("checks_2_day")
        await officer.do("release", released_on="1 Feb 2027")
        assert officer.record.line.closed


async def test_a_building_fault_of_the_first_priority(
    language: str, desk: Desk, clock: SetClock
) -> None:
    """Danger to life: somebody must be told within a quarter of an hour, and the list says so."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("building_issue", what="Ceiling came down", danger="life")
        assert item(officer, "tell_spos").is_open
        clock.passes(minutes=16)
        await press(pilot, "escape", "ctrl+r", "v")
        assert isinstance(officer.app.screen, CasesScreen)
        [row] = rows(officer.app)
        assert row.mark == "overdue"
        assert row.cells[0].startswith("OVERDUE" if language == "en" else "HWYR")
        await press(pilot, "f3", "down", "enter")
        await officer.do("tell_spos", spos_name="Dai Example", spos_informed_at="10:21")
        await officer.close("make_safe")
        await officer.do("report", helpdesk_ref="HD 12")
        assert officer.stage == "reported"
        await officer.do("accept")
        await officer.do("fix")
        await officer.close("confirm_with_user")
        await officer.do("close")
        assert officer.record.line.closed


async def test_a_grand_master_key_is_lost(language: str, store: Store, desk: Desk) -> None:
    """Two people hand it out; when it is missing an incident opens and the locks are decided."""
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("key", number="GM 1", level="grand master")
        await officer.do("report_missing", kind="key", immediate_action="Searched the office",
                         happened_at="9:30")  # fmt: skip
        assert officer.stage == "missing"
        assert [line.scheme for line in officer.record.children] == ["incident"]
        assert item(officer, "decide_locks").is_open
        await officer.do("tell_spos", spos_name="Dai Example", spos_informed_at="10:00")
        assert not item(officer, "tell_spos").is_open
        await officer.close("decide_locks")
        await press(pilot, "5")
        assert officer.record.scheme.id == "incident"
        assert item(officer, "tell_team_leader").is_open


BIKES = """
[scheme]
id = "bikes"
version = 1
effective_from = 2020-01-01
prefix = "BIKE"
label = { en = "Staff bicycle", cy = "Beic staff" }
retention = { after = "closed_at", years = 3 }
[[stage]]
id = "free"
label = { en = "Free", cy = "Ar gael" }
initial = true
[[stage]]
id = "gone"
label = { en = "Gone", cy = "Wedi mynd" }
terminal = true
[[field]]
id = "colour"
label = { en = "Colour", cy = "Lliw" }
type = "choice"
required = true
options = [
  { id = "red", label = { en = "Red", cy = "Coch" } },
  { id = "other", label = { en = "Other", cy = "Arall" } },
]
[[field]]
id = "which"
label = { en = "Which colour", cy = "Pa liw" }
type = "text"
show_if = { field = "colour", is = "other" }
[[item]]
id = "check"
label = { en = "Brakes", cy = "Brêcs" }
opens = { stage = "free" }
due = { after = "opened_at", days = 2 }
[[action]]
id = "sell"
label = { en = "Sell", cy = "Gwerthu" }
from = ["free"]
to = "gone"
asks = ["which"]
note = "none"
needs_fields = ["colour"]
"""


async def test_a_scheme_that_is_a_file_only_is_used_on_the_screen(
    language: str, desk: Desk
) -> None:
    """No scheme needs Python: its fields, what hides them, its items and actions come from it."""
    folder = Path(paths.settings_folder()) / "schemes"
    folder.mkdir(parents=True)
    (folder / "bikes.toml").write_text(BIKES, encoding="utf-8")
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("bikes")
        assert len(listed_problems(officer.app)) == 1
        assert "#which" not in shown(officer.app)
        which = officer.app.screen.query_one("#which")
        assert not which.is_on_screen
        other = "other" if language == "en" else "arall"
        await fill(pilot, colour=other)
        await press(pilot, "tab")
        await officer.save(which="Green")
        assert officer.record.line.ref.startswith("BIKE-")
        await officer.close("check")
        await officer.do("sell")
        assert officer.stage == "gone"


async def test_a_form_is_taken_up_after_the_line_was_lost(language: str, desk: Desk) -> None:
    """The same words in the same field; and parked it waits on the first page by its name."""
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("key", number="K 7")
        await officer.do("destroy", _note="")
        await fill(pilot, _note="Broken in the lock")
        title = officer.app.screen.query_one("#state").render()
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await settle(pilot)
        assert isinstance(officer.app.screen, CaseFormScreen)
        assert officer.app.screen.query_one("#state").render() == title
        assert focused(officer.app) == "_note"
        await press(pilot, "escape")
        assert isinstance(officer.app.screen, HomeScreen)
        assert "KEY-" in rows(officer.app)[0].cells[2]
        await press(pilot, "enter", "f8")
        assert isinstance(officer.app.screen, HomeScreen)
        assert rows(officer.app) == []


async def test_a_restricted_case_is_seen_by_its_roles_alone(
    language: str, store: Store, desk: Desk
) -> None:
    """Neither in a list, nor in what is found, nor offered as a new one."""
    give_roles(store, "safeguarding_lead")
    async with small(in_language(desk(), language)) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("safeguarding", where_now="In the foyer")
        assert isinstance(officer.app.screen, CaseRecordScreen)
        ref = officer.record.line.ref
    give_roles(store)
    async with small(in_language(desk(), language)) as pilot:
        await press(pilot, "ctrl+g", "c")
        assert rows(pilot.app) == []  # type: ignore[arg-type]
        await fill(pilot, search=ref)
        assert rows(pilot.app) == []  # type: ignore[arg-type]
