"""The court directory: what the file promises, how a court is found, what is read out."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.data import directory
from deskapp.errors import NotFoundError
from deskapp.services.courts import courts
from deskapp.services.courts.courts import Court, Why
from deskapp.services.dates import Nation
from deskapp.text import clean

CARDIFF_CIVIL = "fact:cardiff-civil-and-family-justice-centre"
CARDIFF_CROWN = "fact:cardiff-crown-court"
ABERYSTWYTH = "fact:aberystwyth-justice-centre"
ALL = 10_000


def keys(text: str) -> list[str]:
    """The keys that a search gives, in order."""
    return [found.court.key for found in courts.find(text, limit=ALL)]


def names(text: str) -> list[str]:
    """The English names that a search gives, in order."""
    return [found.court.name for found in courts.find(text, limit=ALL)]


def values(court: Court, language: str, label: str) -> list[str]:
    """The values of one label of the card."""
    return [value for shown, value in courts.card(court, language) if shown == label]


# The file


def test_every_row_of_the_file_is_loaded_with_a_key_of_its_own() -> None:
    """A record keeps the key of its site: two rows with one key would mix two courts."""
    assert len(courts.every()) == len({court.key for court in courts.every()}) == 824


def test_the_columns_of_the_file_are_the_fields_of_a_court() -> None:
    """Rows are read by position, so a new or moved column must fail here."""
    first = (directory.FOLDER / "courts.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert first.split(",") == list(Court._fields)


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("status", {"open", "closed", "unknown"}),
        ("kind", {"court", "service_centre", "venue", "juror_location", "bureau"}),
        ("nation", {"England", "Wales", "Scotland", "Northern Ireland", ""}),
        ("welsh_area", {"Y", "N", ""}),
    ],
)
def test_enumerations_hold_known_values_only(column: str, known: set[str]) -> None:
    """Ranking, calendar and card look these values up."""
    assert {getattr(court, column) for court in courts.every()} <= known


def test_types_of_court_are_known() -> None:
    """A search by the kind of court looks them up."""
    types = {kind for court in courts.every() for kind in court.types}
    assert types == {"county", "crown", "family", "magistrates", "tribunal"}


def test_open_closed_and_unknown_courts_are_as_many_as_the_source_says() -> None:
    """A lost or doubled row would show here first."""
    status = Counter(court.status for court in courts.every())
    assert status == {"open": 466, "closed": 313, "unknown": 45}


@pytest.mark.parametrize(
    ("filled", "among_open", "among_all"),
    [
        # One fewer than was published: the name that SOURCES.md says is left out.
        (lambda court: court.name_cy, 167, 196),
        (lambda court: court.visit_address and court.postcode, 416, 556),
        (lambda court: court.phone, 448, 583),
        (lambda court: court.email, 434, 499),
        (lambda court: court.opening, 396, 489),
        (lambda court: court.epimms_id, 338, 352),
        (lambda court: court.crown_code, 89, 200),
        (lambda court: court.county_code, 145, 179),
        (lambda court: court.lja_code, 150, 177),
        (lambda court: court.ou_code, 220, 246),
        (lambda court: court.juror_code, 82, 104),
    ],
    ids=[
        *("welsh", "address", "phone", "email", "opening", "epimms"),
        *("crown", "county", "lja", "ou", "juror"),
    ],
)
def test_coverage_is_that_of_the_source(
    filled: Callable[[Court], object], among_open: int, among_all: int
) -> None:
    """The coverage table of the source, so that no column slips or is emptied unseen."""
    have = [court for court in courts.every() if filled(court)]
    assert sum(court.status == "open" for court in have) == among_open
    assert len(have) == among_all


def test_open_courts_by_nation_are_as_many_as_the_source_says() -> None:
    """The nation decides which bank holidays a site keeps."""
    nations = Counter(court.nation for court in courts.every() if court.status == "open")
    assert nations == {"England": 411, "Wales": 35, "Scotland": 19, "Northern Ireland": 1}


def test_no_text_of_the_file_could_be_obeyed_by_a_terminal_or_has_damaged_letters() -> None:
    """The file comes from outside; damaged UTF-8 shows as a stray capital A with tilde."""
    for court in courts.every():
        text = repr([getattr(court, column) for column in Court._fields])
        assert clean(text) == text
        assert not re.search("Ã|â€|�", text)


def test_phone_lines_begin_with_a_number_and_email_lines_hold_one_address() -> None:
    """An explanation with a colon in it must not run into the number."""
    for court in courts.every():
        assert all(re.match(r"\d{3}", line.value) for line in court.phones), court.key
        assert all(re.fullmatch(r"\S+@\S+", line.value) for line in court.emails), court.key


# Finding


def test_a_whole_name_comes_first() -> None:
    """Many courts hold the words of another's name."""
    for name in ("Cardiff Crown Court", "Court of Protection", "Blackburn Magistrates' Court"):
        assert names(name)[0] == name


def test_a_court_is_found_by_its_old_name() -> None:
    """Callers use the name on an old letter."""
    (found,) = courts.find("Aberystwyth Magistrates' Court")
    assert (found.court.key, found.why) == (ABERYSTWYTH, Why.OTHER_NAME)
    assert found.reason() == "Other name: Aberystwyth Magistrates' Court"


def test_a_court_is_found_by_the_old_name_in_its_web_address() -> None:
    """A renamed court keeps its web address, for some the only trace of the old name."""
    assert "fact:bournemouth-and-poole-county-court-and-family-court" in keys("Poole County Court")


def test_a_court_is_found_by_its_welsh_name() -> None:
    """A Welsh speaker must not have to know the English name."""
    found = courts.find("Llys y Goron Abertawe")[0]
    assert found.court.name == "Swansea Crown Court"
    assert courts.find("Yr Wyddgrug")[0].why == Why.WELSH_NAME


@pytest.mark.parametrize(
    ("mutated", "radical"),
    [
        ("Nghaerdydd", "Caerdydd"),
        ("yng Nghaerdydd", "Caerdydd"),
        ("i Gaerdydd", "Caerdydd"),
        ("a Chaerdydd", "Caerdydd"),
        ("Ferthyr Tudful", "Merthyr Tudful"),
        ("Lanelli", "Llanelli"),
        ("Ddolgellau", "Dolgellau"),
        ("Nolgellau", "Dolgellau"),
        ("Lys Ynadon Hwlffordd", "Llys Ynadon Hwlffordd"),
        ("gofrestrfa brofiant", "cofrestrfa profiant"),
    ],
)
def test_a_mutated_welsh_name_finds_what_the_radical_finds(mutated: str, radical: str) -> None:
    """Names are heard and typed in the middle of a sentence."""
    assert keys(mutated) == keys(radical) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King's Lynn", "kings lynn"),
        ("King\u2019s Lynn", "KINGS LYNN"),
        ("Cwmbrân", "cwmbran"),
        ("Llys Ynadon Cwmbra\u0302n", "llys ynadon cwmbran"),
        ("Coed-Duon", "coedduon"),
        ("St. Albans", "saint albans"),
        ("crown cardiff court", "Cardiff   Crown, Court"),
        ("magistrates and family court chelmsford", "chelmsford mags family court"),
    ],
)
def test_accents_apostrophes_hyphens_case_and_order_make_no_difference(
    one: str, other: str
) -> None:
    """Nobody should need to know how a name is written to find it."""
    assert set(keys(one)) == set(keys(other)) != set()


@pytest.mark.parametrize(
    ("code", "label", "key"),
    [
        ("827534", "EPIMMS code", ABERYSTWYTH),
        ("b63ad00", "OU code", ABERYSTWYTH),
        ("3253", "LJA code", ABERYSTWYTH),
        ("LJA 3253", "LJA code", ABERYSTWYTH),
        ("102", "County Court code", ABERYSTWYTH),
        ("B60WU00", "OU code", "fact:caernarfon-justice-centre"),
        ("411", "Crown Court code", CARDIFF_CROWN),
        ("751", "Juror location code", "juror:751"),
    ],
)
def test_every_kind_of_code_finds_its_court_and_says_so(code: str, label: str, key: str) -> None:
    """Codes of different kinds look alike: the officer must see which one matched."""
    found = {found.court.key: found for found in courts.find(code, limit=ALL)}[key]
    assert (found.why, found.label) == (Why.CODE, label)


def test_a_short_number_is_not_taken_for_the_start_of_a_code() -> None:
    """Three digits are a whole county code, and a part of hundreds of building codes."""
    codes = [found for found in courts.find("102", limit=ALL) if found.why == Why.CODE]
    assert {found.shown for found in codes} == {"102"}


def test_a_code_is_never_guessed() -> None:
    """One wrong digit is another court, not a slip."""
    assert courts.find("827535") == []


@pytest.mark.parametrize("typed", ["CF10 1ET", "cf101et", " cf10  1et ", "CF10 1E", "cf101e"])
def test_a_postcode_finds_its_court_in_any_form(typed: str) -> None:
    """A postcode is typed with and without its space, and read out letter by letter."""
    (found,) = courts.find(typed)
    assert (found.court.key, found.why, found.shown) == (CARDIFF_CIVIL, Why.POSTCODE, "CF10 1ET")


def test_the_first_half_of_a_postcode_finds_its_courts() -> None:
    """Callers often know only that half."""
    found = courts.find("CF10", limit=ALL)
    assert {one.why for one in found} == {Why.POSTCODE}
    assert {CARDIFF_CIVIL, CARDIFF_CROWN} <= {one.court.key for one in found}


def test_a_postcode_without_a_court_offers_open_courts_of_its_area_and_says_so() -> None:
    """The district comes first; nothing is claimed about distance."""
    found = courts.find("CF10 9ZZ", limit=ALL)
    assert all(one.court.postcode.startswith("CF") for one in found)
    assert {one.court.status for one in found} == {"open"}
    assert {one.reason() for one in found} == {"Same postcode area"}
    assert courts.remark(found).startswith("No court has this postcode.")
    assert courts.remark(courts.find("CF10")) == courts.remark([]) == ""
    assert found[0].shown.partition(" ")[0] == "CF10"
    assert found[-1].shown.partition(" ")[0] != "CF10"


def test_a_place_in_the_address_is_found_after_names() -> None:
    """Buildings are known by their street, and street names hold names of towns."""
    assert courts.find("Queen Victoria Street")[0].why == Why.ADDRESS
    order = [found.why in (Why.ADDRESS, Why.KIND) for found in courts.find("Cardiff", limit=ALL)]
    assert order == sorted(order)
    assert True in order


def test_a_kind_of_court_narrows_a_place() -> None:
    """The county court of Swansea sits in a justice centre whose name does not say so."""
    (found,) = courts.find("swansea county court")
    assert (found.court.name, found.why) == ("Swansea Civil Justice Centre", Why.NAME)


def test_every_letter_typed_keeps_the_court_in_sight() -> None:
    """The list is searched while the officer types."""
    name = "aberystwyth justice centre"
    for end in range(3, len(name) + 1):
        assert ABERYSTWYTH in keys(name[:end]), name[:end]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("crdiff crown", "Cardiff Crown Court"),
        ("Bristlo crown", "Bristol Crown Court"),
        ("birmigham magistates", "Birmingham Magistrates' Court"),
        ("wolverhamton", "Wolverhampton Combined Court Centre"),
    ],
)
def test_a_typing_slip_is_forgiven_and_named(slip: str, meant: str) -> None:
    """A name heard on a bad line is rarely spelt right."""
    found = {found.court.name: found for found in courts.find(slip, limit=ALL)}
    assert found[meant].reason().startswith("Close spelling: ")


def test_close_spellings_are_offered_only_when_nothing_matches() -> None:
    """Poole must not bring courts of other places with it."""
    assert not any(found.close for found in courts.find("poole", limit=ALL))


def test_nothing_found_is_an_empty_list() -> None:
    """Words that no court has, and words that no one court has together."""
    assert courts.find("zzyzx qqqq") == []
    assert courts.find("cardiff newcastle sheffield") == []
    assert courts.find("QQ1 1QQ") == []


@pytest.mark.parametrize(
    "hostile", ["", " ", "%", "'", '"', "_", "*", "\\", "\x1b[", "\0", "😀", "\u202e", "\ud800"]
)
def test_signs_without_a_word_find_nothing(hostile: str) -> None:
    """No sign has a meaning of its own, none is an error."""
    assert courts.find(hostile) == []


def test_signs_around_a_word_are_ignored() -> None:
    """Text pasted from a letter carries quotes and line ends."""
    assert keys("%'\"😀\x1b(Cardiff)\u202e*\n crown\0") == keys("cardiff crown")


@pytest.mark.parametrize("flood", ["x" * 20_000, "court " * 4_000, "a b c d e f g " * 2_000])
def test_a_huge_paste_costs_no_more_than_its_beginning(flood: str) -> None:
    """A whole letter pasted by mistake must not hold the screen."""
    assert courts.find(flood) == courts.find(flood[:200])


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_may_be_searched_for(text: str) -> None:
    """Whatever is typed or pasted gives a list without one court twice."""
    found = [one.court.key for one in courts.find(text, limit=ALL)]
    assert len(found) == len(set(found))


def test_open_courts_come_before_unknown_before_closed() -> None:
    """A closed court must not be the first thing read out."""
    matches = [found.court for found in courts.find("dolgellau", limit=ALL)]
    order = ["open", "unknown", "closed"]
    assert [court.status for court in matches] == sorted(
        (court.status for court in matches), key=order.index
    )
    assert len({court.status for court in matches}) > 1


def test_an_exact_name_comes_first_even_when_closed() -> None:
    """The caller named this court: the card says that it is closed."""
    first = courts.find("Dolgellau Crown Court")[0].court
    assert (first.name, first.status) == ("Dolgellau Crown Court", "closed")


def test_courts_come_before_venues_and_juror_locations() -> None:
    """A hired hall is rarely what a caller asks for."""
    order = ["court", "service_centre", "venue", "juror_location", "bureau"]
    for text in ("hereford", "london", "centre"):
        ranks = [
            order.index(found.court.kind)
            for found in courts.find(text, limit=ALL, open_only=True)
            if found.why == Why.NAME
        ]
        assert ranks == sorted(ranks)


def test_the_beginning_of_a_name_comes_before_a_part_of_a_word() -> None:
    """Poole before Blackpool and Liverpool."""
    found = names("pool")
    assert found[0].startswith("Poole")
    assert found.index("Poole Magistrates' Court") < found.index("Blackpool Family Court")


def test_the_same_search_gives_the_same_order() -> None:
    """An officer learns where in the list a court stands; a limit only cuts."""
    assert keys("court") == keys("court")
    assert [found.court.key for found in courts.find("court", limit=7)] == keys("court")[:7]


def test_closed_courts_and_other_nations_can_be_left_out() -> None:
    """The site choice offers open courts only."""
    found = courts.find("court", limit=ALL, nation="Wales", open_only=True)
    assert {(one.court.nation, one.court.status) for one in found} == {("Wales", "open")}


# One court


def test_a_court_is_had_by_its_key() -> None:
    """Records keep the key."""
    assert courts.by_key(CARDIFF_CROWN).name == "Cardiff Crown Court"


def test_an_unknown_key_says_what_to_do() -> None:
    """A settings file may name a court that a later directory no longer has."""
    with pytest.raises(NotFoundError, match="Search by its name"):
        courts.by_key("fact:nowhere")


def test_the_name_is_shown_in_the_language_asked_for() -> None:
    """English stands in where no Welsh name was published."""
    court = courts.by_key("fact:swansea-crown-court")
    assert court.shown_name("en") == "Swansea Crown Court"
    assert court.shown_name("cy") == "Abertawe - Llys y Goron"
    english_only = next(court for court in courts.every() if not court.name_cy)
    assert english_only.shown_name("cy") == english_only.name


def test_every_open_court_keeps_the_bank_holidays_of_its_nation() -> None:
    """Due dates of a site are counted with them."""
    calendars = {
        court.nation: courts.site_nation(court)
        for court in courts.every()
        if court.status == "open"
    }
    assert calendars == {
        "England": Nation.ENGLAND_AND_WALES,
        "Wales": Nation.ENGLAND_AND_WALES,
        "Scotland": Nation.SCOTLAND,
        "Northern Ireland": Nation.NORTHERN_IRELAND,
    }


def test_a_court_of_no_known_nation_has_no_calendar() -> None:
    """Its nation must be asked for, not guessed."""
    court = next(court for court in courts.every() if not court.nation)
    assert courts.site_nation(court) is None


# The card


def test_every_court_has_a_card_in_both_languages() -> None:
    """No row may lack a term, a label or a readable date."""
    for court in courts.every():
        for language in ("en", "cy"):
            lines = courts.card(court, language)
            assert ("Name", court.shown_name(language)) in lines
            assert all(label and value for label, value in lines)


def test_a_closed_court_says_so_first() -> None:
    """Nobody may be sent to a closed building because the address was read out first."""
    for court in courts.every():
        first = courts.card(court, "en")[0]
        assert (first == ("Status", "Closed. Do not send anyone there.")) == (
            court.status == "closed"
        )


def test_a_court_not_known_to_be_open_says_so_first() -> None:
    """One source alone, without a word on its status, is no promise."""
    court = next(court for court in courts.every() if court.status == "unknown")
    assert courts.card(court, "en")[0][1].startswith("Not known to be open.")


def test_a_name_that_expired_is_flagged() -> None:
    """32 open rows carry a name that a later list ended."""
    flagged = [
        court
        for court in courts.every()
        if any("ended this name" in value for _label, value in courts.card(court, "en"))
    ]
    assert len(flagged) == 32
    assert all("name expired" in court.notes for court in flagged)


def test_the_date_of_the_information_stands_before_any_number() -> None:
    """Most of it is years old: the officer checks before reading it out."""
    lines = courts.card(courts.by_key(ABERYSTWYTH), "en")
    labels = [label for label, _value in lines]
    assert lines[0] == (
        "Information",
        "Check before reading out: this was correct on 5 Mar 2021.",
    )
    assert labels.index("Information") < labels.index("Phone")


def test_information_without_a_date_says_so() -> None:
    """No date is worse than an old one."""
    court = next(court for court in courts.every() if not court.as_of)
    assert any(
        "date of this information is not known" in value for _, value in courts.card(court, "en")
    )


def test_dates_of_information_are_days_that_have_been() -> None:
    """A date in the future would hide how old a number is."""
    gathered = dt.date(2026, 11, 21)
    dates = [dt.date.fromisoformat(court.as_of) for court in courts.every() if court.as_of]
    assert max(dates) <= gathered


def test_phone_lines_say_what_they_are_for() -> None:
    """Several numbers without a word would be read out one after another."""
    court = courts.by_key(ABERYSTWYTH)
    assert values(court, "en", "Phone")[:3] == [
        "01970 621 250 (Enquiries)",
        "0300 123 1142 (Social security and child support)",
        "01633 645112 (Enquiries; Fines enquiries)",
    ]
    assert values(court, "en", "Phone for Welsh speakers") == ["03003035178"]


def test_the_welsh_card_uses_published_welsh() -> None:
    """Terms, names and addresses that HMCTS published in Welsh are not read out in English."""
    court = courts.by_key(CARDIFF_CIVIL)
    assert values(court, "cy", "Visit") == ["2 Stryd Y Parc, Caerdydd, CF10 1ET"]
    assert values(court, "cy", "Name in English") == [court.name]
    (facilities,) = values(court, "cy", "Facilities")
    assert facilities.startswith("Cŵn cymorth; Cyfleuster newid cewynnau babanod")
    (areas,) = values(court, "cy", "Areas of law")
    assert areas.startswith("Mabwysiadu; Methdaliad")
    assert values(court, "cy", "Opening times")[0].startswith("Oriau agor y cownter: ")
    assert any("(plant mewn gofal); Paper process" in line for line in values(court, "cy", "Phone"))


def test_a_term_without_published_welsh_stays_english() -> None:
    """A machine's Welsh would be worse than none."""
    assert directory.term("First Aid", "cy", "facility") == "First Aid"
    assert directory.term("Lift", "en", "facility") == "Lift"
    assert directory.term("LIFT", "cy", "facility") == "Lifft"
