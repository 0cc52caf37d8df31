"""Answers that suggest an action, outcomes that need a note, turns of a list, days of actions."""

from __future__ import annotations

import pytest

from deskapp import i18n
from deskapp.data.ids import new_id
from deskapp.services.casework import cases, due_lists, form_answers, forms, loader, told
from deskapp.services.casework.events import Code
from deskapp.services.casework.forms import NOTE, OUTCOME, Verb
from deskapp.services.casework.loader import SchemeError
from deskapp.services.casework.refusals import DUE
from deskapp.services.casework.scheme import Scheme
from deskapp.services.casework.values import write
from deskapp.services.casework.words import item_title
from deskapp.services.paging import Want
from tests.services.casework.desk import STAGES, Desk, toml
from tests.services.casework.shipped import ShippedHand
from tests.services.casework.test_shipped_schemes import MONDAY, desk_of

CHOICE = """
[[field]]
id = "decision"
type = "choice"
options = [
  { id = "stop", label = { en = "A", cy = "B" }, suggests = "%s" },
  { id = "wait", label = { en = "C", cy = "D" } },
]
"""
ON_ORDER = {
    "sentenced_on": "2026-11-02",
    "order_type": "community_order",
    "order_ends_on": "2027-11-01",
    "requirements": ["curfew"],
}


def scheme(body: str, name: str = "test") -> Scheme:
    """A scheme of these parts."""
    return loader.parse(toml(STAGES + body).replace('id = "test"', f'id = "{name}"', 1), "t.toml")


def test_an_answer_can_only_suggest_what_there_is() -> None:
    """An action of the scheme itself is looked up at once."""
    assert scheme(CHOICE % "finish").field_by_id["decision"].options[0].suggests == "finish"
    with pytest.raises(SchemeError, match="nothing called fly"):
        scheme(CHOICE % "fly")


def test_an_action_of_the_parent_is_looked_up_with_all_schemes(tmp_path: object) -> None:
    """Which opens this one is known only then."""
    from deskapp.services.casework import checks

    child = scheme(CHOICE % "parent:go", "child")
    opener = '[[action]]\nid = "open_it"\nfrom = ["first"]\nchild = "child"\n'
    parent = scheme(opener, "parent_of_it")
    assert checks.unknown_in_parents(child, [child, parent]) == []
    assert checks.unknown_in_parents(child, [child, scheme("", "stranger")]) == ["go"]
    assert checks.unknown_in_parents(scheme(CHOICE % "parent:fly", "child"), [parent]) == ["fly"]


def test_a_breach_dealt_with_by_short_custody_suggests_the_committal(shipped: ShippedHand) -> None:
    """On the order, which the breach was opened for; another decision suggests nothing."""
    order = shipped.open("isc", participant="Ann Example")
    first = {"psr_received_on": "2026-10-20", "sentence_hearing_on": "2026-11-02"}
    shipped.call(cases.do, order, "suitable", first)
    shipped.call(cases.do, order, "sentence", ON_ORDER)
    for decision, suggested in (("fine", ""), ("short_custody", "parent:commit_short")):
        breach = new_id()
        shipped.call(cases.do, order, "allege_breach", {"evidence": "x"}, child_id=breach)
        shipped.call(cases.do, breach, "list", {"hearing_on": "2026-11-20"})
        assert told.suggested_by_answers(shipped.look(breach)) == ""
        shipped.call(cases.do, breach, "deal", {"decision": decision})
        assert told.suggested_by_answers(shipped.look(breach)) == suggested
    assert told.suggested_by_answers(shipped.look(order)) == ""


def test_what_could_not_be_tested_needs_a_note(shipped: ShippedHand) -> None:
    """Site and safety sheet, section 3; the form asks for it as well."""
    desk = desk_of("site_check", MONDAY, kind="panic_alarms", starts_on="2026-03-02")
    assert desk.close("panic_alarms#1", "not_possible") == [Code.NOTE]
    assert desk.close("panic_alarms#1", "not_possible", note=" ") == [Code.NOTE]
    assert not desk.close("panic_alarms#1", "not_possible", note="Court sitting late")
    given = {"site": "Aberystwyth", "kind": "panic_alarms", "starts_on": "2026-11-16"}
    case_id = shipped.open("site_check", **given)
    form = forms.about(shipped.look(case_id), shipped.acting, Verb.CLOSE, "panic_alarms#1")

    def wrong(outcome: str) -> list[str]:
        found = form_answers.problems(form, {OUTCOME: outcome}, shipped.acting.now)
        return [problem.field for problem in found]

    assert (wrong("not_possible"), wrong("pass")) == ([NOTE], [])


def test_each_fire_alarm_test_names_its_call_point(shipped: ShippedHand) -> None:
    """A different one each time, on the record and in the list of what is due."""
    i18n.use("en")
    points = ["point_2", "point_5", "point_9"]
    given = {"site": "Aberystwyth", "kind": "fire_alarm", "starts_on": "2026-11-16"}
    case_id = shipped.open("site_check", **given, call_points=points)
    for number in range(1, 5):
        shipped.call(cases.close_item, case_id, f"fire_alarm#{number}", "pass")
    facts = shipped.look(case_id).facts
    titles = [item_title(facts, item) for item in facts.case.of_template("fire_alarm")]
    assert titles == [f"Fire alarm test (Call point {number})" for number in (2, 5, 9, 2, 5)]
    until = shipped.clock.today.replace(year=2027)
    [line] = shipped.store.call_read(due_lists.page, Want(), shipped.acting, until).lines
    assert line.about == "point_5"
    i18n.use("cy")
    assert item_title(facts, facts.case.items["fire_alarm#1"]).endswith("(Pwynt galw 2)")


def test_an_action_of_a_meeting_has_a_day(shipped: ShippedHand) -> None:
    """Casework sheet, section 2.2: owner and due are asked for."""
    desk = desk_of("meeting", MONDAY, meeting_on="2026-03-10")
    fields = {"text": "Ring", "owner": "Ann Example"}
    assert desk.add("action", "a1", values=fields) == [Code.FIELDS]
    assert not desk.add("action", "a1", values=fields, due="2026-03-20")
    assert not desk.add("agenda_line", "l1", values={"text": "Lift"})
    meeting = shipped.open("meeting", meeting_on="2026-11-20")
    form = forms.about(shipped.look(meeting), shipped.acting, Verb.ADD, "action")
    assert DUE in form.needed
    line = forms.about(shipped.look(meeting), shipped.acting, Verb.ADD, "agenda_line")
    assert DUE not in line.needed


def test_nothing_is_added_where_it_could_not_stay() -> None:
    """An item that lives in some stages is not added in another."""
    body = '[[item]]\nid = "extra"\nmany = true\nwhile = ["second"]\n'
    desk = Desk(scheme(body)).open()
    assert desk.add("extra", "e1") == [Code.STAGE]
    assert not desk.do("go")
    assert not desk.add("extra", "e1")


def test_a_series_is_counted_from_the_stage_that_began_it() -> None:
    """The case goes on to another stage; the dates do not move."""
    body = """
[[item]]
id = "look"
opens = { stage = "first" }
every = { weeks = 1 }
from = "entered_at"
"""
    desk = Desk(scheme(body)).open("2026-03-02T09:00")
    assert not desk.do("go", "2026-03-05T09:00")
    assert write(desk.due("look#1", "2026-03-06T09:00")) == "2026-03-09"
    assert write(desk.due("look#3", "2026-03-20T09:00")) == "2026-03-23"


def test_who_missed_a_payment_or_is_late_with_one_varies_nothing() -> None:
    """No payment missed, and none overdue and open; one that is not due yet is no default."""
    desk = desk_of("means", "2026-01-05T10:00", balance="100")
    assert not desk.do("form_in")
    assert not desk.do("assess")
    plan = {"terms": "instalments", "instalment_amount": "40", "period": "weekly"}
    assert not desk.do("decide", values={**plan, "first_payment_on": "2026-01-12"})
    change = {"reason": "more_information"}
    assert not desk.do("vary", "2026-01-12T23:00", values=change)
    assert desk.do("vary", "2026-01-13T09:00", values=change) == [Code.CONDITION]
    assert not desk.close("payment#1", "part_paid", "2026-01-13T10:00")
    assert not desk.do("vary", "2026-01-13T11:00", values=change)


def test_a_helper_who_leaves_suggests_another() -> None:
    """The plan must not stand with one helper."""
    template = desk_of("peep", MONDAY).scheme.template_by_id["helper"]
    assert [outcome.suggests for outcome in template.outcomes] == ["helper_left"]


@pytest.mark.parametrize(
    ("excluded", "variant", "refused"),
    [
        ([], "rotl", False),
        (["escape_list"], "rotl", True),
        (["category_b"], "rotl", False),
        (["category_b"], "overnight_release", True),
        (["escape_list"], "bail", False),
    ],
)
def test_who_is_excluded_goes_on_no_temporary_licence(
    excluded: list[str], variant: str, refused: bool
) -> None:
    """The paper is not made ready; other papers of the same prisoner are."""
    desk = desk_of("omu_paperwork", MONDAY, variant=variant, excluded=excluded)
    assert not desk.do("start")
    assert desk.do("ready") == ([Code.CONDITION] if refused else [])


@pytest.mark.parametrize(
    ("days", "from_day"),
    # 731 days of custody: half is 366; with 100 on remand 316; or two years before release
    [(None, "2027-03-03"), (100, "2027-01-12"), (731, "2026-03-02")],
)
def test_temporary_licence_begins_at_half_of_what_is_left(days: int | None, from_day: str) -> None:
    """The later of that and twenty-four months before release."""
    given = {"sentenced_on": "2026-03-02", "release_date": "2028-03-02"}
    desk = desk_of("omu_paperwork", MONDAY, variant="rotl", remand_days=days, **given)
    assert write(desk.facts().value("eligible_from")) == from_day


def test_a_screening_goes_to_the_next_risk_meeting() -> None:
    """Screened within a working day, then talked about."""
    desk = desk_of(
        "omu_paperwork", MONDAY, variant="mappa", irmt_on="2026-03-12", received_on="2026-03-02"
    )
    assert "irmt" not in desk.case().items
    desk = desk_of(
        "omu_paperwork", MONDAY, variant="visor", irmt_on="2026-03-12", received_on="2026-03-02"
    )
    assert (write(desk.due("prepare")), write(desk.due("irmt"))) == ("2026-03-03", "2026-03-12")


def test_a_licence_is_approved_before_its_stop_date() -> None:
    """A Sunday start: the Friday before, less two working days; the warning two more."""
    desk = desk_of("omu_paperwork", MONDAY, variant="licence", licence_start="2026-03-22")
    assert write(desk.facts().value("licence_stop")) == "2026-03-18"
    assert write(desk.due("prepare")) == "2026-03-18"
    assert write(desk.due("licence_warning")) == "2026-03-16"
    assert write(desk.due("licence_allocation")) == "2026-03-16"


@pytest.mark.parametrize(
    ("holder", "refused"),
    [("ann  example", []), ("Bob Example", []), ("Ann", [Code.CONDITION]), ("", [Code.FIELDS])],
)
def test_whoever_the_key_names_may_hold_it(holder: str, refused: list[Code]) -> None:
    """Nobody has to say that somebody on the list is on the list."""
    desk = desk_of("key", MONDAY, authorised="Ann Example\nBob Example, Caretakers")
    given = {"holder": holder, "issued_at": "2026-03-02T11:00"}
    assert desk.do("issue", values=given)[:1] == refused


def test_a_list_that_is_asked_is_a_field() -> None:
    """The loader looks it up, and a choice of several is a list as well."""
    body = """
[[field]]
id = "who"
type = "text"
[[field]]
id = "names"
type = "choices"
options = ["ann", "bob"]
[[item]]
id = "known"
opens = { when = { field = "who", in = "$names" } }
"""
    desk = Desk(scheme(body)).open(who="Bob", names=["ann"])
    assert "known" not in desk.case().items
    assert not desk.set(names=["ann", "bob"])
    assert "known" in desk.case().items
    with pytest.raises(SchemeError, match="no field called others"):
        scheme(body.replace("$names", "$others"))


def decided(at: str, **terms: str) -> Desk:
    """A means assessment whose terms are decided at a moment."""
    desk = desk_of("means", "2026-03-02T10:00", balance="100")
    assert not desk.do("form_in")
    assert not desk.do("assess")
    assert not desk.do("decide", at, values=terms)
    return desk


def test_an_appeal_has_ten_working_days() -> None:
    """Over Easter that is more than a fortnight."""
    desk = decided("2026-03-27T10:00", terms="by_date", pay_by="2026-05-01")
    assert write(desk.due("appeal_window")) == "2026-04-14"


def test_who_pays_by_a_date_has_one_payment_that_an_extension_moves() -> None:
    """And no instalments; who pays by instalments has no payment in full."""
    desk = decided("2026-03-27T10:00", terms="by_date", pay_by="2026-05-01")
    assert write(desk.due("payment_in_full")) == "2026-05-01"
    assert not any(name.startswith("payment#") for name in desk.case().items)
    more = {"reason": "material_change", "extension": "2026-06-01", "extension_reason": "Ill"}
    assert not desk.do("vary", values=more)
    assert write(desk.due("payment_in_full")) == "2026-06-01"
    plan = {"terms": "instalments", "instalment_amount": "50", "period": "weekly"}
    desk = decided("2026-03-27T10:00", **plan, first_payment_on="2026-04-03")
    assert "payment_in_full" not in desk.case().items
    assert "payment#1" in desk.case().items


@pytest.mark.parametrize(
    ("name", "percent", "per", "period"),
    [
        ("omu_sentence_calc", 20, "officer", "week"),
        ("cond_caution", 10, "officer_in_case", "quarter"),
    ],
)
def test_the_shipped_samples_are_those_of_the_sheet(
    name: str, percent: int, per: str, period: str
) -> None:
    """A fifth of the calculations of each officer and week."""
    [sample] = desk_of(name, MONDAY).scheme.samples
    assert (sample.percent, sample.per, sample.period.value) == (percent, per, period)
