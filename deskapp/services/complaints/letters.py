"""Letters and emails of a complaint: whom they go to, what they say, and that they were made.

The language is the one that the person asked for; in Wales both when that is not known. A withheld
address is never printed, and what is said of a member of staff stands in no letter.
Source: complaints sheet, sections 2.1, 6 and 9; enquiries sheet, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp import i18n, roles
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _, weekday
from deskapp.roles import Act
from deskapp.services import needs
from deskapp.services.complaints import act, letter_kinds, letter_values, lists, record
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.letter_kinds import Letter, Way
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.courts import sites
from deskapp.services.letters import files
from deskapp.services.letters.language import WALES, Language, in_each
from deskapp.services.letters.template import EmptyFieldError, LetterError, written
from deskapp.services.persons import safe_contact, withheld
from deskapp.services.persons.safe_contact import NO, NOT_ASKED
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True)
class Writing:
    """A complaint about which somebody is written to."""

    record: ComplaintRecord
    withheld: bool
    """Nothing of how to reach the person may be printed."""
    post: str
    """Whether a letter may go by post: ``yes``, ``no``, or empty for not asked; as is the next."""
    email: str

    @property
    def offers(self) -> tuple[Letter, ...]:
        """The letters that fit now; none to somebody who is not known."""
        found = self.record
        if found.given.anonymous:
            return ()
        return letter_kinds.fitting(found.complaint, may_disclose=found.may_disclose)

    @property
    def usual_way(self) -> Way:
        """As the complaint came, where that is possible."""
        given = self.record.given
        by_email = given.channel in (
            lists.Channel.EMAIL,
            lists.Channel.WEBCHAT,
            lists.Channel.ONLINE_FORM,
        )
        return Way.EMAIL if by_email and given.email and self.email != NO else Way.POST


def look(connection: Connection, acting: Acting, complaint_id: str) -> Writing:
    """What is needed to write about a complaint.

    Raises:
        NotFoundError: If there is no such complaint.
        NotAllowedError: If the role may not read complaints.
    """
    found = record.record(connection, acting, complaint_id)
    person_id = found.given.person_id
    safe = safe_contact.answers(connection, person_id, user=acting.user)
    cover = withheld.cover(connection, person_id)
    return Writing(found, cover.address, safe.ok_to_post, safe.ok_to_email)


def warnings(writing: Writing, way: Way) -> Iterator[str]:
    """What must be thought of before a letter goes out, in the language in use."""
    given = writing.record.given
    answer = writing.post if way is Way.POST else writing.email
    if answer == NO and way is Way.POST:
        yield _("DO NOT POST: the person said no to post. Ask how to reach them.")
    elif answer == NO:
        yield _("DO NOT EMAIL: the person said no to email. Ask how to reach them.")
    elif answer == NOT_ASKED:
        yield _("Safe contact: not asked.")
    if writing.withheld:
        yield _("The address is withheld and not printed. Ask a team leader how it is to go out.")
    elif way is Way.POST and not given.address:
        yield _("No address is kept.")
    elif way is Way.EMAIL and not given.email:
        yield _("No email address is kept.")
    if given.needs:
        yield _("Needs: {needs}").format(needs=needs.words(given.needs))


def write(
    writing: Writing,
    letter_id: str,
    *,
    way: Way,
    acting: Acting,
    settings_folder: Path,
    language: Language | None = None,
) -> str:
    """The text of a letter or email, in the language or languages that it goes out in.

    Args:
        writing: The complaint, as ``look`` gives it.
        letter_id: A letter that fits now.
        way: By post, or as an email.
        acting: Who writes, and when.
        settings_folder: Where an administrator's own templates lie.
        language: What the person wants; as the complaint says when left out.

    Raises:
        NotFoundError: If no such letter fits now.
        LetterError: If something that it needs is not there.
        SettingsError: If its template cannot be read.
    """
    letter = next((each for each in writing.offers if each.id == letter_id), None)
    if letter is None:
        message = _("No letter {name} fits where the complaint stands now.")
        raise NotFoundError(message.format(name=one_line(letter_id)))
    wanted = writing.record.given.language
    known = Language(wanted) if wanted in list(Language) else Language.UNKNOWN
    wales = sites.by_key(writing.record.line.site).nation == WALES
    text = partial(_text, writing, letter, way, acting, settings_folder)
    try:
        return in_each(language or known, wales=wales, text=text)
    except EmptyFieldError as error:
        raise LetterError(_("Fill in first: {about}").format(about=error)) from error


def file_name(writing: Writing, letter: Letter) -> str:
    """A name for the file of a letter, without anything about the person."""
    return f"{writing.record.line.ref}-{letter.id}{files.ENDING}"


def keep(
    session: Session, acting: Acting, complaint_id: str, letter_id: str, way: Way, event_id: str
) -> None:
    """Keep in the record that a letter was made; ``event_id`` is kept once.

    Raises:
        NotFoundError: If there is no such complaint.
        NotAllowedError: If the role may not work on complaints.
    """
    roles.require(acting.user, Act.WORK_COMPLAINTS)
    data = {"template": letter_id, "way": way.value}
    act.write_event(session, acting, complaint_id, Code.LETTER, data, event_id=event_id)


def _text(writing: Writing, letter: Letter, way: Way, acting: Acting, settings_folder: Path) -> str:
    """One language of a letter: head, whom it is to, the template with its values, who writes."""
    name = f"{letter.template}.{i18n.language()}"
    template = files.in_force(settings_folder, name)
    if template is None:
        raise LetterError(_("The letter template {name} is not here.").format(name=name))
    if found := list(letter_values.faults(template)):
        raise LetterError("\n".join(found))
    place = sites.by_key(writing.record.line.site).shown_name(i18n.language())
    head = _letter_head if way is Way.POST else _email_head
    parts = [
        "\n".join(head(writing, place, acting)),
        letter_values.flowing(
            written(template, letter_values.of(writing.record, letter, acting.today))
        ),
        f"{acting.user.name}\n{place}",
    ]
    return clean("\n\n".join(parts))


def _letter_head(writing: Writing, place: str, acting: Acting) -> Iterator[str]:
    given = writing.record.given
    yield place
    yield weekday(acting.today)
    yield ""
    yield _("Our reference: {ref}").format(ref=writing.record.line.ref)
    yield ""
    yield given.person_name
    if not writing.withheld:
        yield from filter(None, (given.address, given.postcode))


def _email_head(writing: Writing, place: str, acting: Acting) -> Iterator[str]:
    given = writing.record.given
    if given.email and not writing.withheld:
        yield _("To: {address}").format(address=given.email)
    yield _("Subject: Your complaint {ref}").format(ref=writing.record.line.ref)
