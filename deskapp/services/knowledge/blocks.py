"""The text of an article as sections and blocks: headings, paragraphs, numbered and bullet items.

This is all of Markdown that articles use, so that a text looks the same on every terminal, can be
read aloud and never becomes markup. Source: knowledge sheet, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskapp.services.knowledge.parts import Block, BlockKind, Part, Section

HEADINGS = {
    "en": {
        Part.IN_SHORT: "In short",
        Part.SAY: "Say / Ask",
        Part.DO: "What to do",
        Part.IF: "If",
        Part.REPLY: "Reply to copy",
        Part.STAFF: "Staff only",
    },
    "cy": {
        Part.IN_SHORT: "Yn fyr",
        Part.SAY: "Dweud / Gofyn",
        Part.DO: "Beth i'w wneud",
        Part.IF: "Os",
        Part.REPLY: "Ateb i'w gopïo",
        Part.STAFF: "Staff yn unig",
    },
}
"""Heading of each part; that of an exception begins with the word and names its case."""

_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(.*)")
_BULLET = re.compile(r"[-*]\s+(.*)")


def sections(text: str, language: str, *, first_line: int = 1) -> tuple[Section, ...]:
    """The sections of an article; what stands before the first heading has an empty one.

    Args:
        text: Everything below the header.
        language: Whose headings it has.
        first_line: Line of the file where ``text`` begins.
    """
    found: list[tuple[str, int, list[tuple[int, str]]]] = [("", first_line, [])]
    for number, line in enumerate(text.splitlines(), first_line):
        if line.startswith("## "):
            found.append((line[3:].strip(), number, []))
        else:
            found[-1][2].append((number, line))
    return tuple(
        Section(part_of(heading, language), heading, tuple(_blocks(lines)), number)
        for heading, number, lines in found
        if heading or any(line.strip() for _number, line in lines)
    )


def part_of(heading: str, language: str) -> Part:
    """What a section with this heading is for."""
    plain = heading.replace("’", "'")
    names = HEADINGS[language]
    if plain.startswith(f"{names[Part.IF]} "):
        return Part.IF
    return next((part for part, name in names.items() if name == plain), Part.OTHER)


def _blocks(lines: list[tuple[int, str]]) -> Iterator[Block]:
    """Blocks of consecutive lines; an item or an empty line begins a new one."""
    open_block: Block | None = None
    counted = 0
    for number, line in lines:
        words = line.strip()
        begun = _begun(words, number, counted)
        if begun or not words:
            if open_block:
                yield open_block
            open_block = begun
            counted = begun.number if begun and begun.number else counted
        elif open_block:
            text = f"{open_block.text} {words}"
            open_block = Block(open_block.kind, text, open_block.line, open_block.number)
        else:
            open_block = Block(BlockKind.PARAGRAPH, words, number)
            counted = 0
    if open_block:
        yield open_block


def _begun(words: str, line: int, counted: int) -> Block | None:
    """The list item that begins with these words, if one does; items are counted by themselves."""
    if item := _NUMBERED.match(words):
        return Block(BlockKind.NUMBERED, item[1], line, counted + 1)
    if item := _BULLET.match(words):
        return Block(BlockKind.BULLET, item[1], line)
    return None
