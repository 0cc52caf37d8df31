"""Content is read file by file; what is broken never takes the rest with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.services.knowledge import blocks, library
from deskapp.services.knowledge.content import Article, Script
from deskapp.services.knowledge.parts import BlockKind, Part
from tests.services.knowledge import content_folder
from tests.services.knowledge.content_folder import ENGLISH, FILES, SCRIPT, WELSH


def test_everything_is_there_by_id(tmp_path: Path) -> None:
    """Screens, search and walks begin here."""
    found = content_folder.loaded(tmp_path)
    assert found.findings == ()
    assert set(found.articles) == {"fine-pay", "fine-late"}
    assert set(found.scripts) == {"s-fine", "s-late"}
    assert [item.id for item in found.items()] == ["s-fine", "s-late", "fine-late", "fine-pay"]
    article = found.item("fine-pay")
    assert isinstance(article, Article)
    assert article.title("cy") == "Talu dirwy llys"
    assert article.users_words("en")[0] == "payment aaa"
    assert "llinell dalu" in article.body("cy")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (ENGLISH, "no header"),
        (ENGLISH, "+++\nid = \n+++\n"),
        (ENGLISH, "+++\nid = 'fine-pay'\nid = 'fine-pay'\n+++\n"),
        (SCRIPT, "id = "),
        (SCRIPT, "node = 3"),
        (SCRIPT, "node = [ 1, 2 ]"),
        (SCRIPT, "[[node]]\nkind = 'dance'"),
        (SCRIPT, "[[node]]\nid = 3\nkind = 'say'\nif = 'x'\noption = [{ key = 1 }]"),
        ("facts.toml", "x = ["),
        ("fields.toml", "form = 1\nextra = 'x'\n[role.a]\nlabel = 2"),
        ("fields.toml", "[extra]\na = 1\n[role]\nb = 2"),
        ("snippets.toml", "=="),
        ("snippets.toml", "[[snippet]]\nid = 'x'"),
        ("articles/notes.txt", "anything"),
    ],
)
def test_a_broken_file_is_a_finding_and_the_rest_works(
    file: str, text: str, tmp_path: Path
) -> None:
    """An editor's slip must not take every script from every desk."""
    found = content_folder.loaded(tmp_path, {file: text})
    assert {finding.file for finding in found.findings} == {file}
    assert found.articles["fine-late"].live
    assert found.scripts["s-late"].live


def test_bytes_that_are_no_text_are_a_finding(tmp_path: Path) -> None:
    """A file saved by a word processor."""
    folder = content_folder.written(tmp_path)
    (folder / ENGLISH).write_bytes(b"\xff\xfe\x00")
    found = library.load(folder)
    assert [(each.rule, each.file) for each in found.findings] == [("E17", ENGLISH)]


def test_welsh_alone_is_no_article(tmp_path: Path) -> None:
    """Its header says only what differs from the English."""
    folder = content_folder.written(tmp_path)
    (folder / ENGLISH).unlink()
    found = library.load(folder)
    assert [(each.rule, each.file) for each in found.findings] == [("E3", WELSH)]
    assert set(found.articles) == {"fine-late"}


def test_what_cannot_be_trusted_is_not_offered(tmp_path: Path) -> None:
    """An unknown status is a draft, an unknown audience is staff."""
    text = FILES[ENGLISH].replace('"live"', '"alive"').replace('"public"', '"everyone"')
    article = content_folder.loaded(tmp_path, {ENGLISH: text}).articles["fine-pay"]
    assert not article.live
    assert article.staff


def test_a_finding_in_a_header_names_its_line(tmp_path: Path) -> None:
    """The header begins in the second line of the file."""
    text = FILES[ENGLISH].replace("version = 2", "version = ")
    (finding,) = content_folder.loaded(tmp_path, {ENGLISH: text}).findings
    line = FILES[ENGLISH].splitlines().index("version = 2") + 1
    assert (finding.rule, finding.where) == ("E1", str(line))


def test_the_digest_changes_with_every_byte(tmp_path: Path) -> None:
    """The index of the search is kept by it."""
    one = content_folder.loaded(tmp_path / "1")
    same = content_folder.loaded(tmp_path / "2")
    other = content_folder.loaded(tmp_path / "3", {WELSH: FILES[WELSH] + " "})
    assert one.digest == same.digest == library.digest(tmp_path / "1")
    assert one.digest != other.digest


def test_a_node_has_what_its_file_says(tmp_path: Path) -> None:
    """The words of the file and those of the model differ in one place: else."""
    script = content_folder.loaded(tmp_path).item("s-fine")
    assert isinstance(script, Script)
    assert script.nodes["known"].otherwise == "means"
    assert script.nodes["means"].scripts() == ("s-late",)
    assert script.nodes["means"].targets() == ("form",)
    assert list(script.nodes) == ["account", "known", "team", "asked", "means", "form", "sent"]


def test_text_is_taken_apart_into_blocks() -> None:
    """Items may go on in the next line, and are numbered by themselves."""
    text = (
        "## Say / Ask\n\nFirst line\nsecond [b]line[/b]\n\n1. one\n   more\n1. two\n- dash\n\nEnd"
    )
    (section,) = blocks.sections(text, "en", first_line=10)
    assert (section.part, section.line) == (Part.SAY, 10)
    assert [(block.kind, block.number, block.text, block.line) for block in section.blocks] == [
        (BlockKind.PARAGRAPH, 0, "First line second [b]line[/b]", 12),
        (BlockKind.NUMBERED, 1, "one more", 15),
        (BlockKind.NUMBERED, 2, "two", 17),
        (BlockKind.BULLET, 0, "dash", 18),
        (BlockKind.PARAGRAPH, 0, "End", 20),
    ]


@pytest.mark.parametrize(
    ("heading", "language", "part"),
    [
        ("Yn fyr", "cy", Part.IN_SHORT),
        ("Beth i’w wneud", "cy", Part.DO),
        ("Os bydd y galwr yn hwyr", "cy", Part.IF),
        ("If the caller is late", "en", Part.IF),
        ("Iffy things", "en", Part.OTHER),
        ("Yn fyr", "en", Part.OTHER),
    ],
)
def test_headings_say_what_a_section_is_for(heading: str, language: str, part: Part) -> None:
    """Only the known words decide what may be copied."""
    assert blocks.part_of(heading, language) is part


def test_the_shipped_content_is_read_whole() -> None:
    """Every file of the package is one that can be read."""
    assert library.shipped().findings == ()
    assert library.shipped() is library.shipped()
