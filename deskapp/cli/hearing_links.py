"""``deskapp hearing link``, ``link-test`` and ``ground-rules``: what was arranged for a hearing."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import CommandLineError
from deskapp.cli.hearing_lines import Day, Hearing
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

GROUND_RULES = N_(
    "Write down what was agreed at a ground rules hearing; every hearing of the case shows it."
)
LINK = N_("Enter a video link of a hearing.")
LINK_TEST = N_("Record what the test of a video link gave, ok or fault; off takes the link off.")


def ground_rules(
    hearing: Hearing,
    held_on: Annotated[str, typer.Option("--on", metavar="DAY", help=N_("When it was held."))],
    attended: Annotated[str, typer.Option("--attended", metavar="TEXT", help=N_("Who was there."))],
    rules: Annotated[str, typer.Option("--rules", metavar="TEXT", help=N_("What was agreed."))],
    date: Day = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write down ground rules."""
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.cli.options import at_options
    from deskapp.data.ids import new_id
    from deskapp.errors import FormProblemsError
    from deskapp.roles import Act
    from deskapp.services.hearings import ground_rules as kept

    given = {"held_on": held_on, "attended": attended, "rules": rules}
    with at_hearing(Act.RUN_HEARINGS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        try:
            at.write(kept.keep, given, event_id=new_id())
        except FormProblemsError as error:
            options = {"held_on": "--on", "attended": "--attended", "rules": "--rules"}
            raise at_options(error, options) from error
    say_done(_("Ground rules"))


def link(
    hearing: Hearing,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help=N_("Such as CVP."))],
    address: Annotated[
        str, typer.Option("--address", metavar="TEXT", help=N_("Address or reference."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Enter a link; its id is shown."""
    from deskapp.cli.hearing_lines import at_hearing
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import links

    with at_hearing(Act.RUN_HEARINGS, hearing, passphrase_stdin=passphrase_stdin) as at:
        link_id = new_id()
        at.write(links.keep, kind, address, link_id=link_id)
    show(link_id)


def link_test(
    link_id: Annotated[str, typer.Argument(metavar="LINK", help=N_("Id of the link."))],
    outcome: Annotated[str, typer.Argument(metavar="ok|fault|off", help=N_("What the test gave."))],
    words: Annotated[
        str, typer.Option("--note", metavar="TEXT", help=N_("What is wrong, who knows."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Record the test of a link."""
    from deskapp.cli.hearing_lines import hearings_desk, say_done
    from deskapp.roles import Act
    from deskapp.services.hearings import links
    from deskapp.services.hearings.links import LINK_LABELS, LinkState

    if outcome not in (*LinkState, "off"):
        names = ", ".join((*LinkState, "off"))
        raise CommandLineError(_("Use one of: {names}.").format(names=names))
    with hearings_desk(Act.RUN_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        if outcome == "off":
            desk.store.call_write(links.take_off, acting, link_id)
            say_done(_("taken off"))
        else:
            desk.store.call_write(links.record_test, acting, link_id, LinkState(outcome), words)
            say_done(_(LINK_LABELS[LinkState(outcome)]))
