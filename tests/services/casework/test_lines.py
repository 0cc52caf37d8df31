"""Fields of lines, such as incomes: what is typed, kept, read out and summed up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp import i18n
from deskapp.services.casework import answers, cases, loader, shown, typing
from deskapp.services.casework.events import Code
from deskapp.services.casework.loader import SchemeError
from deskapp.services.casework.values import write
from deskapp.services.typed import NotUnderstoodError
from tests.services.casework.desk import STAGES, Desk, toml
from tests.services.casework.shipped import ShippedHand

NOW = dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)
LINES = """
[[field]]
id = "income"
type = "lines"
max = 3
fields = [
  { id = "amount", label = { en = "Amount", cy = "Swm" }, type = "money", required = true },
  { id = "period", label = { en = "Every", cy = "Bob" }, type = "choice", options = [
    { id = "weekly", label = { en = "Week", cy = "Wythnos" } },
    { id = "fortnightly", label = { en = "Two weeks", cy = "Bob pythefnos" } },
  ] },
  { id = "what", label = { en = "What", cy = "Beth" }, type = "text" },
]
[[field]]
id = "weekly"
type = "money"
derive = { calculator = "fines.weekly", output = "income", input = { income = "$income" } }
"""
SCHEME = loader.parse(toml(STAGES + LINES), "test.toml")
FIELD = SCHEME.field_by_id["income"]


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("100 week", [{"amount": "100", "period": "weekly"}]),
        ("1,200.50, week, Wages at the mill", [
            {"amount": "1200.50", "period": "weekly", "what": "Wages at the mill"}]),
        ("100 two weeks wages", [{"amount": "100", "period": "fortnightly", "what": "wages"}]),
        ("40 bob pythefnos\n\n£5 week; 6 week", [
            {"amount": "40", "period": "fortnightly"},
            {"amount": "5", "period": "weekly"},
            {"amount": "6", "period": "weekly"},
        ]),
        (" \n ", []),
        ("100, , Odd jobs", [{"amount": "100", "what": "Odd jobs"}]),
    ],
)  # fmt: skip
def test_each_line_is_read_column_by_column(text: str, wanted: object) -> None:
    """A word for each column; an answer may have more, and the last column has the rest."""
    assert typing.read(FIELD, text, now=NOW) == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("100 week\nmuch week", "Line 2: Enter pounds and pence"),
        ("100 year", "Line 1: Choose one of: Week, Two weeks"),
        (", week", "Line 1: Amount: fill this in"),
        ("1 week\n2 week\n3 week\n4 week", "Write 3 lines or fewer"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, told: str) -> None:
    """Nobody counts lines."""
    with pytest.raises(NotUnderstoodError, match=told):
        typing.read(FIELD, text, now=NOW)


def test_lines_stand_in_the_form_as_they_are_typed() -> None:
    """What is changed is read again, in whichever language."""
    raw = typing.read(FIELD, "1200.50 two weeks Wages\n5 week", now=NOW)
    value = answers.value_of(FIELD, raw)
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert typing.read(FIELD, typing.as_typed(FIELD, value), now=NOW) == [
            {"amount": "1200.50", "period": "fortnightly", "what": "Wages"},
            {"amount": "5.00", "period": "weekly"},
        ]
    i18n.use("en")
    assert shown.value_text(FIELD, value) == "£1,200.50  Two weeks  Wages\n£5.00  Week"
    assert hash(value) == hash(answers.value_of(FIELD, raw))


DESKS = """
[[field]]
id = "desks"
type = "lines"
fields = [
  { id = "of", label = { en = "For", cy = "Ar gyfer" }, type = "text", required = true },
  { id = "since", label = { en = "Since", cy = "Ers" }, type = "date" },
  { id = "rank", label = { en = "Rank", cy = "Safle" }, type = "int" },
]
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("IT 30 11 2026 2", {"of": "IT", "since": "2026-11-30", "rank": 2}),
        ("Building faults, 30 Nov, 2", {"of": "Building faults", "since": "2026-11-30", "rank": 2}),
        ("Building faults, , 2", {"of": "Building faults", "rank": 2}),
        ("IT today", {"of": "IT", "since": "2026-11-18"}),
    ],
)
def test_words_in_the_middle_are_parted_by_commas(text: str, wanted: dict[str, object]) -> None:
    """A day may have several words; a name has one, unless commas say where it ends."""
    desks = loader.parse(toml(STAGES + DESKS), "test.toml").field_by_id["desks"]
    assert typing.read(desks, text, now=NOW) == [wanted]
    typed = typing.as_typed(desks, answers.value_of(desks, [wanted]))
    assert typing.read(desks, typed, now=NOW) == [wanted]
    with pytest.raises(NotUnderstoodError, match="Line 1: too many is too much"):
        typing.read(desks, "IT today 2 too many", now=NOW)


@pytest.mark.parametrize(
    "raw",
    [
        "100 week",
        [{"period": "weekly"}],
        [{"amount": "1", "colour": "red"}],
        [{"amount": "much"}],
        ["100"],
        [{"amount": "1"}] * 4,
    ],
)
def test_an_event_with_other_lines_is_refused(raw: Any) -> None:
    """It may come from a desk with another version of the scheme."""
    assert Desk(SCHEME).open().set(income=raw) == [Code.LIMIT]


def test_the_sum_follows_the_lines() -> None:
    """And is empty, not nothing, while there are none."""
    desk = Desk(SCHEME).open()
    assert desk.facts().value("weekly") is None
    lines = [{"amount": "100", "period": "weekly"}, {"amount": "50", "period": "fortnightly"}]
    assert not desk.set(income=lines)
    assert write(desk.facts().value("weekly")) == "125.00"
    assert write(desk.facts().value("income")) == [
        {"amount": "100.00", "period": "weekly"},
        {"amount": "50.00", "period": "fortnightly"},
    ]
    assert not desk.set(income=[])
    assert desk.facts().value("weekly") is None


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ('type = "lines"', "says its columns here"),
        ('type = "text"\nfields = [{ id = "a", label = { en = "A", cy = "B" }, type = "int" }]',
         "says its columns here"),
        ('type = "lines"\nfields = [{ id = "a", label = { en = "A", cy = "B" }, type = "date",'
         ' derive = { on = "opened_at" } }]', "A column is typed"),
    ],
)  # fmt: skip
def test_the_loader_refuses_what_is_no_field_of_lines(field: str, told: str) -> None:
    """With its line, like every other finding."""
    with pytest.raises(SchemeError, match=told):
        loader.parse(toml(STAGES + '[[field]]\nid = "f"\n' + field), "test.toml")


def test_lines_are_kept_in_the_store(shipped: ShippedHand) -> None:
    """A means assessment with two incomes and a rent."""
    case_id = shipped.open("means", person="Ann Example")
    income = [{"amount": "300", "period": "weekly", "what": "Wages"},
              {"amount": "52", "period": "monthly"}]  # fmt: skip
    rent = [{"amount": "650", "period": "monthly", "what": "Rent"}]
    shipped.call(cases.do, case_id, "form_in", {"income": income, "outgoings": rent})
    facts = shipped.look(case_id).facts
    worked_out = [write(facts.value(name)) for name in ("weekly_income", "weekly_outgoings")]
    assert [*worked_out, write(facts.value("disposable"))] == ["312.00", "150.00", "162.00"]
