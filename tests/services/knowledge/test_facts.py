"""A figure is quoted for its day, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp.services.knowledge import facts, variables

FACTS = """
[fee.probate]
unit = "GBP"
source = "S19"
volatile = true
review_by = 2027-05-01
periods = [
  { from = 2024-05-01, value = "273" },
  { from = 2026-05-01, value = "1300.5" },
]

[fee.old]
unit = "GBP"
source = "S19"
review_by = 2026-01-01
periods = [ { from = 2020-01-01, to = 2020-12-31, value = "155" } ]

[jury.mileage]
unit = "pence"
source = "S1"
review_by = 2026-01-01
periods = [ { from = 2020-01-01, value = "31.4" } ]

[jury.hours]
unit = "text"
source = "S1"
volatile = true
review_by = 2027-05-01
periods = [ { from = 2020-01-01, value = { en = "9am to 5pm", cy = "9am tan 5pm" } } ]

[jury.after_200]
unit = "GBP"
source = "S4"
disputed = true
review_by = 2027-05-01
values = [ { value = "228.06", source = "S4" }, { value = "228.60", source = "S38" } ]
"""
KNOWN, FINDINGS = facts.read(FACTS)


def test_facts_are_read_by_their_dotted_names() -> None:
    """The names stand in texts as they are built here."""
    assert FINDINGS == []
    assert list(KNOWN) == [
        "fee.probate", "fee.old", "jury.mileage", "jury.hours", "jury.after_200"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "on", "words", "doubt"),
    [
        ("fee.probate", "2024-05-01", "£273", ""),
        ("fee.probate", "2026-04-30", "£273", ""),
        ("fee.probate", "2026-05-01", "£1,300.50", ""),
        ("fee.probate", "2027-05-01", "£1,300.50", ""),
        ("fee.probate", "2027-05-02", facts.CHECK_FIRST, "overdue"),
        ("fee.probate", "2024-04-30", facts.CHECK_FIRST, "undated"),
        ("fee.old", "2020-12-31", "£155", ""),
        ("fee.old", "2021-01-01", facts.CHECK_FIRST, "undated"),
        ("jury.mileage", "2027-01-01", "31.4p", ""),
        ("jury.after_200", "2026-11-22", facts.CHECK_FIRST, "disputed"),
    ],
)
def test_a_fact_is_quoted_for_its_day(fact: str, on: str, words: str, doubt: str) -> None:
    """Only what changes often goes stale; what is disputed is never said."""
    assert facts.value(KNOWN[fact], "en", on=dt.date.fromisoformat(on)) == (words, doubt)


def test_a_value_can_differ_between_languages() -> None:
    """Hours are words."""
    on = dt.date(2026, 11, 22)
    assert facts.value(KNOWN["jury.hours"], "cy", on=on).words == "9am tan 5pm"


@pytest.mark.parametrize(
    "wrong",
    [
        'unit = "GBP"\nsource = "S1"\nreview_by = 2027-01-01',
        'unit = "GBP"\nsource = "S1"\nreview_by = 2027-01-01\nperiods = [{ value = "1" }]',
        'unit = "GBP"\nsource = "S1"\nreview_by = 2027-01-01\n'
        'periods = [{ from = 2026-01-01, value = "about 3" }]',
        'unit = "text"\nsource = "S1"\nreview_by = 2027-01-01\n'
        'periods = [{ from = 2026-01-01, value = { en = "3pm" } }]',
    ],
)
def test_a_fact_that_cannot_be_used_is_a_finding_and_never_a_value(wrong: str) -> None:
    """One broken line must not take the other figures away."""
    known, found = facts.read(f"[a.b]\n{wrong}\n\n{FACTS}")
    assert {finding.rule for finding in found} == {"E1"}
    assert {finding.where for finding in found} == {"a.b"}
    assert facts.value(known["a.b"], "en", on=dt.date(2026, 11, 22)).doubt
    assert facts.value(known["jury.mileage"], "en", on=dt.date(2026, 11, 22)).words == "31.4p"


def test_variables_are_filled_and_what_is_missing_is_a_gap() -> None:
    """Braces would be sent to a user; a gap in square brackets is seen."""
    text = "{user.name}, ring {court.phone} about {case_ref}: {fact.fee.probate}."
    values = {"user.name": "Ann [/b] Jones\x1b[2J", "case_ref": "  "}
    filled = variables.fill(text, values, "en", known=KNOWN, on=dt.date(2026, 11, 22))
    assert filled.text == (
        "Ann [/b] Jones[2J, ring [phone number of the court] about [case reference]: £1,300.50."
    )
    assert filled.gaps == ("court.phone", "case_ref")


def test_a_fact_in_doubt_is_a_gap_with_its_reason() -> None:
    """The officer is told to check it, and why."""
    text = "{fact.jury.after_200} {fact.none}"
    filled = variables.fill(text, {}, "cy", known=KNOWN, on=dt.date(2026, 11, 22))
    assert filled.text == "[gwiriwch cyn dyfynnu] [i'w lenwi]"
    assert filled.doubts == {"jury.after_200": "disputed"}
    assert facts.REASONS.keys() >= set(filled.doubts.values())


def test_a_figure_that_changes_is_quoted_with_its_day_until_somebody_confirms_it() -> None:
    """Read in one place or known by one person is not yet known."""
    on = dt.date(2026, 11, 22)
    assert facts.since(KNOWN["fee.probate"], on=on) == dt.date(2026, 5, 1)
    assert facts.since(KNOWN["jury.mileage"], on=on) is None
    filled = variables.fill("{fact.fee.probate}", {}, "en", known=KNOWN, on=on)
    assert filled.dated == {"fee.probate": dt.date(2026, 5, 1)}
    for confirmed, asked in (("2026-11-01", None), ("2026-04-01", dt.date(2026, 5, 1))):
        line = f"review_by = 2027-05-01\nconfirmed_on = {confirmed}\nperiods"
        known, found = facts.read(FACTS.replace("review_by = 2027-05-01\nperiods", line, 1))
        assert found == []
        assert facts.since(known["fee.probate"], on=on) == asked
