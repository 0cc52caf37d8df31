"""The one place that decides what may not be shown of a person, and says so in its stead.

A confidential address covers every way to reach the person, wherever it was written and whenever;
"do not call" covers the phone number. The store keeps it all: nobody is shown it. What is covered
is looked for in free text too, and a search for it finds nothing. A text about a case is covered
for everybody in it: the other side may have been told, and told us.
Source: enquiries sheet, sections 4, 5 and 6.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from deskapp.data.connection import Connection
from deskapp.data.words import fold_words
from deskapp.i18n import _
from deskapp.services.persons import marker_kinds, person_links, safe_contact
from deskapp.text import compact, words

_LEAST = 5
"""Letters and digits of a value that is looked for in free text; fewer would be found anywhere."""
_VALUE_ROWS = 500
_FROM_ABROAD = re.compile("^(?:(?:00)?44)?0*")


class Cover(NamedTuple):
    """What must not be shown of one person."""

    address: bool = False
    """Nothing of how to reach them: the address is confidential."""
    call: bool = False
    """Not the phone number: the person must not be rung."""
    values: tuple[str, ...] = ()
    """What is covered, as it was typed."""
    others: bool = False
    """Some of it is of somebody else in the case, whose address is confidential."""

    @property
    def hides_matches(self) -> bool:
        """Whether a search may have found a text by nothing but what is covered."""
        return self.address or self.others

    def phone(self, number: str) -> str:
        """A phone number as it may be shown."""
        return self._instead(number, self.address or self.call)

    def email(self, address: str) -> str:
        """An email address as it may be shown."""
        return self._instead(address, self.address)

    def postcode(self, postcode: str) -> str:
        """A postcode, or another part of an address, as it may be shown."""
        return self._instead(postcode, self.address)

    def text(self, text: str) -> str:
        """Free text without what is covered, however it is spaced."""
        for value in self.values:
            text = _pattern(value).sub(_("[withheld]"), text)
        return text

    def anywhere(self, value: Any) -> Any:
        """A value of JSON, whatever its shape, without what is covered."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.anywhere(each) for each in value]
        if isinstance(value, Mapping):
            return {name: self.anywhere(each) for name, each in value.items()}
        return value

    def _instead(self, value: str, covered: bool) -> str:
        hidden = covered or self.text(value) != value
        return _("withheld") if value and hidden else value


OPEN = Cover()


class About(NamedTuple):
    """Whom and what a text is about; either may be empty."""

    person_id: str = ""
    case_key: str = ""


def cover(connection: Connection, person_id: str | None) -> Cover:
    """What must not be shown of one person; nothing is covered of nobody."""
    return covers(connection, [person_id or ""]).get(person_id or "", OPEN)


def about_of(values: Mapping[str, str]) -> About:
    """Whom and what a form is about."""
    return About(values.get("person_id", ""), compact(values.get("case_ref", "")))


def cover_about(connection: Connection, about: About) -> Cover:
    """What must not be shown in a text about a person and a case."""
    return covers_about(connection, [about]).get(about, OPEN)


def covers_about(connection: Connection, texts: Iterable[About]) -> Mapping[About, Cover]:
    """The same for the texts of a list; one in which nothing is covered is not in it."""
    asked = set(texts)
    in_cases = _in_cases(connection, {each.case_key for each in asked if each.case_key})
    persons = {each.person_id for each in asked}.union(*in_cases.values())
    of_persons = covers(connection, persons)
    if not of_persons:
        return {}
    found = {}
    for each in asked:
        own = of_persons.get(each.person_id, OPEN)
        there = (of_persons.get(person, OPEN) for person in in_cases.get(each.case_key, ()))
        theirs = {value for other in there if other.address for value in other.values}
        values = sorted(theirs.union(own.values), key=len, reverse=True)
        if own != OPEN or values:
            found[each] = own._replace(values=tuple(values), others=bool(theirs))
    return found


def _in_cases(connection: Connection, case_keys: set[str]) -> Mapping[str, set[str]]:
    """Who is known to be in these cases."""
    if not case_keys:
        return {}
    rows = connection.execute(
        " UNION ".join(
            f"SELECT case_key, person_id FROM {table}"
            " WHERE case_key IN (SELECT value FROM json_each(?1)) AND person_id <> ''"
            for table in ("contact", "complaint", "support_need", "marker")
        ),
        (json.dumps(sorted(case_keys)),),
    ).fetchall()
    found: dict[str, set[str]] = {}
    for case_key, person_id in rows:
        found.setdefault(case_key, set()).add(person_id)
    return found


def covers(connection: Connection, persons: Iterable[str | None]) -> Mapping[str, Cover]:
    """The same for the persons of a list, by id; who has nothing covered is not in it."""
    asked = {each for each in persons if each}
    if not asked:
        return {}
    linked = _linked(connection, asked)
    groups = {
        each: person_links.group(connection, each) if each in linked else (each,) for each in asked
    }
    members = {member for group in groups.values() for member in group}
    confidential, silent = _confidential(connection, members), _silent(connection, members)
    found = {}
    for each, group in groups.items():
        address = not confidential.isdisjoint(group)
        call = not silent.isdisjoint(group) and safe_contact.must_not_call(connection, group)
        if address or call:
            found[each] = Cover(address, call, _values(connection, group, address=address))
    return found


def found_by(text: str, *shown: str) -> bool:
    """Whether a search for ``text`` matches what may be shown, as the index would match it."""
    known = fold_words(*shown).split()
    whole = compact(text).lower()
    if whole and any(word.startswith(whole) for word in known):
        return True
    return all(any(word.startswith(each) for word in known) for each in words(text))


def _linked(connection: Connection, persons: set[str]) -> set[str]:
    """Which of these persons were ever linked with another."""
    rows = connection.execute(
        "WITH asked AS (SELECT value FROM json_each(?))"
        " SELECT from_id FROM record_link"
        " WHERE from_table = 'person' AND from_id IN (SELECT value FROM asked)"
        " UNION SELECT to_id FROM record_link"
        " WHERE to_table = 'person' AND to_id IN (SELECT value FROM asked)",
        (json.dumps(sorted(persons)),),
    )
    return {str(row[0]) for row in rows}


def _confidential(connection: Connection, persons: set[str]) -> set[str]:
    """Whose address is confidential; one that is still to be confirmed counts."""
    rows = connection.execute(
        "SELECT person_id FROM marker WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND ended_on = '' AND code IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(persons)), json.dumps(marker_kinds.codes("withholds"))),
    )
    return {str(row[0]) for row in rows}


def _silent(connection: Connection, persons: set[str]) -> set[str]:
    """Who said that they must not be rung."""
    rows = connection.execute(
        "SELECT person_id FROM safe_contact WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND ok_to_call = 'no'",
        (json.dumps(sorted(persons)),),
    )
    return {str(row[0]) for row in rows}


def _values(connection: Connection, group: Iterable[str], *, address: bool) -> tuple[str, ...]:
    """What is covered of one human being, from all that is kept of them."""
    columns = "phone, email, postcode" if address else "phone"
    lines = ", address" if address else ""
    found: dict[str, None] = {}
    for person_id in group:
        for sql in (
            f"SELECT {columns} FROM person WHERE id = ?",
            f"SELECT DISTINCT {columns} FROM contact WHERE person_id = ? LIMIT {_VALUE_ROWS}",
            f"SELECT DISTINCT {columns}{lines} FROM complaint WHERE person_id = ?"
            f" LIMIT {_VALUE_ROWS}",
        ):
            for row in connection.execute(sql, (person_id,)).fetchall():
                values = (line.strip() for value in row for line in value.splitlines())
                found.update(dict.fromkeys(each for each in values if len(compact(each)) >= _LEAST))
    return tuple(sorted(found, key=len, reverse=True))


def _pattern(value: str) -> re.Pattern[str]:
    """Finds a value however it is spaced; a phone number also as it is dialled from abroad."""
    letters = compact(value)
    begin = r"(?<!\w)"
    if letters.isdigit():
        letters = _FROM_ABROAD.sub("", letters)
        begin = r"(?<!\w)(?=[\w+(])(?:\+?(?:00)?44)?[\W_]*0?[\W_]*"
    return re.compile(begin + r"[\W_]*".join(letters) + r"(?!\w)", re.IGNORECASE)
