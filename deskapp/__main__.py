"""Start deskapp: the screens when nothing else is asked, the commands otherwise.

The first visible text comes before any import that takes time, and Textual is told what the
terminal can do before it is imported.

Source: design/thin_terminals.md R1, R11 and R12.
"""

from __future__ import annotations

import os
import sys

from deskapp import __version__
from deskapp.terminal.modes import line

SCREEN_OPTIONS = ("--profile", "--lang", "--home")


def main(argv: list[str] | None = None) -> int:
    """Run deskapp with the command line ``argv`` (without the program's name); an exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    options = screen_options(arguments)
    if options is None:
        from deskapp.terminal.lean import lean_imports

        with lean_imports():
            from deskapp.cli.main import run

        return run(arguments)
    if not (os.isatty(line.keyboard) and os.isatty(line.screen)):
        return _refuse()
    return _show_screens(options)


def screen_options(arguments: list[str]) -> dict[str, str] | None:
    """The options of the screens by name; None when the command line is for the commands."""
    options: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name not in SCREEN_OPTIONS:
            return None
        options[name] = value if equals else next(rest, "")
        if not options[name]:
            return None
    return options


def _refuse() -> int:
    from deskapp import i18n
    from deskapp.errors import Exit
    from deskapp.i18n import _

    i18n.use(i18n.detect(dict(os.environ)))
    text = _(
        "The screens of deskapp need a terminal. Without one, use the commands: "
        "deskapp enquiry, deskapp court and deskapp doctor. deskapp --help lists them."
    )
    print(text, file=sys.stderr)
    return int(Exit.USAGE)


def _show_screens(options: dict[str, str]) -> int:
    """Start the screens; however they end, the terminal is as it was before."""
    try:
        line.splash(f"deskapp {__version__}", os.environ.get("TERM", ""))
        return _start(options)
    except KeyboardInterrupt:
        return 130
    finally:
        line.restore()


def _start(options: dict[str, str]) -> int:
    import signal

    signal.signal(signal.SIGTERM, _end)
    from deskapp.errors import DeskError

    try:
        return _start_as_set(options)
    except DeskError as error:
        line.restore()
        print(error, file=sys.stderr)
        return int(error.exit_code)


def _start_as_set(options: dict[str, str]) -> int:
    """Start the screens with the settings and on the terminal of this officer."""
    from deskapp import i18n, settings
    from deskapp.terminal import profiles
    from deskapp.terminal.lean import lean_imports

    if "--home" in options:
        os.environ["DESKAPP_HOME"] = options["--home"]
    i18n.use(options.get("--lang") or i18n.detect(dict(os.environ)))
    kept = settings.load()
    language = options.get("--lang") or kept.language or i18n.language()
    i18n.use(language)
    profile = profiles.detect(
        profiles.as_started(os.environ),
        asked=options.get("--profile"),
        configured=kept.profile,
    )
    profiles.apply(profile, os.environ)

    with lean_imports():
        from deskapp.app import start

    profile = profile._replace(differences=kept.send == "changes")
    return start(profile=profile, settings=kept, language=language)


def _end(signum: int, _frame: object) -> None:
    """End on a signal through every ``finally``, so that the terminal is put back."""
    sys.exit(128 + signum)


if __name__ == "__main__":
    sys.exit(main())
