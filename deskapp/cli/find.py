"""``deskapp find``: one search over articles, scripts, courts and the records of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.knowledge.search import Answer

HELP = N_(
    "Find by any words, a name, a reference, a case number, a phone number or a postcode.\n\n"
    "What the words look like comes first: articles, scripts and courts for a matter; persons,"
    " contacts, cases and complaints for a name or a number. Words of danger bring what is to be"
    " done at once. t:FEE beside the words leaves what is about one topic. Exit 1 when nothing is"
    " found."
)
_LABELS = {
    "person": N_("Person"),
    "contact": N_("Contact"),
    "case_record": N_("Case"),
    "complaint": N_("Complaint"),
    "article": N_("Article"),
    "script": N_("Script"),
    "snippet": N_("Reply"),
    "court": N_("Court"),
}


class Found(NamedTuple):
    """One thing that was found."""

    kind: str
    name: str
    """Its reference, or its id where it has none."""
    title: str
    more: str


def find(
    words: Annotated[list[str], typer.Argument(help=N_("What the caller says."))],
    limit: Limit = 8,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Find anything."""
    from deskapp.cli.kb_search import asked
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.knowledge import narrowing, search, shelf
    from deskapp.services.typed_shape import Shape, shape

    text = " ".join(words)
    with open_desk(Act.READ_KNOWLEDGE, passphrase_stdin=passphrase_stdin) as desk:
        answer = asked(text, limit, desk.store.call_read(shelf.read))
        narrowed = narrowing.read(text).narrows
        recorded = [] if narrowed else [*_recorded(desk, text, limit)]
    first, others = _matter(answer)
    about_matter = shape(text, search.shipped().words) is Shape.WORDS and answer.close
    found = [*first, *others, *recorded] if about_matter else [*first, *recorded, *others]
    for each in found:
        if as_json:
            show_json(each._asdict())
        else:
            show("  ".join(filter(None, (_(_LABELS[each.kind]), *each[1:]))))
    if not found:
        tell(_("Nothing was found. Try other words, or fewer."))
    return Exit.OK if found else Exit.DIFFERENT


def _matter(answer: Answer) -> tuple[list[Found], list[Found]]:
    """Articles, scripts, replies and courts: those of danger, and the others."""
    first: list[Found] = []
    others: list[Found] = []
    for hit in answer.hits:
        overdue = _("REVIEW OVERDUE") if hit.overdue else ""
        more = ". ".join(filter(None, (hit.why, overdue)))
        (first if hit.safety else others).append(Found(hit.kind, hit.id, hit.title, more))
    return first, others


def _recorded(desk: Desk, text: str, limit: int) -> Iterator[Found]:
    """Persons, contacts, cases and complaints, as far as the role may know of them."""
    from deskapp import paths
    from deskapp.i18n import language
    from deskapp.roles import Act, may
    from deskapp.services.casework import case_find, shelf
    from deskapp.services.complaints import acting, finding
    from deskapp.services.enquiries import contact_lines, topics
    from deskapp.services.paging import Want
    from deskapp.services.persons import persons

    read, user, now = desk.store.call_read, desk.user, desk.clock.now()
    want, folder = Want(limit_rows=limit), paths.settings_folder()
    if may(user, Act.READ_CONTACTS):
        for person in read(persons.find, text, user=user, limit_rows=limit):
            yield Found("person", person.id, person.full_name, persons.hint(person))
        for contact in read(contact_lines.page, want, text, user=user).lines:
            topic = topics.by_code(contact.topic).label(language())
            yield Found("contact", contact.ref, contact.person_name, topic)
    if may(user, Act.READ_CASES):
        who = read(shelf.acting_on, user, now, folder)
        for case in read(case_find.find, want, who, text).lines:
            yield Found("case_record", case.ref, case.title, "")
    if may(user, Act.READ_COMPLAINTS):
        present = acting.acting_on(user, now, folder)
        for complaint in read(finding.find, want, present, text).lines:
            yield Found("complaint", complaint.ref, complaint.person_name, complaint.summary)
