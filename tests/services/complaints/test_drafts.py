"""What must be put right before a complaint is logged, in the words of section 12."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError
from deskapp.services.complaints import categories, draft_checks, drafts, redirects
from deskapp.services.complaints.drafts import ComplaintDraft
from tests.services.complaints.office import ComplaintOffice, a_complaint_draft, day

MESSAGES: list[tuple[dict[str, Any], str, str]] = [
    ({"received_on": ""}, "received_on", "Enter the date the complaint was received"),
    ({"received_on": "31 11 2026"}, "received_on", "Date received must be a real date"),
    ({"received_on": "soon"}, "received_on", "Date received must be a real date"),
    ({"received_on": "tomorrow"}, "received_on", "Date received must be today or in the past"),
    ({"received_time": "10:08"}, "received_on", "Date received must be today or in the past"),
    ({"categories": ""}, "categories", "Select what the complaint is about"),
    ({"categories": "NONSENSE"}, "categories", "Select what the complaint is about"),
    ({"details": ""}, "details", "Enter what the person told you"),
    ({"summary": "x" * 121}, "summary", "Summary must be 120 characters or less"),
    ({"details": "x" * 20_001}, "details", "Account must be 20,000 characters or less"),
    ({"acting_for": "Bob"}, "authority", "Select whether you have seen authority to act"),
    ({"authority": "seen"}, "acting_for", "Enter on whose behalf the person complains"),
    ({"summary": "abc"}, "summary", "Summary must be 5 characters or more"),
    ({"summary": ""}, "summary", "Enter a summary of one line"),
    ({"channel": "pigeon"}, "channel", "Select how the complaint was received"),
    ({"jurisdiction": ""}, "jurisdiction", "Select the jurisdiction"),
    ({"person_name": ""}, "person_name", "Enter the name of the person, or select anonymous"),
    ({"site": "nowhere"}, "site", "Select the office that must answer"),
    ({"categories": "OTH", "details": "Short"}, "details",
     "Enter 20 characters or more for this category"),
    ({"categories": "ATT"}, "about_staff", "Enter who it is about, or select that it is not known"),
    ({"loss": "lots", "loss_for": "Fare", "loss_evidence": "yes", "loss_direct": "no"}, "loss",
     "Enter an amount in pounds, like 85 or 85.50"),
    ({"part": "lawyer"}, "part_what", "Enter which part is not ours"),
    ({"redirect": "moon"}, "redirect", "Select where you pointed the person to"),
    ({"categories": "COR ENF", "severity": "minor"}, "severity",
     "What it is about makes it major: a team leader can lower it once it is logged"),
    ({"nation": "scotland"}, "nation",
     "A team leader changes the nation: leave it as the office's"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field", "message"), MESSAGES)
def test_each_field_says_what_to_do(
    given: dict[str, Any], field: str, message: str, office: ComplaintOffice
) -> None:
    """The same text stands beside the field and in the summary."""
    found = draft_checks.problems(a_complaint_draft(**given), office.acting())
    assert [(each.field, each.message) for each in found] == [(field, message)]


def test_nothing_is_logged_while_something_is_wrong(office: ComplaintOffice) -> None:
    """Every problem is told at once."""
    with pytest.raises(FormProblemsError) as refused:
        office.log(summary="", details="", categories="")
    assert {each.field for each in refused.value.problems} == {"summary", "details", "categories"}
    count = office.store.call_read(Connection.execute, "SELECT count(*) FROM complaint")
    assert count.fetchone() == (0,)


def test_a_clock_may_be_two_minutes_behind(office: ComplaintOffice) -> None:
    """It is 10:05."""
    assert draft_checks.problems(a_complaint_draft(received_time="10:07"), office.acting()) == []


def test_no_text_asks_in_words_that_officers_do_not_use() -> None:
    """No "please", "sorry", "valid", "invalid", "required"."""
    words = " ".join(message for _given, _field, message in MESSAGES).lower()
    assert not {"please", "sorry", "valid", "invalid", "required"} & set(words.split())


@pytest.mark.parametrize(
    ("typed", "time", "received"),
    [
        ("18 11 2026", "", dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)),
        ("17 11 2026", "", dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC)),
        ("4 7 2025", "00:15", dt.datetime(2025, 7, 3, 23, 15, tzinfo=dt.UTC)),
        ("25 10 2026", "01:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
    ],
)
def test_the_moment_of_receipt_is_that_of_london(
    typed: str, time: str, received: dt.datetime, office: ComplaintOffice
) -> None:
    """Also at night in summer, when it is another day elsewhere, and while the clocks change."""
    draft = a_complaint_draft(received_on=typed, received_time=time)
    assert drafts.received_at(draft, office.acting()) == received


def test_an_old_complaint_is_warned_of_and_logged(office: ComplaintOffice) -> None:
    """Older than 12 months: warn, do not block."""
    exactly = a_complaint_draft(received_on="2025-11-18")
    older = a_complaint_draft(received_on="2025-11-17")
    assert drafts.warnings(exactly, office.acting()) == []
    [warning] = drafts.warnings(older, office.acting())
    assert "12 months" in warning
    assert office.log(received_on="2025-11-17").due_on == day("2025-12-01")


def test_an_anonymous_complaint_keeps_nobody_and_says_that_no_reply_is_owed(
    office: ComplaintOffice,
) -> None:
    """What was typed of a person before is not kept."""
    given = {"anonymous": "yes", "phone": "01632 960001", "postcode": "ZZ1 1ZZ"}
    assert drafts.warnings(a_complaint_draft(**given), office.acting()) == [
        "Anonymous: no reply is owed."
    ]
    record = office.look(office.officer, office.log(**given).id)
    assert record.given.anonymous
    assert (record.given.person_name, record.given.phone, record.line.person_id) == ("", "", "")


def test_while_authority_is_asked_for_nothing_is_disclosed(office: ComplaintOffice) -> None:
    """Logged all the same; the seen authority lifts it."""
    from deskapp.services.complaints.events import Code

    line = office.log(acting_for="Bob Example", authority="requested")
    assert not office.look(office.officer, line.id).may_disclose
    office.take(office.officer, line.id, Code.AUTHORITY, authority="seen")
    assert office.look(office.officer, line.id).may_disclose


@pytest.mark.parametrize(
    ("codes", "severity"), [("COR", "minor"), ("ATT", "major"), ("COR SAF", "major")]
)
def test_severity_follows_from_the_categories(codes: str, severity: str) -> None:
    """Major when one of them is."""
    assert categories.default_severity(codes.split()) == severity


@pytest.mark.parametrize(
    ("codes", "also", "told"),
    [
        ("DPR", {}, ["Tell the team leader at once, in person."]),
        ("LOST DIS", {}, ["Tell the team leader of it.", "Tell the team leader today."]),
        ("POL", {}, ["This is usually not ours to answer: Ctrl+R, X redirects it."]),
        ("LST", {"LST.judge_order": "no"}, []),
        ("LST", {"LST.judge_order": "yes"},
         ["What a judge ordered is not ours to answer: Ctrl+R, X redirects it, or that part."]),
    ],
)  # fmt: skip
def test_what_must_also_happen_is_told_while_it_is_typed(
    codes: str, also: dict[str, str], told: list[str], office: ComplaintOffice
) -> None:
    """A team leader is not told to tell one."""
    draft = a_complaint_draft(categories=codes, also=also)
    assert drafts.warnings(draft, office.acting()) == told
    left = [each for each in told if "Tell" not in each]
    assert drafts.warnings(draft, office.acting(office.leader)) == left
    done = a_complaint_draft(categories=codes, also=also, redirect="lawyer")
    assert [each for each in drafts.warnings(done, office.acting()) if "redirect" in each] == []


def test_a_category_sets_its_flag_and_asks_what_it_asks(office: ComplaintOffice) -> None:
    """Personal information disclosed: the data_breach flag, and the leader at once."""
    line = office.log(categories="DPR")
    assert (line.flags, line.major, line.alert) == (("data_breach",), True, True)
    with pytest.raises(FormProblemsError) as missing:
        office.log(categories="LOST ERR")
    fields = [each.field for each in missing.value.problems]
    assert fields == ["also_LOST.data_breach", "also_ERR.correction"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("no", "no"), ("na", "no"), ("30 11 2026", "2026-11-30")]
)
def test_a_future_hearing_is_asked_of_an_adjustment(
    typed: str, kept: str, office: ComplaintOffice
) -> None:
    """A day, or that there is none."""
    line = office.log(categories="ADJ", also={"ADJ.hearing_on": typed})
    assert office.look(office.officer, line.id).given.also == {"ADJ.hearing_on": kept}


def test_every_category_of_the_sheet_has_a_head_and_words_in_both_languages() -> None:
    """23 codes; what it asks is worded in both."""
    known = categories.all_categories()
    assert len(known) == 23
    for category in known.values():
        for ask in category.asks:
            assert set(ask.labels) == {"en", "cy"}
            assert set(ask.messages) in (set(), {"en", "cy"})
    for redirect in redirects.subjects().values():
        assert set(redirect.labels) == set(redirect.where) == {"en", "cy"}


def test_a_form_gives_its_values_by_name() -> None:
    """What the categories ask has names of its own."""
    draft = ComplaintDraft.from_values(
        {"summary": " A b c d e ", "also_LOST.data_breach": "yes", "unknown": "x"}
    )
    assert (draft.summary, dict(draft.also)) == ("A b c d e", {"LOST.data_breach": "yes"})
