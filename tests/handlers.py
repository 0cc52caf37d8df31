"""Lets a test run look for the handlers of a message once for each kind of widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

_look: Callable[..., Iterable[Any]] = MessagePump._get_dispatch_methods
_named: dict[tuple[type, type, str], list[tuple[type, str]] | None] = {}


def remember() -> None:
    """Remember which classes have a handler for which message, but not what it does."""

    def handlers(pump: MessagePump, name: str, message: Message) -> Iterator[Any]:
        key = (type(pump), type(message), name)
        if key not in _named:
            _named[key] = _by_name(*key)
        found = _named[key]
        if found is None:
            yield from _look(pump, name, message)
            return
        for cls, handler in found:
            if message._no_default_action:
                break
            yield cls, cls.__dict__[handler].__get__(pump, cls)

    # That a method is replaced is what is meant here.
    MessagePump._get_dispatch_methods = handlers  # type: ignore[assignment, method-assign]


def _by_name(pump: type, message: type, name: str) -> list[tuple[type, str]] | None:
    """The handlers that have the name of a message; None where a decorator made one of them."""
    found = []
    for cls in pump.__mro__:
        decorated = cls.__dict__.get("_decorated_handlers") or {}
        if not decorated.keys().isdisjoint(message.__mro__):
            return None
        for handler in (f"_{name}", name):
            if cls.__dict__.get(handler):
                if not getattr(cls.__dict__[handler], "_textual_on", None):
                    found.append((cls, handler))
                break
    return found
