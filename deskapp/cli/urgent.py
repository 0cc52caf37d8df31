"""``deskapp urgent``: the records of the hard minutes, without a screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.casework.acting import Acting
    from deskapp.services.hard.hard import Asked, Form
    from deskapp.services.hard.hard_records import Made

HELP = N_(
    "Danger, something broken, an incident, somebody at risk: make its record, show its reference."
    "\n\n"
    "Danger to life: call 999 first. Without FORM it lists the forms; the scripts among them run"
    " with deskapp script run. On a terminal it asks for what is not given with --set; each answer"
    " is kept at once, and what was not saved waits on the first screen."
)


def urgent(
    form: Annotated[str, typer.Argument(metavar="[FORM]", help=N_("Id of a form."))] = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help=N_("What to fill in; repeatable.")),
    ] = None,
    contact: Annotated[
        str, typer.Option(metavar="REF", help=N_("The saved contact that it is about."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Make an urgent record."""
    from deskapp.cli.acting import acting_desk
    from deskapp.cli.out import show, tell
    from deskapp.roles import Act
    from deskapp.services.enquiries import contact_lines
    from deskapp.services.hard import hard, hard_records

    if not form:
        listed = [(each.id, each.label) for each in hard.scripts()]
        for name, label in listed + [(each.id, each.label) for each in hard.forms()]:
            show(f"{name}  {hard.worded(label)}")
        return
    chosen = hard.form(form)
    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        values = {}
        if contact:
            values[hard_records.CONTACT_ID] = desk.store.call_read(contact_lines.id_of_ref, contact)
        tell(chosen.advice(values))
        made = _Urgent(desk, acting, chosen, values).made(given or [])
        show(made.ref)
        if made.tell_spos:
            _tell_whom(desk, made)


def _tell_whom(desk: Desk, made: Made) -> None:
    """Say who must be told now, and how that is kept."""
    from deskapp.cli.out import tell
    from deskapp.services.hard import spos

    duty = desk.store.call_read(spos.on_duty, desk.clock.now(), user=desk.user)
    who = duty.words if duty else _("nobody is booked: tell the delivery manager")
    told = _("Tell the senior person on site now: {who}. Record {ref} is saved.")
    tell(told.format(who=who, ref=made.ref))
    tell(_("When you have: deskapp spos told {ref}").format(ref=made.ref))


class _Urgent:
    """One form from its first answer until its record is made."""

    def __init__(self, desk: Desk, acting: Acting, chosen: Form, values: dict[str, str]) -> None:
        from deskapp.services import drafts
        from deskapp.services.casework.values import day_of
        from deskapp.services.hard import hard

        self._desk, self._acting, self._chosen = desk, acting, chosen
        self._fields = hard.asked(acting.book, chosen, day_of(acting.at))
        self._values = values
        name = f"{drafts.HARD}:{chosen.id}"
        self._draft = drafts.begun(name, {}, officer_id=desk.user.id, now=acting.at)

    def made(self, given: list[str]) -> Made:
        """The record, once everything is right.

        Raises:
            CommandLineError: If one of ``given`` names no field of the form.
            FormProblemsError: If something must be put right, and nobody can be asked.
        """
        from deskapp.cli.out import tell
        from deskapp.errors import FormProblemsError
        from deskapp.services.hard import hard_records

        for pair in given:
            self._give(pair)
        asked = self._fields if sys.stdin.isatty() else []
        for each in asked:
            if not self._values.get(each.name):
                self._ask(each)
        while True:
            try:
                return self._desk.store.call_write(
                    hard_records.save, self._acting, self._draft.id, self._chosen, self._values
                )
            except FormProblemsError as error:
                wrong = [each for each in asked if each.name in {p.field for p in error.problems}]
                if not wrong:
                    raise
                for problem in error.problems:
                    tell(problem.message)
                for each in wrong:
                    self._ask(each)

    def _give(self, pair: str) -> None:
        from deskapp.cli.commands import CommandLineError
        from deskapp.text import one_line

        name, equals, text = pair.partition("=")
        for each in self._fields:
            if equals and each.name == name.strip():
                self._take(each, text)
                return
        message = _("There is no field {name} to fill in. Use one of: {names}.")
        names = ", ".join(each.name for each in self._fields)
        raise CommandLineError(message.format(name=one_line(name), names=names))

    def _ask(self, each: Asked) -> None:
        from deskapp.cli.ask import ask
        from deskapp.cli.out import tell

        for place, (_code, label) in enumerate(each.options, 1):
            tell(f"  {place}  {label}")
        self._take(each, ask(each.label))

    def _take(self, each: Asked, text: str) -> None:
        """Keep an answer: of a list its number, its code or its words."""

        from deskapp.services import drafts
        from deskapp.services.hard.hard import TYPED
        from deskapp.text import fold

        kept = text.strip()
        if each.options:
            self._values[each.name + TYPED] = kept
            kept = next(
                (
                    code
                    for place, (code, label) in enumerate(each.options, 1)
                    if fold(kept) in (str(place), fold(code), fold(label))
                ),
                "",
            )
        self._values[each.name] = kept
        self._draft = self._draft._replace(
            values=self._values, parked=True, updated_at=self._desk.clock.now()
        )
        self._desk.store.call_jot(drafts.keep, self._draft)
