"""Column types of the store."""

from __future__ import annotations

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from deskapp.text import clean


class SafeText(TypeDecorator[str]):
    """Text from people, cleaned when it is stored (design rule S1).

    The other gate, at reading, is the connection's own and holds for every column.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Nothing a terminal could obey is ever written."""
        return None if value is None else clean(value)
