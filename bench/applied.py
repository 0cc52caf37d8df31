"""A sync as the desk beside it feels it: another process applies rows, page after page.

``python -m bench.applied FOLDER`` goes on until it is ended. Each page is one transaction with the
capture off, half of it new rows and half rows that are there already; the next follows at once, as
when a desk joins. Source: design sheet of sync, section 6, PULL.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench import store as bare
from deskapp.data import vault
from deskapp.data.connection import Connection
from deskapp.data.store import Store

PAGE_ROWS = 5000
"""As many rows as the sheet's pages have."""


def main() -> None:
    """Apply pages to the store in a folder."""
    folder = Path(sys.argv[1])
    store = Store.open(folder, vault.unlock(folder))
    while True:
        store.call_jot(_apply, bare.contacts(PAGE_ROWS // 2))


def _apply(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute("UPDATE sync_state SET applying = 1")
    marks = ", ".join(f":{name}" for name in rows[0])
    connection.executemany(f"INSERT INTO contact ({', '.join(rows[0])}) VALUES ({marks})", rows)
    connection.execute(
        "UPDATE contact SET question = answer, answer = question, sync_rev = sync_rev + 1"
        " WHERE rowid IN (SELECT rowid FROM contact ORDER BY random() LIMIT ?)",
        (len(rows),),
    )
    connection.execute("UPDATE sync_state SET applying = 0")


if __name__ == "__main__":
    main()
