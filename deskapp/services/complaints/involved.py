"""Who was involved before and may not review, and who may see what is said of a member of staff.

Source: complaints sheet, sections 2.1 (about_staff) and 6.
"""

from __future__ import annotations

from collections.abc import Iterable

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act, Role, User
from deskapp.services.complaints.state import Complaint
from deskapp.text import words

_LEAST = 3
"""Letters of a surname that is looked for alone."""


def is_named(name: str, texts: Iterable[str]) -> bool:
    """Whether a person may be meant by what is said: the whole name stands in it, or the surname.

    Too many are kept out rather than one too few: the question is who must not see or judge it.
    """
    parts = words(name)
    if not parts:
        return False
    for text in texts:
        said = set(words(text))
        if set(parts) <= said or (len(parts[-1]) >= _LEAST and parts[-1] in said):
            return True
    return False


def may_see(complaint: Complaint, user: User) -> bool:
    """Whether somebody may see what is said of staff: the author, the owner and team leaders, but
    never who is named in it."""
    if is_named(user.name, complaint.about_staff):
        return False
    own = user.id in (complaint.logged.officer, complaint.owner)
    return own or roles.may(user, Act.MANAGE_COMPLAINTS)


def barred(complaint: Complaint, number: int) -> frozenset[str]:
    """Ids of who wrote, answered or owned a stage before this one."""
    earlier = (stage.involved for stage in complaint.stages[: number - 1])
    return frozenset().union(*earlier)


def is_barred(complaint: Complaint, number: int, officer_id: str, name: str) -> bool:
    """Whether somebody may not answer or own a stage: of a review, who was involved before; of any
    stage, who is named in what is said of staff."""
    if is_named(name, complaint.about_staff):
        return True
    return number == 2 and officer_id in barred(complaint, number)


def officers(connection: Connection) -> list[tuple[str, str]]:
    """Id and name of everybody of this desk, by name.

    It gives names of staff only, so it asks nobody who reads, as ``able``.
    """
    rows = connection.execute("SELECT id, name FROM officer ORDER BY name, id LIMIT 500")
    return [(str(officer_id), str(name)) for officer_id, name in rows]


def able(connection: Connection, complaint: Complaint, number: int) -> list[tuple[str, str]]:
    """Id and name of everybody of this desk who may answer a stage, by name."""
    rows = connection.execute("SELECT id, name, role FROM officer ORDER BY name, id LIMIT 500")
    act = Act.WORK_COMPLAINTS if number == 1 else Act.REVIEW_COMPLAINTS
    return [
        (officer_id, name)
        for officer_id, name, role in rows
        if role in list(Role)
        and Role(role) in roles.MAY[act]
        and not is_barred(complaint, number, officer_id, name)
    ]
