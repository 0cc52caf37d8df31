"""The shape of every command: help and refusals in the language in use, values read plainly."""

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from deskapp.cli import command_help
from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.text import one_line


class CommandLineError(DeskError):
    """The command line itself is wrong."""

    exit_code = Exit.USAGE


class Command(TyperCommand):
    """One command."""

    def get_params(self, ctx: Any) -> Any:
        """Its arguments and options, ``--help`` too."""
        return _read_plainly(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """Its help page."""
        return command_help.page(self, ctx)


class Group(TyperGroup):
    """Several commands under one name."""

    def get_params(self, ctx: Any) -> Any:
        """Its options, ``--help`` too."""
        return _read_plainly(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """Its help page."""
        return command_help.page(self, ctx)

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


def _read_plainly(params: Any) -> Any:
    """``params`` that read their values as the annotations say.

    Typer would load its models first, which takes longer than most commands.
    """
    for param in params:
        param.process_value = partial(_value, param)
    return params


def _value(param: Any, ctx: Any, given: Any) -> Any:
    """What the command gets for a parameter, after its own callback."""
    found = None
    if given not in (None, (), []):
        found = _read(param, ctx, given)
    elif param.required:
        raise _refused(ctx, _("Give {what}.").format(what=_name(param)))
    return found if param.callback is None else param.callback(ctx, param, found)


def _read(param: Any, ctx: Any, given: Any) -> Any:
    kind = param.type_descriptor.annotation
    several = get_args(kind)
    try:
        found = [several[0](item) for item in given] if several else kind(given)
        if kind is int and param.min is not None and found < param.min:
            raise ValueError
    except ValueError:
        text = _("{what} has a value that cannot be used. It takes: {choices}.")
        sentence = text.format(what=_name(param), choices=param.metavar)
        raise _refused(ctx, sentence) from None
    return found


def _refused(ctx: Any, sentence: str) -> CommandLineError:
    return CommandLineError(f"{sentence}\n{_hint(ctx.command_path)}")


def _hint(path: str) -> str:
    return _("Run {command} --help to see how it is written.").format(command=path)


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return command_help.placeholder(param)
    return str(param.opts[0])


def usage_sentences(error: typer.TyperException) -> str:
    """What is wrong with the command line and where to read how it is written."""
    ctx: Any = getattr(error, "ctx", None)  # some refusals of the parser do not know theirs
    path = ctx.command_path if ctx else "deskapp"
    name = one_line(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoArgsIsHelpError":
            return error.format_message()
        case "NoSuchOption":
            sentence = _("{command} has no option {name}.")
        case "BadOptionUsage" | "BadArgumentUsage":
            sentence = _("The option {name} needs a value, or was given one that it does not take.")
        case _other:
            sentence = _("There are more words than {command} can use. Put a text in quotes.")
    return f"{sentence.format(command=path, name=name)}\n{_hint(path)}"
