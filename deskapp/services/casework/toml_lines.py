"""Which line of a TOML file a value stands on; ``tomllib`` reads values, but not places."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
"""Keys and positions, such as ``("item", 3, "due")``."""

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?")
_KEY = re.compile(
    r"""\s*((?:[\w\-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w\-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#|[\[\]{}]')
_CLOSE = {'"""': re.compile(r'(?<!\\)"""'), "'''": re.compile("'''")}


class Places:
    """The lines of every table and key of a file."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read(text)

    def line(self, path: Path) -> int:
        """The line (1 or more) of what ``path`` names, or of the nearest thing around it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    def _read(self, text: str) -> None:
        table: Path = ()
        for number, line in _statements(text):
            if header := _HEADER.match(line):
                table = self._table(_names(header[2]), is_list=header[1] == "[[")
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*table, *_names(key[1])), number)

    def _table(self, names: list[str], *, is_list: bool) -> Path:
        path: Path = ()
        for name in names:
            path = (*path, name)
            if name is not names[-1] and path in self._counts:
                path = (*path, self._counts[path] - 1)
        if is_list:
            position = self._counts.get(path, 0)
            self._counts[path] = position + 1
            return (*path, position)
        return path


def _names(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines on which a table or key begins; lines that only go on with a value are left out."""
    depth, until = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        rest = line
        if until:
            end = _CLOSE[until].search(rest)
            if end is None:
                continue
            rest, until = rest[end.end() :], ""
        elif depth == 0:
            yield number, line
            key = _KEY.match(line)
            if key is None:
                continue
            rest = line[key.end() :]
        depth, until = _open_after(rest, depth)


def _open_after(rest: str, depth: int) -> tuple[int, str]:
    """How many brackets, and which long text, are open at the end of a line."""
    position = 0
    while token := _TOKEN.search(rest, position):
        position = token.end()
        if token[0] == "#":
            break
        if token[0] in _CLOSE:
            end = _CLOSE[token[0]].search(rest, position)
            if end is None:
                return depth, token[0]
            position = end.end()
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(0, depth - 1)
    return depth, ""
