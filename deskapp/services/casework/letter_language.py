"""In which language the person a letter goes to wants it, as far as the desk knows.

Source: casework sheet, section 1.7 (language).
"""

from __future__ import annotations

from contextlib import suppress

from deskapp.data.connection import Connection
from deskapp.roles import User
from deskapp.services import links
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.letters.language import Language
from deskapp.text import fold

_LANGUAGE = (
    "SELECT c.language FROM contact AS c WHERE c.person_id = ? AND c.language <> 'unknown'"
    " ORDER BY c.started_at DESC LIMIT 1"
)


def wanted(connection: Connection, record: CaseRecord, letter_id: str, *, user: User) -> Language:
    """The language of the newest contact of the person that the letter goes to.

    A person is known when they are linked with the case and have the name that is on it.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    letter = next((each for each in record.scheme.letters if each.id == letter_id), None)
    name = record.facts.value(letter.to) if letter else None
    for link in links.of(connection, "case_record", record.line.id, user=user):
        if link.table != "person" or not isinstance(name, str):
            continue
        row = connection.execute("SELECT full_name FROM person WHERE id = ?", (link.id,)).fetchone()
        if row is None or fold(row[0]) != fold(name):
            continue
        for (language,) in connection.execute(_LANGUAGE, (link.id,)).fetchall():
            with suppress(ValueError):
                return Language(language)
    return Language.UNKNOWN
