"""``deskapp waiting``: what waits for the user, as the first screen shows it."""

from __future__ import annotations

from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

HELP = N_(
    "Show what waits for you: parked forms, callbacks of today, promises and cases that are due."
    "\n\n"
    "The most urgent first, as on the first screen. Exit 1 when nothing waits."
)


def waiting(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> int:
    """Show what waits."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.i18n import ngettext, number
    from deskapp.roles import Act
    from deskapp.services import home

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        seen = desk.store.call_read(home.look, user=desk.user, now=desk.clock.now())
    for line in seen.lines:
        if as_json:
            kept = {"kind": line.kind, "id": line.id, "state": line.state}
            show_json({**kept, "what": line.what, "who": line.who, "urgent": line.urgent})
        else:
            show("  ".join((line.state, line.what, line.who)))
    if seen.left:
        more = ngettext("and {count} more after these", "and {count} more after these", seen.left)
        tell(more.format(count=number(seen.left)))
    if not seen.lines:
        tell(_("Nothing waits for you."))
        return Exit.DIFFERENT
    return Exit.OK
