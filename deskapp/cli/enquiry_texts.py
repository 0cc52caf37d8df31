"""``deskapp enquiry texts``: short replies in both languages, filled for a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.enquiries.snippets import Filled

GAP = "[...]"
"""Stands where the cursor would: something is to be filled in there."""
HELP = N_(
    "List the short replies, those of a topic first, with what to say or do about it; or show one,"
    " filled, to copy and send.\n\n"
    "What is missing stands in square brackets. With --parked, name, case, topic and language are"
    " those of a parked contact."
)


def texts(
    name: Annotated[str, typer.Argument(metavar="[ID]", help=N_("Id of a reply."))] = "",
    topic: Annotated[
        str, typer.Option(metavar="TOPIC", help=N_("What it is about: a code or words."))
    ] = "",
    person: Annotated[
        str, typer.Option(metavar="NAME", help=N_("Full name, when it was given."))
    ] = "",
    case: Annotated[
        str, typer.Option(metavar="REFERENCE", help=N_("Case reference, as it was said."))
    ] = "",
    language: Annotated[
        str, typer.Option("--service-language", metavar="en|cy", help=N_("Language of the reply."))
    ] = "",
    parked: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help=N_("Its number in deskapp enquiry parked."))
    ] = 0,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List or show short replies."""
    from deskapp import i18n
    from deskapp.cli.choices import LISTS
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.enquiries import parked as parked_service
    from deskapp.services.enquiries import snippets, topics

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        values = {"topic": LISTS["topic"].code(topic) if topic else ""}
        if parked:
            draft = desk.store.call_read(parked_service.by_number, desk.user.id, parked)
            values = {**draft.values, **{key: text for key, text in values.items() if text}}
        given = {"person_name": person, "case_ref": case, "language": language}
        values |= {key: text for key, text in given.items() if text}
        if values.get("topic") and not name:
            tell(topics.by_code(values["topic"]).says_in_lines(i18n.language()))
        if not name:
            for each in snippets.listed(values.get("topic", "")):
                show(f"{each.id}  {each.title[i18n.language()]}")
            return
        filled = _filled(desk, name, values)
    gap = GAP if filled.after else ""
    show(f"{filled.before}{gap}{filled.after}")
    if filled.gaps or gap:
        tell(_("Fill in what stands in square brackets."))


def _filled(desk: Desk, name: str, values: dict[str, str]) -> Filled:
    """A reply with its places filled, in the language of the service."""
    from deskapp import paths
    from deskapp.services import bank_holidays
    from deskapp.services.desk import nation
    from deskapp.services.enquiries import snippets

    return snippets.filled(
        snippets.by_id(name),
        snippets.language_of(values.get("language", "")),
        name=values.get("person_name", ""),
        ref=values.get("case_ref", ""),
        today=desk.clock.today(),
        calendar=bank_holidays.in_force(paths.settings_folder())[nation(desk.user.site)],
    )
