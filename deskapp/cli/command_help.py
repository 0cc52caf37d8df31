"""Help in the language in use, laid out for eyes, braille and speech alike.

Texts of commands and options are marked with ``N_`` where they stand and translated here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand, TyperGroup

from deskapp.i18n import N_, _

WIDTH = 79
INDENT = 4
_HELP = N_("Show this help.")


def page(command: TyperCommand | TyperGroup, ctx: Any) -> str:
    """Usage, what it does, its arguments, options and commands."""
    lines = [*_page(command, ctx)]
    if isinstance(command, TyperGroup):
        lines += _commands(command)
    return "\n".join(lines)


def placeholder(argument: Any) -> str:
    """How an argument stands in the usage line."""
    name = str(argument.metavar or argument.name).upper()
    return name if argument.required else f"[{name}]"


def _page(command: TyperCommand | TyperGroup, ctx: Any) -> Iterator[str]:
    arguments: list[Any] = [item for item in command.params if item.param_type_name == "argument"]
    options: list[Any] = [
        item for item in command.get_params(ctx) if item.param_type_name == "option"
    ]
    pieces = [ctx.command_path, *(placeholder(item) for item in arguments)]
    pieces.append(_("COMMAND") if isinstance(command, TyperGroup) else _("[OPTIONS]"))
    yield _("Usage: {usage}").format(usage=" ".join(pieces))
    yield ""
    for paragraph in _(command.help or "").split("\n\n"):
        yield from [*textwrap.wrap(paragraph, WIDTH), ""]
    if arguments:
        yield _("Arguments:")
        for item in arguments:
            yield from _entry(placeholder(item), _(item.help or ""))
        yield ""
    yield _("Options:")
    for item in options:
        text = _HELP if item.name == "help" else item.help or ""
        yield from _entry(_spelling(item), _(text))


def _commands(group: TyperGroup) -> Iterator[str]:
    yield ""
    yield _("Commands:")
    groups_first = sorted(
        group.commands.items(), key=lambda each: not isinstance(each[1], TyperGroup)
    )
    for name, command in groups_first:
        yield from _entry(name, _(command.help or "").partition("\n\n")[0])


def _entry(name: str, text: str) -> Iterator[str]:
    """A name, and under it what it is."""
    yield f"  {name}"
    indent = " " * (2 + INDENT)
    yield from textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _spelling(option: Any) -> str:
    spelt = ", ".join(option.opts)
    if option.secondary_opts:
        spelt = " / ".join([spelt, *option.secondary_opts])
    if option.is_flag or option.name == "help":
        return spelt
    return f"{spelt} {option.metavar}"
