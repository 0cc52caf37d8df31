"""Plain full-text search, to compare the real one with: SQLite FTS5 and bm25, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlcipher3 import dbapi2 as sqlite


class PlainSearch:
    """Texts and the best of them for some words."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Index ``texts``: pairs of id and text."""
        self._connection = sqlite.connect(":memory:", isolation_level=None)
        self._connection.execute(
            "CREATE VIRTUAL TABLE plain USING fts5 (id UNINDEXED, text,"
            " tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._connection.executemany("INSERT INTO plain VALUES (?, ?)", texts)

    def best(self, words: Iterable[str], most: int) -> list[str]:
        """Ids of the texts with any of ``words`` (at least one), the best first, each once."""
        asked = " OR ".join(f'"{word}"' for word in words)
        rows = self._connection.execute(
            "SELECT id FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?", (asked, 2 * most)
        ).fetchall()
        return list(dict.fromkeys(str(row[0]) for row in rows))[:most]
