"""Lets a test run find out once for each kind of widget what Textual asks of every one of them.

Which methods handle a message, how many values a function takes, whether an attribute is computed:
none of it changes while the tests run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import CodeType
from typing import Any

from textual import _callback
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive

_look: Callable[..., Iterable[Any]] = MessagePump._get_dispatch_methods
_named: dict[tuple[type, type, str], list[tuple[type, str]] | None] = {}
_count: Callable[..., int] = _callback._count_parameters
_taken: dict[CodeType, int] = {}
_get: Callable[..., Any] = Reactive.__get__
_computed: dict[tuple[type, str], bool] = {}


def remember() -> None:
    """Remember what is found, but not what it does."""

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

    def parameters(function: Any) -> int:
        code = getattr(function, "__code__", None)
        if code is None or hasattr(function, "__wrapped__"):
            return _count(function)
        if code not in _taken:
            _taken[code] = _count(function)
        return _taken[code]

    def attribute(reactive: Reactive[Any], node: Any, cls: type) -> Any:
        if node is None or reactive.internal_name not in node.__dict__:
            return _get(reactive, node, cls)
        key = (cls, reactive.name)
        if key not in _computed:
            _computed[key] = hasattr(cls, reactive.compute_name)
        return (
            _get(reactive, node, cls) if _computed[key] else node.__dict__[reactive.internal_name]
        )

    # That methods are replaced is what is meant here.
    MessagePump._get_dispatch_methods = handlers  # type: ignore[assignment, method-assign]
    _callback._count_parameters = parameters  # type: ignore[assignment]
    Reactive.__get__ = attribute  # type: ignore[assignment, method-assign]


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
