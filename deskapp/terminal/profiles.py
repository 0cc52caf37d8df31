"""What the officer's terminal can do, and what Textual is told about it before it is imported.

Source: design/thin_terminals.md R1, R2 and R8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import NamedTuple

from deskapp.errors import SettingsError
from deskapp.i18n import _


class Profile(NamedTuple):
    """One way of using a terminal."""

    name: str
    color_system: str
    """``auto``, or ``standard`` for the 16 colours of the terminal's own palette."""
    theme: str
    """Textual theme that an application starts with; the thin ones hold 16 colours only."""
    frames_per_second: int
    escape_delay_ms: int
    """How long a lone Esc waits for the rest of a key that a slow link may have split."""
    modern: bool
    """The terminal has a mouse and knows queries, focus reports and the kitty keyboard."""
    seven_bit: bool
    """Nothing above 0x7F may be sent."""
    differences: bool = True
    """Only what changed on the screen is sent."""


FULL = Profile("full", "auto", "textual-dark", 60, 100, modern=True, seven_bit=False)
THIN = Profile("thin", "standard", "ansi-dark", 15, 250, modern=False, seven_bit=False)
ASCII = Profile("ascii", "standard", "ansi-dark", 15, 250, modern=False, seven_bit=True)
PROFILES = {profile.name: profile for profile in (FULL, THIN, ASCII)}

KNOWN_TERMINALS = frozenset(
    {
        *("xterm", "screen", "tmux", "linux", "rxvt", "putty", "konsole", "gnome", "vte", "st"),
        *("alacritty", "kitty", "foot", "wezterm", "ghostty", "mintty", "cygwin", "eterm"),
        *("iterm", "iterm2", "nsterm", "contour"),
    }
)


def named(name: str) -> Profile:
    """The profile called ``name``.

    Raises:
        SettingsError: If there is none of that name.
    """
    try:
        return PROFILES[name]
    except KeyError:
        text = _("There is no terminal profile called {name}. Use full, thin or ascii.")
        raise SettingsError(text.format(name=name)) from None


def detect(environment: Mapping[str, str], *, asked: str | None, configured: str | None) -> Profile:
    """Choose the profile: asked for, else configured, else what fits the terminal best.

    Args:
        environment: As ``as_started`` gives it.
        asked: The ``--profile`` option.
        configured: The profile in the settings (``DESKAPP_PROFILE``, or the settings file).

    Raises:
        SettingsError: If a profile is named that does not exist.
    """
    if name := asked or configured:
        return named(name)
    terminal = environment.get("TERM", "").lower()
    rich = "256color" in terminal or "direct" in terminal
    known = rich or re.split(r"[-.+]", terminal)[0] in KNOWN_TERMINALS
    if charset(environment) != "utf-8" or not known:
        return ASCII
    return FULL if rich and not environment.get("SSH_CONNECTION") else THIN


def apply(profile: Profile, environment: MutableMapping[str, str]) -> None:
    """Set the variables that Textual reads while it is imported; call it before that."""
    environment["TEXTUAL_ANIMATIONS"] = "none"
    environment["TEXTUAL_COLOR_SYSTEM"] = profile.color_system
    # With NO_COLOR Textual chooses its filter by this first theme: only an ANSI one has no grey.
    environment["TEXTUAL_THEME"] = THIN.theme if "NO_COLOR" in environment else profile.theme
    environment["TEXTUAL_FPS"] = str(profile.frames_per_second)
    environment["ESCDELAY"] = str(profile.escape_delay_ms)
    if not profile.modern:
        environment["TEXTUAL_DISABLE_KITTY_KEY"] = "1"


def charset(environment: Mapping[str, str]) -> str:
    """Python's name of the locale's character set; ``ascii`` for C, POSIX and none at all."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C").partition("@")[0]
    language, dot, codeset = locale.partition(".")
    if not dot:
        codeset = {"C": "ascii", "POSIX": "ascii", "UTF-8": "utf-8"}.get(language, "latin-1")
    try:
        return codecs.lookup(codeset).name
    except LookupError:
        return "ascii"


def as_started(
    environment: Mapping[str, str], given: Path = Path("/proc/self/environ")
) -> Mapping[str, str]:
    """``environment`` with the locale that the officer's terminal was really started in.

    In the C locale Python puts ``LC_CTYPE=C.UTF-8`` into its own environment (PEP 538), which
    says nothing about the terminal. What the process was started with is read from ``given``.
    """
    if environment.get("LC_CTYPE") not in {"C.UTF-8", "C.utf8", "UTF-8"}:
        return environment
    try:
        started_with = given.read_bytes().split(b"\0")
    except OSError:
        return environment
    if any(entry.startswith(b"LC_CTYPE=") for entry in started_with):
        return environment
    return {name: value for name, value in environment.items() if name != "LC_CTYPE"}
