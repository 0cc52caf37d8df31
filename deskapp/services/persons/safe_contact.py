"""How a person may be reached without harm: asked once, shown wherever somebody might ring.

Nothing asked is shown as "not asked"; a message and the name of HMCTS are for those who said yes.
Desks and linked records may disagree: then the stricter answer counts, until a team leader saves
what is right. Source: enquiries sheet, sections 5 and 15.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import N_, _, number
from deskapp.roles import Act, User
from deskapp.services import drafts
from deskapp.services.persons import person_links
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

YES, NO, NOT_ASKED = "yes", "no", ""
ANSWERS = {
    "ok_to_call": N_("Call"),
    "ok_to_leave_message": N_("Message"),
    "ok_to_say_hmcts": N_("Say HMCTS"),
    "ok_to_email": N_("Email"),
    "ok_to_post": N_("Post"),
}
"""What is asked, and its short name on the line."""
ANSWER_LABELS = {YES: N_("yes"), NO: N_("no"), NOT_ASKED: N_("not asked")}
LIMITS = {"times": 100, "code_word": 40, "note": 500}
"""Longest text of each field in characters."""


class SafeAnswers(NamedTuple):
    """What a person said; each answer is ``yes``, ``no`` or empty for not asked."""

    ok_to_call: str = NOT_ASKED
    ok_to_leave_message: str = NOT_ASKED
    ok_to_say_hmcts: str = NOT_ASKED
    ok_to_email: str = NOT_ASKED
    ok_to_post: str = NOT_ASKED
    times: str = ""
    code_word: str = ""
    """To be asked of the caller; stands on the form alone, never in a list, report or export."""
    note: str = ""

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> SafeAnswers:
        """The answers of a form."""
        return cls(*(clean(values.get(name, "")).strip() for name in cls._fields))


_NAMES = SafeAnswers._fields
_NONE = SafeAnswers()


class SafeLine(NamedTuple):
    """How somebody may be reached, for the line above the notes and on the callback card."""

    words: str
    """In the language in use; the code word is not in it."""
    may_call: bool
    """False only when the person said no: then the number is hidden until a reason is typed."""
    may_leave_message: bool
    """Only when the person said yes, as are the next three."""
    may_say_hmcts: bool
    may_email: bool
    may_post: bool
    asked: bool
    """Whether anything is known."""


def line_for(connection: Connection, person_id: str, *, user: User) -> SafeLine:
    """How a person may be reached; also for nobody, when nothing is known.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    found = answers(connection, person_id, user=user)
    return SafeLine(
        words=_words(found),
        may_call=found.ok_to_call != NO,
        may_leave_message=found.ok_to_leave_message == YES,
        may_say_hmcts=found.ok_to_say_hmcts == YES,
        may_email=found.ok_to_email == YES,
        may_post=found.ok_to_post == YES,
        asked=found != _NONE,
    )


def answers(connection: Connection, person_id: str, *, user: User) -> SafeAnswers:
    """What is known of a person and of who is linked with them, the stricter where it differs.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    return strictest(_rows(connection, person_links.group(connection, person_id)))


def must_not_call(connection: Connection, persons: Iterable[str]) -> bool:
    """Whether one of these records of a person says that they must not be rung."""
    return strictest(_rows(connection, persons)).ok_to_call == NO


def strictest(found: Iterable[SafeAnswers]) -> SafeAnswers:
    """One set of answers out of several: no before yes before not asked, words side by side."""
    kept = list(found)
    folded = {name: [*dict.fromkeys(text for row in kept if (text := getattr(row, name)))]
              for name in _NAMES}  # fmt: skip
    strict = {name: NO if NO in folded[name] else "".join(folded[name][:1]) for name in ANSWERS}
    words = {name: " / ".join(folded[name]) for name in LIMITS}
    return SafeAnswers(**strict, **words)


def _rows(connection: Connection, persons: Iterable[str]) -> list[SafeAnswers]:
    columns = ", ".join(_NAMES)
    return [
        SafeAnswers(*row)
        for person_id in persons
        for row in connection.execute(
            f"SELECT {columns} FROM safe_contact WHERE person_id = ? ORDER BY id", (person_id,)
        ).fetchall()
    ]


def _words(found: SafeAnswers) -> str:
    if found == _NONE:
        return _("Safe contact: not asked.")
    told = [
        f"{_(label)}: {_(ANSWER_LABELS[getattr(found, name)])}." for name, label in ANSWERS.items()
    ]
    if found.times:
        told.append(_("Times: {times}.").format(times=one_line(found.times)))
    if found.code_word:
        told.append(_("There is a code word."))
    return " ".join(told)


def problems(given: SafeAnswers) -> list[Problem]:
    """What must be put right before the answers can be saved."""
    found = [
        Problem(name, _("Choose yes, no or not asked"))
        for name in ANSWERS
        if getattr(given, name) not in ANSWER_LABELS
    ]
    labels = {"times": _("Times"), "code_word": _("Code word"), "note": _("Note")}
    for name, limit in LIMITS.items():
        if len(getattr(given, name)) > limit:
            message = _("{field} must be {limit} characters or less").format(
                field=labels[name], limit=number(limit)
            )
            found.append(Problem(name, message))
    return found


def save(
    session: Session, person_id: str, given: SafeAnswers, *, user: User, draft_id: str = ""
) -> SafeLine:
    """Keep what a person said, and return how they may be reached from now on.

    An officer's answers stand beside those of other desks, and the stricter is shown; those of a
    team leader or manager replace every one of this person. ``draft_id`` is the form to forget.

    Raises:
        FormProblemsError: If an answer is none of the list, or a text is too long.
        NotFoundError: If there is no such person.
        NotAllowedError: If the role may not.
    """
    from sqlmodel import select

    from deskapp.data.enquiry_tables import SafeContact
    from deskapp.data.ids import new_id
    from deskapp.data.sessions import plain
    from deskapp.data.tables import Person

    roles.require(user, Act.WORK_PERSONS)
    if found := problems(given):
        raise FormProblemsError(found)
    if session.get(Person, person_id) is None:
        raise NotFoundError(_("There is no such person on this desk."))
    kept = session.exec(select(SafeContact).where(SafeContact.person_id == person_id)).all()
    decides = roles.may(user, Act.DECIDE_MARKERS)
    rows = [row for row in kept if decides or row.home_site == user.site]
    if not rows:
        rows = [SafeContact(id=new_id(), home_site=user.site, person_id=person_id)]
    for row in rows:
        row.sqlmodel_update(given._asdict())
        session.add(row)
    drafts.drop(plain(session), draft_id)
    return line_for(plain(session), person_id, user=user)
