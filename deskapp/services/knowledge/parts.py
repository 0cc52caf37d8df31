"""What the text of an article is made of, and texts in several languages.

Text is never markup: it is shown as it stands. Source: knowledge sheet, section 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from deskapp.i18n import LANGUAGES

Words = Mapping[str, str]
"""A text by language."""


class Part(StrEnum):
    """What a section of an article is for; the order is that of the article."""

    IN_SHORT = "in_short"
    SAY = "say"
    DO = "do"
    IF = "if"
    REPLY = "reply"
    STAFF = "staff"
    """Never copied, never read out."""
    OTHER = "other"
    """Under a heading that the format does not know."""


class BlockKind(StrEnum):
    """How a block of text is laid out."""

    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLET = "bullet"


@dataclass(frozen=True)
class Block:
    """A paragraph, or one item of a list."""

    kind: BlockKind
    text: str
    """One line of plain text, with its variables."""
    line: int
    """Where it begins in the file."""
    number: int = 0
    """Of a numbered item, counted from one."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    part: Part
    heading: str
    blocks: tuple[Block, ...]
    line: int

    def text(self) -> str:
        """Its blocks as plain text, a line for each; items with their number or dash."""
        marks = {BlockKind.BULLET: "- ", BlockKind.PARAGRAPH: ""}
        return "\n".join(
            marks.get(block.kind, f"{block.number}. ") + block.text for block in self.blocks
        )


@dataclass(frozen=True)
class Edition:
    """An article in one language."""

    language: str
    title: str
    users_words: tuple[str, ...]
    sections: tuple[Section, ...]
    file: str
    """Path below the content folder."""
    translates: int | None = None
    """The English version that a Welsh text was made from."""
    unsure: bool = False
    """Whether a translator must check it."""

    def of(self, part: Part) -> tuple[Section, ...]:
        """The sections of one kind."""
        return tuple(section for section in self.sections if section.part is part)

    def body(self) -> str:
        """Headings and text, for search and printing."""
        return "\n".join(f"{section.heading}\n{section.text()}" for section in self.sections)


def in_both(words: Words) -> bool:
    """Whether a text is there in every language."""
    return all(words.get(language, "").strip() for language in LANGUAGES)
