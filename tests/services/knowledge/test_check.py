"""Each rule of the check has a break of its own, which no other rule takes for its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp.services.knowledge import check, entry, indexed, library
from deskapp.services.knowledge.rules_search import Alone
from tests.services.knowledge import content_folder
from tests.services.knowledge.content_folder import (
    ENGLISH,
    FILES,
    OTHER,
    SCRIPT,
    SECOND,
    TODAY,
    WELSH,
)

BREAKS = [
    # rule, file, what stands there, what stands there instead
    ("E1", ENGLISH, 'status = "live"', 'status = "alive"'),
    ("E1", ENGLISH, 'category = "fines"', 'category = "fine"'),
    ("E1", ENGLISH, 'owner = "fines-lead"', 'owner = "Bob"'),
    ("E1", ENGLISH, 'channels = ["phone", "counter"]', 'channels = ["fax"]'),
    ("E1", ENGLISH, 'topics = ["FIN"]', 'topics = ["FINES"]'),
    ("E1", ENGLISH, "version = 2", 'version = "2"'),
    ("E1", ENGLISH, "review_by = 2027-04-01", 'review_by = "soon"'),
    ("E1", ENGLISH, "review_by = 2027-04-01", "review_by = 2027-11-01"),
    ("E1", ENGLISH, "tags = []", 'tagz = ["fine"]'),
    ("E1", ENGLISH, 'audience = "public"\n', ""),
    ("E1", WELSH, 'lang = "cy"', 'lang = "cy"\naudience = "staff"'),
    ("E1", SCRIPT, "must_say = true", 'must_say = "yes"'),
    ("E1", SCRIPT, 'urgency = "today"', 'urgency = "quickly"'),
    ("E1", SCRIPT, 'next = "asked"', 'next = "asked"\noutcome = "MSG"'),
    ("E1", SCRIPT, 'kind = "say"', 'kind = "signpost"'),
    ("E1", SCRIPT, "missing = true", "missing = true, eq = 'x'"),
    ("E1", "facts.toml", 'unit = "phone"', 'unit = "telephone"'),
    ("E1", "fields.toml", 'kind = "text"', 'kind = "words"'),
    ("E2", ENGLISH, 'id = "fine-pay"', 'id = "fine-pays"'),
    ("E2", SCRIPT, 'id = "means"', 'id = "sent"'),
    ("E2", SCRIPT, 'id = "s-fine"', 'id = "s-fines"'),
    ("E3", SCRIPT, ', cy = "Colli swydd"', ""),
    ("E4", WELSH, "translates = 2", "translates = 1"),
    ("E4", SCRIPT, "translates = 1", "translates = 2"),
    ("E5", WELSH, "## Beth i'w wneud", "## Beth wedyn"),
    ("E5", WELSH, "1. Gofynnwch am rif y cyfrif.\n", ""),
    ("E5", WELSH, "Ffoniwch {fact.fine.phone} gyda", "Ffoniwch gyda"),
    ("E5", WELSH, "neu ar-lein", "neu ar-lein o fewn 21 diwrnod"),
    ("E6", WELSH, "Gallwch dalu dirwy dros y ffôn neu ar-lein.",
     "You can pay a fine by phone or online."),
    ("E6", WELSH, "Gallwch dalu dirwy dros y ffôn neu ar-lein.",
     "CY: You can pay a fine by phone or online."),
    ("E6", WELSH, "Gallwch dalu dirwy dros y ffôn neu ar-lein.",
     "You can talu the dirwy by phone or from your account."),
    ("E7", ENGLISH, 'related = ["fine-late"]', 'related = ["fine-late", "fine-gone"]'),
    ("E7", SCRIPT, 'collect = "enquiry.fine_account"', 'collect = "enquiry.account"'),
    ("E7", SCRIPT, '"enquiry.topic" = "FIN"', '"enquiry.topic" = "FINES"'),
    ("E7", SCRIPT, 'to = "fines_team"', 'to = "nobody"'),
    ("E7", SCRIPT, 'goto_script = "s-late"', 'goto_script = "s-gone"'),
    ("E7", SCRIPT, 'goto_script = "s-late"', 'next = "gone"'),
    ("E7", "fields.toml", 'topic = "topic"', 'topic = "topic"\nmood = "mood"'),
    ("E8", SCRIPT, 'then = "team"', 'then = "means"'),
    ("E10", SCRIPT, 'key = "2"', 'key = "1"'),
    ("E10", SCRIPT, 'key = "2"', 'key = "b"'),
    ("E10", SCRIPT, 'key = "2"', 'key = "22"'),
    ("E11", SCRIPT, 'outcome = "FRM"', 'outcome = "FROM"'),
    ("E11", SCRIPT, 'set = { "enquiry.form" = "means form" }', ""),
    ("E11", SCRIPT, 'urgency = "today"', 'urgency = "soon"'),
    ("E13", "facts.toml", 'source = "S25"', 'source = ""'),
    ("E13", "facts.toml", 'source = "S25"', 'source = "S26"'),
    ("E13", ENGLISH, 'facts = ["fine.phone"]', 'facts = ["fine.phones"]'),
    ("E13", ENGLISH, 'facts = ["fine.phone"]', "facts = []"),
    ("E13", ENGLISH, 'sources = ["S25"]', 'sources = ["S26"]'),
    ("E14", ENGLISH, "Ring {fact.fine.phone} with your account number.",
     "Ring {fact.fine.phone}. The team keeps a list of notices that came back."),
    ("E14", ENGLISH, "The team keeps", "Mr Bloggs keeps"),
    ("E14", ENGLISH, 'audience = "public"', 'audience = "staff"'),
    ("E15", ENGLISH, '"payment aaa"', '"a"'),
    ("E16", ENGLISH, '"payment aaa"', '"latecomer aaa"'),
    ("E16", SECOND, "Caller was late with money", "A court fine was paid late"),
    ("E17", ENGLISH, "by phone or online", "by [b]phone[/b] or online"),
    ("E17", ENGLISH, "by phone or online", "by **phone** or online"),
    ("E17", ENGLISH, "by phone or online", "by\tphone or online"),
    ("E17", ENGLISH, "by phone or online", "by\x1b[1m phone or online"),
    ("E17", ENGLISH, "by phone or online", "by phone\u202e or online"),
    ("W1", ENGLISH, "review_by = 2027-04-01", "review_by = 2026-12-01"),
    ("W1", "facts.toml", "review_by = 2027-04-01", "review_by = 2026-11-21"),
    ("W2", ENGLISH, "You can pay", "You can pay " + "here. Then pay " * 20),
    ("W2", ENGLISH, "Ask for the account number", "Ask for one number" + " and one more" * 150),
    ("W2", SCRIPT, "There is a form", "There is a form" + " and a form" * 20),
    ("W3", ENGLISH, '"payment aaa", ', ""),
    ("W5", ENGLISH, "by phone or online", "on www.example.test"),
    ("W5", ENGLISH, "by phone or online", "on pay@example.test"),
]  # fmt: skip


def test_sound_content_has_no_finding(tmp_path: Path) -> None:
    """Else the breaks below would prove nothing."""
    assert content_folder.rules_found(tmp_path, {}) == set()


@pytest.mark.parametrize(("rule", "file", "old", "new"), BREAKS)
def test_each_break_is_found_by_its_rule_alone(
    rule: str, file: str, old: str, new: str, tmp_path: Path
) -> None:
    """An editor who sees one mistake reported five times stops reading."""
    assert FILES[file].count(old) >= 1
    changed = {file: FILES[file].replace(old, new, 1)}
    assert content_folder.rules_found(tmp_path, changed) == {rule}


def test_every_rule_of_the_sheet_has_a_break() -> None:
    """Those that need more than one change have tests of their own below."""
    rules = {f"E{number}" for number in range(1, 18)} | {f"W{number}" for number in range(1, 6)}
    assert rules - {rule for rule, *_change in BREAKS} == {"E9", "E12", "W4"}


def test_a_loop_must_have_a_way_out(tmp_path: Path) -> None:
    """E9: an officer who answers goes round for ever."""
    text = FILES[SCRIPT].replace('next = "asked"', 'next = "account"')
    text = text.replace('goto_script = "s-late"', 'next = "account"')
    text = text.replace('next = "sent"', 'next = "account"')
    assert "E9" in content_folder.rules_found(tmp_path, {SCRIPT: text})


def test_scripts_must_not_send_callers_round_in_a_ring(tmp_path: Path) -> None:
    """E12: each of them looks whole when it is read alone."""
    ring = {
        SCRIPT: FILES[SCRIPT].partition("[[node]]")[0] + _hop("s-late"),
        SECOND: FILES[SECOND].partition("[[node]]")[0] + _hop("s-fine"),
    }
    assert content_folder.rules_found(tmp_path, ring) == {"E12"}


def _hop(script: str) -> str:
    return f"""[[node]]
id = "account"
kind = "say"
say = {{ en = "One moment.", cy = "Un eiliad." }}
goto_script = "{script}"
"""


def test_a_live_article_without_welsh_stops_a_release(tmp_path: Path) -> None:
    """E3; a draft may wait for its translation."""
    folder = content_folder.written(tmp_path)
    (folder / WELSH).unlink()
    found = check.check(library.load(folder), today=TODAY)
    assert [(each.rule, each.file) for each in found.findings] == [("E3", ENGLISH)]
    draft = FILES[ENGLISH].replace('status = "live"', 'status = "draft"')
    (folder / ENGLISH).write_text(draft, encoding="utf-8")
    found = check.check(library.load(folder), today=TODAY)
    assert "E3" not in {each.rule for each in found.findings}


def test_an_article_and_a_script_cannot_share_an_id(tmp_path: Path) -> None:
    """E2: contacts keep the id alone."""
    clash = {
        f"articles/s-fine.{language}.md": FILES[file].replace('"fine-late"', '"s-fine"', 1)
        for language, file in (("en", OTHER), ("cy", "articles/fine-late.cy.md"))
    }
    assert "E2" in content_folder.rules_found(tmp_path, clash)


@pytest.mark.parametrize(("replaced_by", "found"), [("", {"E2"}), ("fine-late", set())])
def test_a_withdrawn_item_names_what_took_its_place(
    replaced_by: str, found: set[str], tmp_path: Path
) -> None:
    """Old contacts still lead to it."""
    changed = {
        name: text.replace('"fine-pay"]', '"fine-late"]')
        for name, text in FILES.items()
        if name in (SCRIPT, OTHER)
    }
    withdrawn = f'status = "withdrawn"\nreplaced_by = "{replaced_by}"'
    changed[ENGLISH] = FILES[ENGLISH].replace('status = "live"', withdrawn)
    assert content_folder.rules_found(tmp_path, changed) == found


def test_what_is_withdrawn_cannot_be_linked(tmp_path: Path) -> None:
    """E7: an officer would be sent to what no longer holds."""
    withdrawn = 'status = "withdrawn"\nreplaced_by = "fine-late"'
    changed = {ENGLISH: FILES[ENGLISH].replace('status = "live"', withdrawn)}
    assert content_folder.rules_found(tmp_path, changed) == {"E7"}


def test_welsh_may_be_behind_for_a_fortnight(tmp_path: Path) -> None:
    """E4: a changed English text need not wait for its translator."""
    content = content_folder.loaded(
        tmp_path, {WELSH: FILES[WELSH].replace("translates = 2", "translates = 1")}
    )
    reviewed = dt.date(2026, 11, 1)
    stops = [
        check.check(content, today=reviewed + dt.timedelta(days=days)).stops for days in (14, 15)
    ]
    assert stops == [0, 1]


def test_an_overdue_volatile_fact_stops_a_release_only(tmp_path: Path) -> None:
    """W1: a figure that changes must be looked at before it is shipped again."""
    text = FILES["facts.toml"].replace("review_by = 2027-04-01", "review_by = 2026-11-21")
    content = content_folder.loaded(tmp_path, {"facts.toml": text})
    assert check.check(content, today=TODAY).stops == 0
    assert check.check(content, today=TODAY, release=True).stops == 1


def test_an_unknown_variable_is_named(tmp_path: Path) -> None:
    """E13: braces would be read out to the caller."""
    changed = {
        ENGLISH: FILES[ENGLISH].replace("by phone", "by {fact.fine.fax}"),
        WELSH: FILES[WELSH].replace("dros y ffôn", "drwy {fact.fine.fax}"),
    }
    assert content_folder.rules_found(tmp_path, changed) == {"E13"}


@pytest.mark.parametrize(
    "text", ["4111 1111 1111 1111", "ring 07911 123456", "claim K00YX123", "Ms Jones"]
)
def test_nothing_personal_stands_in_a_text(text: str, tmp_path: Path) -> None:
    """E14: content is public, and examples are copied."""
    changed = {
        name: FILES[name].replace(old, f"{old} {text}")
        for name, old in ((ENGLISH, "by phone"), (WELSH, "dros y ffôn"))
    }
    assert "E14" in content_folder.rules_found(tmp_path, changed)


def test_safety_scripts_keep_the_key_of_the_emergency_services(tmp_path: Path) -> None:
    """E10: nine is theirs on every step."""
    text = FILES[SCRIPT].replace('key = "2"', 'key = "9"')
    assert content_folder.rules_found(tmp_path, {SCRIPT: text}) == set()
    text = text.replace('start = "account"', 'start = "account"\npriority = "safety"')
    assert content_folder.rules_found(tmp_path, {SCRIPT: text}) == {"E10"}


def test_shared_words_may_be_declared(tmp_path: Path) -> None:
    """E16: some phrases do mean two things."""
    text = FILES[ENGLISH].replace('"payment aaa"', '"latecomer aaa"')
    text = text.replace("tags = []", 'tags = []\nshares_words = ["s-late"]')
    assert content_folder.rules_found(tmp_path, {ENGLISH: text}) == set()


def test_an_item_that_nothing_leads_to_is_an_orphan(tmp_path: Path) -> None:
    """W4: it would be found by its words alone, and only by who knows them."""
    changed = {
        OTHER: FILES[OTHER].replace('topics = ["FIN"]', "topics = []"),
        ENGLISH: FILES[ENGLISH].replace('related = ["fine-late"]', "related = []"),
        SECOND: FILES[SECOND].replace('articles = ["fine-late"]', "articles = []"),
    }
    assert content_folder.rules_found(tmp_path, changed) == {"W4"}


def test_a_finding_names_its_line_or_node(tmp_path: Path) -> None:
    """Nobody searches a file for a mistake that the check has seen."""
    changed = {
        ENGLISH: FILES[ENGLISH].replace("by phone or online", "by [b]phone[/b]"),
        SCRIPT: FILES[SCRIPT].replace('key = "2"', 'key = "1"'),
    }
    content = content_folder.loaded(tmp_path, changed)
    found = {each.file: each.where for each in check.check(content, today=TODAY).findings}
    line = FILES[ENGLISH].splitlines().index("You can pay a fine by phone or online.") + 1
    assert found == {ENGLISH: str(line), SCRIPT: "means"}


@pytest.mark.parametrize("name", ["fine-pay", "s-fine"])
def test_one_item_alone_is_judged_as_it_is_among_the_others(name: str, tmp_path: Path) -> None:
    """A local text is asked nothing less; what is wrong with the others is not its business."""
    changed = {
        ENGLISH: FILES[ENGLISH].replace("by phone or online", "by phone 21 days online").replace(
            'related = ["fine-late"]', 'related = ["fine-gone"]'
        ).replace('"payment aaa"', '"latecomer aaa"'),
        WELSH: FILES[WELSH].replace("neu ar-lein", "neu for the by and of the"),
        SCRIPT: FILES[SCRIPT].replace('key = "2"', 'key = "1"').replace("S25", "S26"),
    }  # fmt: skip
    content = content_folder.loaded(tmp_path, changed)
    item = content.item(name)
    assert item is not None
    own = {ENGLISH, WELSH} if name == "fine-pay" else {SCRIPT}
    among = check.check(content, today=TODAY).findings
    alone = Alone(name, (indexed.of(entry.of(content)),))
    found = check.check(content, today=TODAY, alone=alone).findings
    expected = [each for each in among if each.file in own]
    assert len(expected) >= (3 if name == "fine-pay" else 1)
    assert [each for each in found if each.file in own] == expected
