"""``deskapp script``: a service script in line mode, question by question.

No store is needed unless its contact is taken too.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskapp.clock import Clock
    from deskapp.services.knowledge.at_hand import Desk
    from deskapp.services.knowledge.nodes import Node
    from deskapp.services.knowledge.parts import Words
    from deskapp.services.knowledge.walk import Walk

BACK, SKIP = "b", "-"

app = typer.Typer(
    cls=Group,
    help=N_("Service scripts, step by step in plain lines."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Run a script: each step is shown, one line answers it.\n\n"
        "Enter goes on, b goes back, - leaves out what need not be said. At the end what was"
        " filled and how it ended are shown on stdout; nothing is stored.\n\n"
        "With --log its contact is taken as by enquiry add: what the script filled stands there"
        " already, what is missing is asked for, and the reference is shown."
    ),
)
def run(
    name: Annotated[str, typer.Argument(metavar="ID", help=N_("Id of a script."))],
    log: Annotated[bool, typer.Option("--log", help=N_("Take its contact, and save it."))] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Run one script."""
    from deskapp.cli.out import show
    from deskapp.clock import Clock
    from deskapp.services.knowledge import trails, values

    if log:
        _logged(name, passphrase_stdin=passphrase_stdin)
        return
    walked = _walked(name, Clock())
    known = walked.library.fields
    for field, value in walked.filled.items():
        show(f"{field}: {values.in_words(known, field, value, walked.language)}")
    for line in trails.told(walked):
        show(line)


def _logged(name: str, *, passphrase_stdin: bool) -> None:
    """Run a script with its contact, from the first word to the reference."""
    from deskapp.cli import kb_reply
    from deskapp.cli.call_taking import TakenCall
    from deskapp.cli.out import show
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        call = TakenCall(desk, None)
        call.follow(_walked(name, desk.clock, kb_reply.here(desk)))
        line = call.taken() if sys.stdin.isatty() else call.logged()
    show(line.ref)


def _walked(name: str, clock: Clock, here: Desk | None = None) -> Walk:
    """A script from its first step to an end; ``here`` fills in officer, court and date."""
    from deskapp import paths
    from deskapp.cli import out
    from deskapp.i18n import language
    from deskapp.services import bank_holidays
    from deskapp.services.dates import Nation
    from deskapp.services.knowledge import library, walk

    calendar = bank_holidays.in_force(paths.settings_folder())[Nation.ENGLAND_AND_WALES]
    walked = walk.begin(
        library.shipped(), name, language=language(), today=clock.today(), calendar=calendar
    )
    out.tell(walked.script.title(language()))
    while not walked.ending:
        walked = _step(walked, clock, here)
    _told(walked, walked.node, here)
    return walked


def _step(walked: Walk, clock: Clock, here: Desk | None) -> Walk:
    """The walk after one typed line; a refused one is explained, and the step stands again."""
    from deskapp.cli.ask import ask
    from deskapp.cli.out import tell
    from deskapp.errors import DeskError
    from deskapp.services.knowledge import emergency
    from deskapp.services.knowledge.walk import EMERGENCY_KEY

    node = walked.node
    _told(walked, node, here)
    typed = ask(_hint(walked))
    try:
        if typed.casefold() == BACK:
            return walked.back()
        if walked.script.safety and typed == EMERGENCY_KEY:
            tell(emergency.words(walked.script, walked.language))
            return emergency.rung(walked, now=clock.now())
        if typed == SKIP:
            reason = ask(_("Why was it not said")) if node.must_say else ""
            return walked.skip(reason, now=clock.now())
        return walked.forward(typed, now=clock.now())
    except DeskError as error:
        tell(str(error))
        return walked


def _told(walked: Walk, node: Node, here: Desk | None) -> None:
    """Show a step: what to say, where to point, whom to tell, what can be answered."""
    from deskapp.cli.out import tell
    from deskapp.services.knowledge import wording
    from deskapp.services.knowledge.shown import wrapped

    tell("")
    language = walked.language
    said = _("MUST BE SAID: {text}") if node.must_say else "{text}"
    marked = (
        (said, node.say),
        (_("Reply: {text}"), node.reply),
        (_("To: {text}"), node.contact),
    )
    for mark, words in marked:
        if words:
            for line in wrapped(mark.format(text=_filled(walked, words, here))):
                tell(line)
    if title := wording.article(walked):
        tell(_("Article: {title}").format(title=title))
    if role := wording.role(walked):
        urgency = _(wording.URGENCIES[node.urgency])
        tell(_("Tell: {role} ({urgency})").format(role=role, urgency=urgency))
    for option in node.options:
        tell(f"  {option.key}  {option.label.get(language, '')}")
    for value, label in node.choices:
        tell(f"  {value}  {label.get(language, '')}")


def _hint(walked: Walk) -> str:
    """What can be typed here."""
    from deskapp.services.knowledge.nodes import NodeKind
    from deskapp.services.knowledge.walk import EMERGENCY_KEY

    hints = {
        NodeKind.CHOICE: _("Key, b back"),
        NodeKind.ASK: _("Answer, b back"),
        NodeKind.ESCALATE: _("Who you told, b back"),
    }
    hint = hints.get(walked.node.kind, _("Enter when said, - not said, b back"))
    if not walked.script.safety:
        return hint
    return _("{hint}, {key} emergency services").format(hint=hint, key=EMERGENCY_KEY)


def _filled(walked: Walk, words: Words, here: Desk | None) -> str:
    from deskapp import settings
    from deskapp.services.knowledge import at_hand, wording

    known: Mapping[str, str] = {}
    if here:
        item, library = walked.script, walked.library
        known = at_hand.known(here, walked.values, item, library, walked.language)
    on = settings.load().facts_on(walked.today)
    return wording.filled(walked, words, on=on, of_desk=known).text
