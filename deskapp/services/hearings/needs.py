"""Support needs: adjustments, special measures and what else somebody needs to take part.

A need belongs to the person: it stands at every hearing of their case, and of the person where one
is known. What is done about it is kept with each hearing, so that at the next one everything is to
do again. Source: hearings sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act, User
from deskapp.services.hearings import flags
from deskapp.services.hearings.flags import Does, Flag
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection


class Status(StrEnum):
    """Whether a need is granted."""

    REQUESTED = "Requested"
    ACTIVE = "Active"
    NOT_APPROVED = "Not approved"
    INACTIVE = "Inactive"


STATUS_LABELS = {
    Status.REQUESTED: N_("asked for, to be decided"),
    Status.ACTIVE: N_("granted"),
    Status.NOT_APPROVED: N_("not approved"),
    Status.INACTIVE: N_("no longer needed"),
}
MOVES: Mapping[Status, tuple[Status, ...]] = {
    Status.REQUESTED: (Status.ACTIVE, Status.NOT_APPROVED),
    Status.ACTIVE: (Status.INACTIVE,),
    Status.INACTIVE: (Status.ACTIVE,),
    Status.NOT_APPROVED: (),
}
"""Where each status leads. Source: section 4; from inactive back is an assumption."""
STANDING = frozenset({Status.REQUESTED, Status.ACTIVE})
COLUMNS = (
    "n.id, n.case_key, n.person_id, n.hearing_id, n.party_key, n.party_name, n.party_role, n.flag,"
    " n.value, n.language_code, n.other_language, n.comment, n.status, n.requested_by,"
    " n.decided_by, n.decided_at, n.named, n.made_at"
)


class NeedLine(NamedTuple):
    """One need."""

    id: str
    case_key: str
    person_id: str
    hearing_id: str
    """The hearing it was entered for."""
    party_key: str
    """Empty for the whole case."""
    party_name: str
    party_role: str
    flag: str
    value: str
    language_code: str
    other_language: str
    comment: str
    status: Status
    requested_by: str
    decided_by: str
    decided_at: str
    named: str
    """JSON list of those whom somebody must be screened from."""
    made_at: str

    @property
    def kind(self) -> Flag | None:
        """Its line of the list; none where only a later list knows the code."""
        return flags.flags().get(self.flag)

    @property
    def does(self) -> Does:
        """What the desk does about it."""
        return self.kind.does if self.kind else Does.TICK

    @property
    def stands(self) -> bool:
        """Whether something is to be done, or decided."""
        return self.status in STANDING

    @property
    def decided_on(self) -> dt.date | None:
        """The local day on which it was decided on; none where it was not."""
        return local(instant(self.decided_at)).date() if self.decided_at else None

    @property
    def screened_from(self) -> list[str]:
        """Whom somebody must be screened from; empty for everybody."""
        return [one_line(str(name)) for name in json.loads(self.named or "[]")]

    @property
    def language(self) -> str:
        """The language it asks for, in the words of the language in use; empty for none."""
        if not self.language_code:
            return one_line(self.other_language)
        from deskapp.services import spoken

        return spoken.languages().label(self.language_code)

    @property
    def words(self) -> str:
        """The need as it is read out, without whose it is."""
        told = (flags.label(self.flag), self.language, self.value, self.comment)
        return ": ".join(filter(None, (one_line(each) for each in told)))

    @property
    def whose(self) -> str:
        """Whose it is."""
        return one_line(self.party_name) or _("everybody")


def of_hearings(
    connection: Connection, hearings: Iterable[tuple[str, str]], *, user: User
) -> dict[str, list[NeedLine]]:
    """The needs that stand at hearings, by hearing; the newest first.

    Those of a person follow them into every case in which the person is known.

    Args:
        connection: Where they are read.
        hearings: Id and ``subject_key`` of each hearing.
        user: Who reads.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    subjects = dict(hearings)
    own = _read(connection, "n.case_key", {key for key in subjects.values() if key})
    persons = _read(connection, "n.person_id", {each.person_id for each in own if each.person_id})
    by_case: dict[str, list[NeedLine]] = defaultdict(list)
    known: dict[str, dict[str, NeedLine]] = defaultdict(dict)
    """Case -> person -> a need of theirs in this case, which says who they are in it."""
    for each in own:
        by_case[each.case_key].append(each)
        if each.person_id:
            known[each.case_key].setdefault(each.person_id, each)
    for case_key, there in known.items():
        for each in persons:
            if each.person_id in there and each.case_key != case_key:
                here = there[each.person_id]
                by_case[case_key].append(
                    each._replace(
                        party_key=here.party_key,
                        party_name=here.party_name,
                        party_role=here.party_role,
                    )
                )
    newest = {
        case_key: sorted(found, key=lambda each: (each.made_at, each.id), reverse=True)
        for case_key, found in by_case.items()
    }
    return {hearing_id: newest.get(key, []) for hearing_id, key in subjects.items()}


def _read(connection: Connection, column: str, keys: Iterable[str]) -> list[NeedLine]:
    """The needs with one of these keys in a column (trusted name) that has an index."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM support_need AS n"
        f" WHERE {column} IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(keys)),),
    ).fetchall()
    return [_line(row) for row in rows]


def _line(row: Sequence[str]) -> NeedLine:
    line = NeedLine._make(row)
    return line._replace(status=Status(row[12]) if row[12] in list(Status) else Status.INACTIVE)


def get(connection: Connection, need_id: str, *, user: User) -> NeedLine:
    """One need.

    Raises:
        NotFoundError: If there is none with this id.
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    row = connection.execute(
        f"SELECT {COLUMNS} FROM support_need AS n WHERE n.id = ?", (need_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such need on this desk."))
    return _line(row)


def subject_key(hearing_id: str, case_key: str) -> str:
    """What the needs of a hearing are kept under: its case, or the hearing where it has none."""
    return case_key or f"#{hearing_id}"


def shown_at_hearing(found: Iterable[NeedLine]) -> list[NeedLine]:
    """Those that are shown at a hearing: what matters only to letters stays with the person."""
    return [each for each in found if each.kind is None or each.kind.hearing_relevant]
