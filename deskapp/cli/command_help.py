"""Help and usage errors in both languages, laid out for eyes, braille and speech alike.

Texts of commands and options are marked with ``N_`` where they stand and translated here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from deskapp.errors import DeskError, Exit
from deskapp.i18n import N_, _
from deskapp.text import one_line

WIDTH = 79
INDENT = 4
_HELP = N_("Show this help.")


class CommandLineError(DeskError):
    """The command line itself is wrong."""

    exit_code = Exit.USAGE


class Command(TyperCommand):
    """A command whose help is in the language in use."""

    def get_help(self, ctx: Any) -> str:
        """Usage, what it does, its arguments and options."""
        return "\n".join(_page(self, ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the language in use."""

    def get_help(self, ctx: Any) -> str:
        """Usage, what it is for, its commands and options."""
        return "\n".join([*_page(self, ctx), *_commands(self)])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named.

        Raises:
            CommandLineError: If there is none of that name.
        """
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = get_close_matches(name, self.commands) or list(self.commands)
            message = _("There is no command {name}. Use one of: {names}.")
            raise CommandLineError(
                message.format(name=one_line(f"{ctx.command_path} {name}"), names=", ".join(near))
            )
        return super().resolve_command(ctx, args)


def _page(command: TyperCommand | TyperGroup, ctx: Any) -> Iterator[str]:
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    options = [item for item in command.get_params(ctx) if item.param_type_name == "option"]
    pieces = [ctx.command_path, *(_placeholder(item) for item in arguments)]
    pieces.append(_("COMMAND") if isinstance(command, TyperGroup) else _("[OPTIONS]"))
    yield _("Usage: {usage}").format(usage=" ".join(pieces))
    yield ""
    for paragraph in _(command.help or "").split("\n\n"):
        yield from [*textwrap.wrap(paragraph, WIDTH), ""]
    if arguments:
        yield _("Arguments:")
        for item in arguments:
            yield from _entry(_placeholder(item), item.help or "")
        yield ""
    yield _("Options:")
    for item in options:
        yield from _entry(_spelling(item), _HELP if item.name == "help" else item.help or "")


def _commands(group: TyperGroup) -> Iterator[str]:
    yield ""
    yield _("Commands:")
    for name, command in group.commands.items():
        yield from _entry(name, (command.help or "").partition("\n\n")[0], partial_of=command.help)


def _entry(name: str, text: str, partial_of: str | None = None) -> Iterator[str]:
    """A name, and under it what it is; ``partial_of`` is the whole text that is translated."""
    shown = _(partial_of).partition("\n\n")[0] if partial_of else _(text)
    yield f"  {name}"
    indent = " " * (2 + INDENT)
    yield from textwrap.wrap(shown, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _placeholder(argument: Any) -> str:
    name = str(argument.metavar or argument.name).upper()
    return name if argument.required else f"[{name}]"


def _spelling(option: Any) -> str:
    spelt = ", ".join(option.opts)
    if option.secondary_opts:
        spelt = " / ".join([spelt, *option.secondary_opts])
    if option.is_flag or option.name == "help":
        return spelt
    choices = getattr(option.type, "choices", None)
    value = "|".join(map(str, choices)) if choices else option.metavar or option.type.name
    return f"{spelt} {value if choices else str(value).upper()}"


def usage_sentences(error: typer.TyperException) -> str:
    """What is wrong with the command line and where to read how it is written."""
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.format_message()
    path = ctx.command_path if ctx else "deskapp"
    hint = _("Run {command} --help to see how it is written.").format(command=path)
    return f"{_usage_sentence(error, path)}\n{hint}"


def _usage_sentence(error: Any, path: str) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            text = _("{command} has no option {name}.")
            return text.format(command=path, name=one_line(error.option_name))
        case "MissingParameter":
            return _("Give {what}.").format(what=_parameter(error.param))
        case "BadParameter" if choices := getattr(error.param.type, "choices", None):
            offered = ", ".join(str(getattr(item, "value", item)) for item in choices)
            text = _("{what} must be one of: {choices}.")
            return text.format(what=_parameter(error.param), choices=offered)
        case "BadParameter":
            text = _("{what} has a value that cannot be used.")
            return text.format(what=_parameter(error.param))
        case "BadOptionUsage" | "BadArgumentUsage":
            text = _("The option {name} was given without its value, or with one it does not take.")
            return text.format(name=one_line(getattr(error, "option_name", "")))
    return _("There are more words than {command} can use. Put a text in quotes.").format(
        command=path
    )


def _parameter(param: Any) -> str:
    return _placeholder(param) if param.param_type_name == "argument" else str(param.opts[0])
