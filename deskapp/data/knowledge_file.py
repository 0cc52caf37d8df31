"""The search index of the knowledge content: a small SQLite file that can be made again any time.

It holds shipped content only, nothing of people, so it is not encrypted. A file is written once
under a name of its own and moved into place; two processes may do so at once.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2 as sqlite

_MADE = """
CREATE TABLE document (id INTEGER PRIMARY KEY, item TEXT NOT NULL, language TEXT NOT NULL,
 body TEXT NOT NULL);
CREATE INDEX document_by_item ON document (item, language);
CREATE TABLE said (phrase TEXT NOT NULL, document INTEGER NOT NULL,
 PRIMARY KEY (phrase, document)) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE stems USING fts5 (title, words, body, content = '',
 tokenize = 'unicode61');
"""
_LAST_LETTER = "\U0010ffff"
_SAYING = "SELECT document FROM said WHERE phrase >= ? AND phrase < ? ORDER BY phrase LIMIT ?"
_MATCH = (
    "SELECT rowid FROM stems WHERE stems MATCH ? ORDER BY bm25(stems, 4.0, 4.0, 1.0), rowid LIMIT ?"
)


class Document(NamedTuple):
    """An item in one language, as it is kept."""

    item: str
    language: str
    fields: tuple[str, str, str]
    """Stems of title, users' words and body, parted by spaces."""
    said: frozenset[str]
    """Title and users' words, each as a whole, folded."""
    body: Mapping[str, Any]
    """What ranking needs, as JSON can hold it."""


class KnowledgeFile:
    """An index that is only read; threads may share it."""

    def __init__(self, connection: sqlite.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def matching(self, stems: Iterable[str], most: int) -> list[int]:
        """Numbers of the documents with any of ``stems``, the likeliest first."""
        asked = " OR ".join(f'"{stem}"' for stem in stems)
        return [row[0] for row in self._rows(_MATCH, (asked, most))] if asked else []

    def saying(self, phrase: str, most: int) -> list[int]:
        """Numbers of the documents that have the whole of ``phrase``, then of longer ones."""
        rows = self._rows(_SAYING, (phrase, phrase + _LAST_LETTER, most))
        return [row[0] for row in rows]

    def numbers(self, item: str) -> list[int]:
        """Numbers of the documents of one item, one for each language."""
        asked = "SELECT id FROM document WHERE item = ? ORDER BY id"
        return [row[0] for row in self._rows(asked, (item,))]

    def every(self) -> list[int]:
        """Numbers of all documents."""
        return [row[0] for row in self._rows("SELECT id FROM document ORDER BY id", ())]

    def document(self, number: int) -> tuple[str, str, dict[str, Any]]:
        """Item, language and what is kept of one document."""
        asked = "SELECT item, language, body FROM document WHERE id = ?"
        item, language, body = self._rows(asked, (number,))[0]
        return item, language, json.loads(body)

    def about(self, name: str) -> Any:
        """What is kept about the whole index under ``name``."""
        return json.loads(self._rows("SELECT value FROM about WHERE name = ?", (name,))[0][0])

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _rows(self, asked: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            return list(self._connection.execute(asked, values).fetchall())


def in_memory(documents: Iterable[Document], about: Mapping[str, Any]) -> KnowledgeFile:
    """An index that lies in no file."""
    connection = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False)
    _fill(connection, documents, about)
    return KnowledgeFile(connection)


def opened(file: Path) -> KnowledgeFile | None:
    """The index in ``file``, or nothing where there is none that can be read."""
    if not file.is_file():
        return None
    try:
        connection = sqlite.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        connection.execute("SELECT 1 FROM about WHERE name = 'words'").fetchone()
    except sqlite.Error:
        return None
    return KnowledgeFile(connection)


def write(file: Path, documents: Iterable[Document], about: Mapping[str, Any]) -> None:
    """Write an index; whoever reads ``file`` sees a whole one or none.

    Raises:
        OSError: If it cannot be written.
    """
    own = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with closing(sqlite.connect(str(own), isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, documents, about)
        own.replace(file)
    except sqlite.Error as error:
        raise OSError(str(error)) from error
    finally:
        with suppress(OSError):
            own.unlink()


def _fill(
    connection: sqlite.Connection, documents: Iterable[Document], about: Mapping[str, Any]
) -> None:
    connection.executescript(_MADE)
    connection.execute("BEGIN")
    for number, document in enumerate(documents, 1):
        connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?)",
            (number, document.item, document.language, json.dumps(document.body)),
        )
        connection.execute(
            "INSERT INTO stems (rowid, title, words, body) VALUES (?, ?, ?, ?)",
            (number, *document.fields),
        )
        connection.executemany(
            "INSERT INTO said VALUES (?, ?)", [(phrase, number) for phrase in document.said]
        )
    connection.executemany(
        "INSERT INTO about VALUES (?, ?)",
        [(name, json.dumps(value)) for name, value in about.items()],
    )
    connection.execute("COMMIT")
