"""Lists of hearings are read in every published shape, or refused with place and reason."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.services.hearings import checks, reading
from deskapp.services.hearings.items import Code, ReadList
from tests.services.hearings.made_lists import (
    HEADINGS,
    a_case,
    a_row,
    a_sitting,
    crown,
    defendant,
    nested,
    read,
    workbook,
)

SAMPLES = Path(__file__).parents[2] / "cases" / "lists"
WORKBOOK = workbook([["Venue", "Hearing Time", "Case Number"], ["V", 0.5, 12.0]])
LINE = "Kestrel House,Court 1,10.30am,K1,Price v Kestrel,Trial,Judge Rowan"


def codes(found: ReadList) -> list[tuple[str, str]]:
    """Code and place of every finding."""
    return [(finding.code.value, finding.where) for finding in found.findings]


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*.expected.json")), ids=lambda path: path.name[:2]
)
def test_a_published_list_holds_what_its_sample_result_says(path: Path) -> None:
    """The counting rules of the sample lists, to the letter."""
    sample = json.loads(path.read_text())
    found = reading.read_file(SAMPLES / sample["file"]).listed
    assert found.findings == []
    assert found.shape == sample["format"]
    assert json.loads(json.dumps(found.expected)) == sample["expected"]


def test_dropped_details_are_in_no_item() -> None:
    """Birth, address, offences and numbers of people are not needed for a day at court."""
    items = reading.read_file(SAMPLES / "P1-magistrates-standard-nested.json").listed.items
    items += reading.read_file(SAMPLES / "P4-crown-daily.json").listed.items
    kept = repr(items)
    for dropped in (
        "1950-01-01", "Address Line", "AA1 AA1", "drink driving", "ABC1234", "PNC1234", "100yrs",
        "2000-01-01", "TestDefendantAddress", "TestOffence", "TestPrisoner", "TestURN",
    ):  # fmt: skip
        assert dropped not in kept
    assert "Forename A MiddleName A Surname A" in kept


@pytest.mark.parametrize("says", ["yes", "YES ", True, "y"])
def test_of_a_masked_person_only_the_masked_name_is_kept(says: Any) -> None:
    """Also where the list names the person in a note."""
    hidden = defendant("Tregaron", masked_name="Defendant X", masked=says)
    note = "Mr TREGARON by link; Iolo  Tregaron to be called D1"
    found = read(crown(hidden, ListNote=note, Respondent=["Iolo Tregaron"]))
    assert "tregaron" not in repr(found.items).casefold()
    assert found.items[0].parties[0].name == "Defendant X"
    assert "Defendant X by link" in found.items[0].note


def test_a_masked_name_is_not_used_of_somebody_who_is_not_masked() -> None:
    """It is present in published lists all the same."""
    found = read(crown(defendant("Tregaron", masked_name="Defendant X")))
    assert [party.name for party in found.items[0].parties] == ["Iolo Tregaron"]


def test_a_firm_list_has_a_day_for_each_court_list_and_a_reserve_list() -> None:
    """Reserve list entries have no day, so they are no hearings."""
    daily = crown(defendant("Tregaron"))["DailyList"]
    second = json.loads(json.dumps(daily["CourtLists"][0]))
    daily["CourtLists"][0]["SittingDate"] = "2026-11-24"
    second["SittingDate"] = "2026-11-25"
    daily["CourtLists"].append(second)
    found = read({"FirmList": daily | {"ReserveList": [{"CaseNumber": "T20260009"}]}})
    assert found.expected["dates_local"] == ["2026-11-24", "2026-11-25"]
    assert found.expected["reserve_list_entries"] == 1
    assert len(found.items) == 2
    del daily["CourtLists"][1]["SittingDate"]
    assert codes(read({"FirmList": daily})) == [
        ("L_DATE_REQUIRED", "FirmList.CourtLists[1].SittingDate")
    ]


def test_a_time_after_midnight_in_summer_is_of_the_next_day() -> None:
    """Times are UTC; the wall clock is one hour later."""
    found = read(nested(a_sitting(a_case("A"), start="2026-07-01T23:30:00.123456789Z",
                                  sittingEnd="2026-07-02T00:00:00Z")))  # fmt: skip
    item = found.items[0]
    assert (item.day, item.start, item.minutes) == (dt.date(2026, 7, 2), dt.time(0, 30), 30)
    assert found.expected["sittings_ending_on_another_day"] == 0


def test_items_that_agree_in_everything_are_two_hearings() -> None:
    """None may be merged or lost; their position tells them apart."""
    found = read(nested(a_sitting(a_case("A"), a_case("A")), a_sitting(a_case(" a "))))
    assert len(found.items) == 3
    assert found.expected["distinct_import_keys"] == 1
    assert found.expected["items_sharing_a_key"] == 3


def test_what_may_be_missing_is_missing() -> None:
    """No court house name, no room, channels with empty texts, people in arrays of arrays."""
    party = [[{"partyRole": "", "individualDetails": {"individualSurname": "Rhydderch"}}]]
    document = nested(a_sitting(a_case("A", party=party), channel=["", "Video"]), {})
    part = document["courtLists"][0]
    part["courtListName"] = "Kestrel IAC"
    del part["courtHouse"]["courtHouseName"], part["courtHouse"]["courtRoom"][0]["courtRoomName"]
    found = read(document)
    assert found.findings == []
    assert (found.items[0].house, found.items[0].room) == ("Kestrel IAC", "")
    assert found.items[0].channel == "Video"
    assert found.items[0].parties[0].name == "Rhydderch"
    assert found.expected["roles"] == {"": 1}
    assert found.expected["empty_sessions_or_sittings"] == 1


@pytest.mark.parametrize(
    ("text", "hour"), [("9am", 9), ("12am", 0), ("12pm", 12), ("1.05pm\t", 13), (" 11:59pm ", 23)]
)
def test_a_time_is_read_as_it_is_published(text: str, hour: int) -> None:
    """With stray spaces around it."""
    assert checks.clock_time(text).hour == hour


@pytest.mark.parametrize(
    "text", ["13pm", "0am", "10:75am", "10", "10:30", "9 am", "10:30AM", "", "noon", "١٠am", "9amx"]
)
def test_any_other_time_is_refused(text: str) -> None:
    """Publishers let some of these pass; a desk must not guess."""
    found = read([a_row(), a_row(hearingTime=text)])
    assert codes(found) == [("L_TIME", "row 2")]
    assert len(found.items) == 1


@pytest.mark.parametrize("value", ["2026-11-23T10:00:00", "10:00", "2026-02-30T10:00:00Z", 5, None])
def test_a_sitting_without_an_instant_is_refused(value: Any) -> None:
    """A hearing at the wrong hour is worse than one that is asked for."""
    found = read(nested(a_sitting(a_case("A"), start=value), a_sitting(a_case("B"))))
    assert {finding.code for finding in found.findings} == {Code.TIME}
    assert [item.case_ref for item in found.items] == ["B"]


@pytest.mark.parametrize("text", ["a <b>c", "</x>", "a\tb", "bell\x07", "c1\x9b", "nul\x00"])
def test_a_tag_or_control_character_refuses_its_row_only(text: str) -> None:
    """In a row, in a case, in a Crown hearing; what leads to an item counts for it."""
    rows = read([a_row(), a_row(additionalInformation=text), a_row()])
    assert codes(rows) == [("L_TAG", "row 2")]
    assert [item.where for item in rows.items] == ["row 1", "row 3"]
    two = read(nested(a_sitting(a_case("A", caseName=text)), a_sitting(a_case("B"))))
    assert [finding.code for finding in two.findings] == [Code.TAG]
    assert [item.case_ref for item in two.items] == ["B"]
    room = nested(a_sitting(a_case("A")))
    room["courtLists"][0]["courtHouse"]["courtRoom"][0]["courtRoomName"] = text
    assert read(room).items == []
    assert codes(read(crown(ListNote=text)))[0][0] == "L_TAG"


@pytest.mark.parametrize("text", ["a < b", "5 > 3", "line\r\nbreak", "Siân Ŵyn-ap-Huw", "=1+1"])
def test_other_signs_are_kept(text: str) -> None:
    """A lone < is fine, and nothing is stripped."""
    found = read([a_row(caseName=text)])
    assert found.items[0].case_name == text.replace("\r\n", "\n")


def test_three_fields_of_magistrates_lists_may_hold_a_word_in_angles() -> None:
    """As published; a closing tag is refused there too, and other lists allow neither."""

    def of(name: str, key: str) -> ReadList:
        party = [{"partyRole": "X", "organisationDetails": {"organisationName": name}}]
        return read(nested(a_sitting({key: "A", "party": party})))

    assert of("Swans <north>", "caseUrn").items[0].parties[0].name == "Swans <north>"
    assert codes(of("Swans </north>", "caseUrn"))[0][0] == "L_TAG"
    assert codes(of("Swans <north>", "caseNumber"))[0][0] == "L_TAG"


def test_a_restriction_of_any_kind_counts() -> None:
    """On the case, in either spelling, or on an offence of a party."""
    offence = [{"offence": [{"reportingRestrictionDetails": ["Section 45"]}]}]
    cases = [
        a_case("A", reportingRestriction=True),
        a_case("B", reportingRestrictionDetail=["Section 39"]),
        a_case("C", party=offence),
        a_case("D", reportingRestriction=False, reportingRestrictionDetails=["", " "]),
    ]
    found = read(nested(a_sitting(*cases)))
    assert [item.restricted for item in found.items] == [True, True, True, False]
    assert found.items[2].restriction == "Section 45"


def test_a_flat_list_may_have_several_arrays_and_one_that_is_no_hearings() -> None:
    """The name of each array is kept."""
    found = read(
        {
            "administrativeCourt": [a_row()],
            "planningCourt": [a_row(), a_row(hearingTime="25am")],
            "openJusticeStatementDetails": [{"nameToBeDisplayed": "N", "email": "n@example.com"}],
        }
    )
    assert found.expected["sections"] == {"administrativeCourt": 1, "planningCourt": 2}
    assert codes(found) == [("L_TIME", "planningCourt row 2")]
    assert {item.section for item in found.items} == {"administrativeCourt", "planningCourt"}


def test_a_weekly_list_says_its_days() -> None:
    """Then the date is not asked for; a day that is none, or missing, refuses its row."""
    rows = [
        {"date": day, "caseName": "N", "venue": "V"} for day in ("16/12/2024", "30/02/2024", "")
    ]
    found = read(rows)
    assert not found.asks_date
    assert found.items[0].day == dt.date(2024, 12, 16)
    assert codes(found) == [("L_TIME", "row 2"), ("L_DATE_REQUIRED", "row 3")]
    assert found.expected["dates_in_rows"] == ["2024-12-16"]


def test_names_come_from_every_heading_for_judges_one_a_line() -> None:
    """Judges with members, as the Upper Tribunal publishes them."""
    found = read([a_row(judge="Judge A\r\nJudge B", members="M C")])
    assert found.items[0].judiciary == ("Judge A", "Judge B", "M C")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"{",
        b"[1, 2]",
        b"{}",
        b"[]",
        b'{"WarnedList": {}}',
        b'{"document": {"data": {"job": {"sessions": []}}}}',
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0old workbook",
        b"PK\x03\x04 no workbook",
        b"[" * 100_000,
        b"Name,Colour\r\nA,b\r\n",
        HEADINGS.encode(),
        f'{HEADINGS}\n{LINE}\n"never closed,'.encode(),
        b"\xff\xfe\x00",
        b'{"courtLists": 7}',
        b'{"courtLists": ["x"]}',
    ],
    ids=range(18),
)
def test_what_is_no_list_is_refused_as_one(content: bytes) -> None:
    """In words, never with a crash."""
    found = reading.read(content)
    assert {finding.code for finding in found.findings} == {Code.COLUMNS}
    assert found.items == []


def test_a_file_larger_than_a_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is taken apart."""
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert [finding.code for finding in reading.read(b" " * 11).findings] == [Code.COLUMNS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_as_desks_save_it(encoding: str, separator: str) -> None:
    """Byte order marks, Windows letters, titles and empty rows, headings that come again."""
    rows = ["Daily list", "", HEADINGS, "", LINE.replace("Price", "Siân"), ",,,,,,", HEADINGS]
    text = "\r\n".join(rows).replace(",", separator)
    found = reading.read(text.encode(encoding))
    assert found.findings == []
    assert [(item.where, item.case_name) for item in found.items] == [("row 5", "Siân v Kestrel")]
    assert found.items[0].judiciary == ("Judge Rowan",)


def test_a_row_with_other_cells_than_headings_is_refused() -> None:
    """A comma that was not quoted would put everything one place off."""
    found = reading.read(f"{HEADINGS}\n{LINE},extra\n{LINE}\nonly,two\n".encode())
    assert codes(found)[:1] == [("L_COLUMNS", "row 2")]
    assert ("L_COLUMNS", "row 4") in codes(found)
    assert [item.where for item in found.items] == ["row 3"]


def test_a_heading_that_stands_twice_refuses_the_list() -> None:
    """Nobody can say which column is meant."""
    found = reading.read(f"{HEADINGS},Venue\n{LINE},Other\n".encode())
    assert codes(found) == [("L_COLUMNS", "row 1")]
    assert found.items == []


def test_a_row_of_a_json_list_without_its_case_is_refused() -> None:
    """The other rows have one."""
    broken = a_row()
    del broken["caseNumber"]
    found = read([a_row(), broken, a_row(caseNumber="", caseName=" "), 7])
    assert {place for _code, place in codes(found)} == {"row 2", "row 3", "row 4"}
    assert len(found.items) == 1


def test_a_workbook_is_read_with_its_serial_dates_and_merged_cells() -> None:
    """45642 is 16 December 2024, 0.4375 is 10:30, and 1234.0 is case 1234."""
    headings: list[str | float] = ["Venue", "Date", "Hearing Time", "Case Number", "Case Name "]
    rows: list[list[str | float]] = [
        ["Weekly list"],
        headings,
        ["Kestrel House", 45642, 0.4375, 1234.0, "Price v Kestrel"],
        ["", "17/12/2024", "2pm", "T/2", "Siân v Swan\nHomes"],
    ]
    found = reading.read(workbook(rows, merged="A3:A4"))
    assert found.shape == "xlsx"
    assert found.findings == []
    first, second = found.items
    assert (first.day, first.start, first.case_ref) == (
        dt.date(2024, 12, 16),
        dt.time(10, 30),
        "1234",
    )
    assert (second.house, second.start) == ("Kestrel House", dt.time(14))
    assert second.case_name == "Siân v Swan\nHomes"


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    """One cell in the last corner makes a sheet of seventeen thousand million."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = reading.read(workbook([["Venue", "Hearing Time", "Case Number"]], extra=far))
    assert codes(found) == [("L_COLUMNS", "")]


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_damaged_workbook_makes_the_reader_fail(spots: list[tuple[int, int]]) -> None:
    """It is a packed file of several parts; each may be hurt."""
    content = bytearray(WORKBOOK)
    for place, byte in spots:
        content[place % len(content)] = byte
    assert reading.read(bytes(content))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["courtLists", "courtHouse", "courtRoom", "session", "sittings", "hearing", "case",
             "party", "DailyList", "CourtLists", "Sittings", "Hearings", "Defendants",
             "PersonalDetails", "sittingStart", "caseNumber", "time", "date", "judiciary"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=30,
)  # fmt: skip


@given(JSON)
def test_no_file_makes_the_reader_fail(document: Any) -> None:
    """Whatever stands where."""
    for found in (read(document), read({"courtLists": [document]}), read({"DailyList": document})):
        assert found.items or found.findings or found.expected


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    """Also behind headings and inside what looks like a workbook."""
    for start in (b"", HEADINGS.encode() + b"\n", b"PK\x03\x04"):
        assert reading.read(start + content)
