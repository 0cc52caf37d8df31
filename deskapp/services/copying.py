"""What may leave the screen by way of the clipboard: no code word, nothing that is withheld.

Source: enquiries sheet, sections 4 and 5.
"""

from __future__ import annotations

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services.persons import person_links, withheld
from deskapp.services.persons.withheld import About
from deskapp.text import words


class NotCopiedError(DeskError):
    """The text holds something that must stay here."""


def check(connection: Connection, about: About, text: str, *, user: User) -> str:
    """``text``, when all of it may be copied.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotCopiedError: If it is empty, or holds the person's code word or a withheld detail, also
            one of somebody else in the case.
    """
    roles.require(user, Act.READ_CONTACTS)
    if not text.strip():
        raise NotCopiedError(_("There is nothing to copy yet."))
    if withheld.cover_about(connection, about).text(text) != text:
        raise NotCopiedError(
            _("Not copied: the text holds an address or number that is withheld. Take it out.")
        )
    if any(_holds(text, word) for word in _code_words(connection, about.person_id)):
        raise NotCopiedError(_("Not copied: the text holds the code word. Take it out."))
    return text


def _code_words(connection: Connection, person_id: str) -> list[str]:
    """Every code word that was agreed with the person, also under a linked record."""
    if not person_id:
        return []
    found = []
    for member in person_links.group(connection, person_id):
        rows = connection.execute(
            "SELECT code_word FROM safe_contact WHERE person_id = ? AND code_word <> ''", (member,)
        ).fetchall()
        found += [str(row[0]) for row in rows]
    return found


def _holds(text: str, code_word: str) -> bool:
    """Whether the words of a code word stand in a text one after the other."""
    held = f" {' '.join(words(text))} "
    return f" {' '.join(words(code_word))} " in held
