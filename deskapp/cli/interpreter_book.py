"""What ``deskapp interpreter book`` and ``here`` do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from deskapp.cli.commands import CommandLineError
from deskapp.cli.interpreter_lines import line_json
from deskapp.cli.options import at_options
from deskapp.cli.out import show, show_json, tell
from deskapp.clock import local, stamp
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError
from deskapp.i18n import _, clock_time
from deskapp.services.interpreters import book as booking
from deskapp.services.interpreters import codes, drafts, filling, register
from deskapp.services.interpreters.acting import Acting
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.interpreters.free import Here
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.repeats import Every
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk

NO_LANGUAGE = "-"
_OPTIONS = {"language": "LANGUAGE", "day": "--day", "hearings": "--hearing"}
_SETTABLE = {each.name for each in fields(BookingDraft)} - {"parent_id", "need_id", "person_id"}


def draft(
    desk: Desk,
    acting: Acting,
    language: str,
    hearing: str,
    day: str,
    given: Iterable[str] | None,
) -> BookingDraft:
    """The form as the options fill it in.

    Raises:
        CommandLineError: If ``--set`` names no field.
        NotFoundError: If there is no such hearing, or several.
    """
    wanted = BookingDraft(day=day)
    if hearing:
        hearing_id = desk.store.call_read(filling.hearing_named, hearing, acting, day=day)
        wanted = desk.store.call_read(filling.for_hearing, hearing_id, acting)
    values = pairs(given, _SETTABLE)
    if "avoid" in values:
        names = filter(None, map(str.strip, values["avoid"].split(",")))
        found = [desk.store.call_read(register.named, name, user=desk.user) for name in names]
        values["avoid"] = " ".join(each.id for each in found)
    chosen = "" if language == NO_LANGUAGE else language
    return replace(wanted, language=chosen, **values)


def book(
    desk: Desk,
    acting: Acting,
    wanted: BookingDraft,
    *,
    series: tuple[Every, int] | None,
    keep: bool,
) -> list[BookingLine]:
    """Save it, send it, or book the series; what is only to be known is told.

    Raises:
        FormProblemsError: With what to put right, by option.
    """
    write, booking_id = desk.store.call_write, new_id()
    for code in drafts.check(wanted, acting).warnings:
        tell(codes.words(code))
    try:
        if series:
            every, count = series
            return write(booking.book_series, acting, wanted, every, count, booking_id=booking_id)
        verb = booking.save if keep else booking.book
        return [write(verb, acting, wanted, booking_id=booking_id)]
    except FormProblemsError as error:
        options = {name: f"--set {name}" for name in _SETTABLE} | _OPTIONS
        raise at_options(error, options) from error


def pairs(given: Iterable[str] | None, names: Iterable[str]) -> dict[str, str]:
    """What stood behind every ``--set``.

    Raises:
        CommandLineError: If one has no ``=``, or names no field of these.
    """
    found = {}
    known = sorted(names)
    for pair in given or ():
        name, equals, text = pair.partition("=")
        if not equals:
            raise CommandLineError(_("Write --set FIELD=VALUE, not {text}.").format(text=pair))
        if name.strip() not in known:
            message = _("There is no field {name} to fill in. Use one of: {names}.")
            raise CommandLineError(message.format(name=one_line(name), names=", ".join(known)))
        found[name.strip()] = text.strip()
    return found


def show_here(each: Here, acting: Acting, *, as_json: bool) -> None:
    """Write somebody who is in the building."""
    line = each.booking
    if as_json:
        next_at = stamp(each.next_at) if each.next_at else None
        values: Mapping[str, object] = {
            **line_json(line, acting), "free": each.free, "next_at": next_at,
        }  # fmt: skip
        show_json(values)
        return
    until = _("next at {time}").format(time=clock_time(local(each.next_at))) if each.next_at else ""
    told = _("FREE NOW") if each.free else _("in {room}").format(room=line.room)
    show("  ".join(part for text in (told, line.interpreter, line.language, line.ref, until)
                   if (part := one_line(text))))  # fmt: skip
