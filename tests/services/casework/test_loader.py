"""Every refusal of the loader, with its line; all of them, not only the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.errors import Exit
from deskapp.services.casework import loader
from deskapp.services.casework.loader import SchemeError
from deskapp.services.casework.parts import Finding
from tests.services.casework.desk import STAGES, toml


def findings(text: str, **templates: str) -> tuple[Finding, ...]:
    try:
        loader.parse(text, "test.toml", templates.get if templates else None)
    except SchemeError as error:
        return error.findings
    return ()


def finding(body: str, stages: str = STAGES) -> str:
    """The one finding of a scheme: the text of its line, then what is wrong."""
    text = toml(stages + body)
    (found,) = findings(text)
    return f"{text.splitlines()[found.line - 1]} | {found.message}"


def test_the_shipped_schemes_have_nothing_wrong() -> None:
    """They are read like any other."""
    files = sorted(loader.SHIPPED_FOLDER.glob("*.toml"))
    assert files
    assert [found for file in files for found in loader.lint(file)] == []
    assert {scheme.id for scheme in loader.shipped()} == {file.stem for file in files}


def test_a_plain_scheme_is_read() -> None:
    """The body that the tests below break."""
    assert findings(toml(STAGES)) == ()


FIELD = '[[field]]\nid = "f"\ntype = "date"\n'
ACTION = '[[action]]\nid = "a"\nfrom = ["first"]\n'
COLOUR = '[[field]]\nid = "f"\ntype = "choice"\noptions = ["a"]\n'
SUM = '[[field]]\nid = "f"\ntype = "text"\n'
OTHER = '[[item]]\nid = "j"\n'
REPORT = '[[report]]\nid = "r"\n'
ITEM = '[[item]]\nid = "i"\nopens = { stage = "first" }\n'


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (FIELD + "colour = 1", "colour = 1", "does not know this key"),
        ("[colours]\na = 1", "[colours]", "does not know this key"),
        (ITEM + 'due = { on = "opened_at", fortnights = 1 }', "due =", "does not know this key"),
        (ITEM + 'due = { on = "f" }', "due =", "no date of the scheme"),
        (ITEM + 'due = { on = "stage:x" }', "due =", "no date of the scheme"),
        (ITEM + 'due = { on = "action:x" }', "due =", "no date of the scheme"),
        (ITEM + 'due = { on = "item:x" }', "due =", "no date of the scheme"),
        (ITEM + 'due = { on = "item:i" }', "due =", "depends on itself"),
        (FIELD + 'derive = { on = "f" }', "derive =", "depends on itself"),
        (FIELD + ITEM + 'due = { after = "f", hours = 1 }', "due =", "need a date and time"),
        (ITEM + 'due = { after = "opened_at", hours = 1, days = 1 }', "due =", "combined"),
        (ITEM + 'due = { after = "opened_at", days = 1.5 }', "due =", "whole number"),
        (ITEM + 'due = { after = "opened_at", days = "$x" }', "due =", "no field called x"),
        (FIELD + ITEM + 'due = { on = "opened_at", days = "$f" }', "due =", "no whole number"),
        (ITEM + 'due = { on = "opened_at", cutoff = "15:00" }', "due =", "working_days only"),
        (ITEM + 'due = { on = "opened_at", roll = "up" }', "due =", "Use one of: next"),
        (ITEM + 'due = { on = "opened_at", snap = "easter" }', "due =", "Use one of: month"),
        (ITEM + 'due = { on = "opened_at", at = "25:00" }', "due =", "Use a time"),
        (ITEM + 'due = { on = "opened_at", after = "f" }', "due =", "exactly one of: after"),
        (ITEM + "due = { earliest = [] }", "due =", "at least one rule"),
        (ITEM + 'due = { choose = [{ on = "opened_at" }, { on = "opened_at" }] }', "due =", "last"),
        ('[[item]]\nid = "i"', "[[item]]", "Nothing opens this item"),
        ('[[item]]\nid = "i"\nlead_of = "i"', "lead_of =", "in a ring"),
        (ITEM + 'lead_of = "x"', "lead_of", "A lead is opened with"),
        (ITEM + 'while = ["x"]', "while =", "nothing called x"),
        (ITEM + 'kind = "x"', "kind =", "Use one of: task"),
        (ITEM + 'suggests = "x"', "suggests =", "nothing called x"),
        (ITEM + "required = 1", "required =", "true or false"),
        (ITEM + 'from = "opened_at"\nevery = { days = 0 }', "every =", "by more than nothing"),
        (ITEM + 'from = "opened_at"\nevery = { days = -1 }', "every =", "by more than nothing"),
        (ITEM + 'from = "x"\nevery = { days = 1 }', "every =", "no date of the scheme"),
        ('[[item]]\nid = "i"\nopens = { stage = "x" }', "opens =", "nothing called x"),
        ('[[item]]\nid = "i"\nopens = { when = { field = "x", set = true } }', "opens", "no field"),
        (
            '[[item]]\nid = "i"\nopens = { when = { count = { item = "x" }, ge = 1 } }',
            "opens =",
            "no item called x",
        ),
        (
            ITEM + OTHER + 'opens = { when = { count = { item = "i", outcome = "x" }, ge = 1 } }',
            "opens =",
            "no outcome called x",
        ),
        (
            FIELD + FIELD,
            "id =",
            "same id",
        ),
        ('[[field]]\nid = "f"\ntype = "colour"', "type =", "Use one of: text"),
        ('[[field]]\nid = "F"\ntype = "text"', "id =", "small letters"),
        ('[[field]]\nid = "f"\ntype = "int"\nmin = "a"', "min =", "does not fit"),
        (
            COLOUR + 'show_if = { field = "f", is = "b" }',
            "show_if =",
            "can never hold",
        ),
        (
            SUM + 'derive = { calculator = "os.system", input = {}, output = "x" }',
            "derive =",
            "Use one of: fines.weekly",
        ),
        ('[[letter]]\nid = "l"\nen = "a"', "[[letter]]", "This key is missing"),
        ('[[variant]]\nid = "v"\n', "[[variant]]", "needs a field called variant"),
        (REPORT + 'over = "x"\nmeasures = ["count"]', "over =", "Use one of: cases"),
        (
            REPORT + 'over = "cases"\nmeasures = ["mode"]',
            "measures =",
            "Use one of: count",
        ),
        (
            REPORT + 'over = "cases"\nmeasures = [{ worst_hours = ["opened_at"] }]',
            "measures =",
            "two anchors",
        ),
        ("[[sample]]\npercent = 101", "percent =", "from 1 to 100"),
        ("[[sample]]\npercent = { choose = [{ value = 0 }] }", "percent =", "from 1 to 100"),
        ("[[sample]]\npercent = { choose = [{}] }", "percent =", "This key is missing"),
        (
            '[[sample]]\npercent = { choose = [{ when = { field = "x", set = true } }] }',
            "percent =",
            "no field called x",
        ),
        (ACTION + 'role = "x"', "role =", "nothing called x"),
        ('[[action]]\nid = "a"\nfrom = ["x"]', "from =", "nothing called x"),
        (ACTION + 'to = "x"', "to =", "nothing called x"),
        (ACTION + 'asks = ["x"]', "asks =", "nothing called x"),
        (
            ACTION + 'needs_items = ["x"]',
            "needs_items",
            "nothing called",
        ),
        (
            ACTION + 'different_person = "x"',
            "different",
            "nothing called",
        ),
        (
            ACTION + "guard = { any = [{}] }",
            "guard =",
            "Give one of",
        ),
        (
            ITEM + ACTION + 'records = { item = "i", outcome = "x" }',
            "records =",
            "nothing called x",
        ),
    ],
)
def test_what_is_wrong_is_found_with_its_line(body: str, line: str, message: str) -> None:
    """One fault, one or more findings, and the first of them on the line of the fault."""
    text = toml(STAGES + body)
    found = findings(text)
    assert any(
        line in text.splitlines()[each.line - 1] and message in each.message for each in found
    ), found


@pytest.mark.parametrize(
    ("stages", "line", "message"),
    [
        ('[[stage]]\nid = "island"', "[[stage]]", "No action leads to this stage"),
        ('[[stage]]\nid = "first"\ninitial = true', "[[stage]]", "Exactly one stage"),
    ],
)
def test_stages_must_be_reached_from_one_beginning(stages: str, line: str, message: str) -> None:
    """Otherwise cases could never be there, or would not know where to begin."""
    assert any(message in each.message for each in findings(toml(STAGES + stages)))


def test_a_stage_that_is_not_terminal_needs_a_way_out() -> None:
    """Staying and coming to itself are none."""
    stages = STAGES + (
        '[[stage]]\nid = "trap"\n[[action]]\nid = "fall"\nfrom = ["second"]\nto = "trap"\n'
    )
    text = toml(stages.replace('from = ["*"]', 'from = ["first"]'))
    (found,) = findings(text)
    assert found.place == "stage trap"
    assert "No action leads out" in found.message


def test_going_back_is_a_way_out() -> None:
    """``@previous`` leaves a hold."""
    stages = STAGES + (
        '[[stage]]\nid = "hold"\nhold = true\n'
        '[[action]]\nid = "rest"\nfrom = ["first"]\nto = "hold"\n'
        '[[action]]\nid = "resume"\nfrom = ["hold"]\nto = "@previous"\n'
    )
    assert findings(toml(stages.replace('from = ["*"]', 'from = ["first"]'))) == ()


def test_a_terminal_stage_needs_a_retention() -> None:
    """Or its cases would be kept for ever."""
    text = toml(STAGES).replace('retention = { after = "closed_at", years = 7 }\n', "")
    (found,) = findings(text)
    assert (found.place, "retention" in found.message) == ("stage ended", True)


@pytest.mark.parametrize("label", ['{ en = "A" }', '{ en = "A", cy = "" }', '"A"', "{}"])
def test_every_label_is_in_both_languages(label: str) -> None:
    """Of a field as of anything else."""
    text = toml(STAGES) + f'[[field]]\nid = "f"\ntype = "date"\nlabel = {label}\n'
    found = findings(text)
    assert found
    assert all("label" in text.splitlines()[each.line - 1] for each in found)


def test_a_label_that_is_missing_is_found() -> None:
    """Of an outcome too."""
    assert "missing" in findings(toml(STAGES) + '[[field]]\nid = "f"\ntype = "date"\n')[0].message
    item = ITEM + 'outcomes = [{ id = "held" }]'
    assert "missing" in finding(item)


def test_dates_in_a_ring_are_found_in_every_part_of_it() -> None:
    """By way of fields, items, amounts and decision tables."""
    text = toml(
        STAGES
        + '[[field]]\nid = "a"\ntype = "date"\nderive = { on = "item:i" }\n'
        + '[[item]]\nid = "i"\nopens = { stage = "first" }\n'
        + 'due = { choose = [{ when = { field = "b", set = true }, on = "opened_at" }] }\n'
        + '[[field]]\nid = "b"\ntype = "int"\n'
        + 'derive = { choose = [{ when = { passed = { on = "a" } }, value = 1 }] }\n'
    )
    places = [found.place for found in findings(text) if "depends on itself" in found.message]
    assert places == ["field a, derive", "item i, due", "field b, derive"]


def test_letters_name_fields_only() -> None:
    """In both languages; a template may go through the items of the case."""
    text = toml(STAGES + FIELD + ITEM + '[[letter]]\nid = "l"\nen = "l_en"\ncy = "l_cy"\n')
    loop = "{% for x in items.i %}{{ x.title }}{% endfor %}"
    assert findings(text, l_en="Due {{ f }}", l_cy=loop) == ()
    wrong = findings(text, l_en="{{ f }} {{ secret }}")
    assert [(each.place, each.message) for each in wrong] == [
        ("letter l, en", "The template names secret, which is no field."),
        ("letter l, cy", "There is no such template."),
    ]


def test_all_findings_come_at_once_in_the_order_of_the_file() -> None:
    """An administrator corrects them in one go."""
    text = toml(STAGES + FIELD + "colour = 1\n" + ITEM + 'due = { on = "x" }\n')
    found = findings(text.replace('cy = "B"', 'cy = ""', 1))
    assert len(found) == 3
    assert [each.line for each in found] == sorted(each.line for each in found)
    with pytest.raises(SchemeError, match=r"(?s)test\.toml, line .*test\.toml, line ") as error:
        loader.parse(text, "test.toml")
    assert error.value.exit_code is Exit.SETTINGS


@pytest.mark.parametrize(
    "text",
    ["[", "a = ", "x = " + "[" * 3000, 'a = "\ud83d"'[:5], "[[stage]]\n" * 1000, "scheme = 3", ""],
)
def test_a_file_that_is_no_scheme_is_refused(text: str) -> None:
    """With a line, and without a crash."""
    assert findings(text)


def test_a_file_that_is_missing_or_huge_is_refused(tmp_path: Path) -> None:
    """It is not even read."""
    with pytest.raises(SchemeError):
        loader.load(tmp_path / "none.toml")
    huge = tmp_path / "huge.toml"
    huge.write_text("#" * (loader.MOST_BYTES + 1), encoding="utf-8")
    with pytest.raises(SchemeError, match="KiB"):
        loader.load(huge)


def test_a_child_scheme_must_be_there(tmp_path: Path) -> None:
    """An action could not open it."""
    file = tmp_path / "a.toml"
    body = ACTION + 'child = "gone"\n'
    file.write_text(toml(STAGES + body), encoding="utf-8")
    with pytest.raises(SchemeError, match="gone"):
        loader.load_all([file])


SHIPPED = (loader.SHIPPED_FOLDER / "isc.toml").read_text(encoding="utf-8").splitlines()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(SHIPPED) - 1),
    st.sampled_from(
        ["", "x = 1", "[x]", "[[item]]", 'id = "psr"', "every = 3", "due = []", "opens = [{}]"]
    ),
)
def test_no_broken_file_makes_the_loader_crash(number: int, put: str) -> None:
    """Whatever line is replaced, there is a scheme or there are findings."""
    lines = [*SHIPPED[:number], put, *SHIPPED[number + 1 :]]
    for found in findings("\n".join(lines)):
        assert 1 <= found.line <= len(lines)
        assert found.message
