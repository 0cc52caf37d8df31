"""Which kind of booking a language belongs to. Source: ``data/reference/languages.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from deskapp.services.interpreters.bookings import Kind
from deskapp.services.local_files import SHIPPED

WELSH = "cym"


@cache
def kinds() -> Mapping[str, Kind]:
    """The kind of booking of each language code; what is neither spoken nor signed is signed."""
    with (SHIPPED / "languages.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {
                row["code"]: Kind.SPOKEN if row["kind"] == Kind.SPOKEN else Kind.SIGN
                for row in csv.DictReader(file)
            }
        )
