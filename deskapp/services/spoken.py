"""The languages that interpreters are asked for, spoken and signed.

Source: ``data/reference/languages.csv``, the public HMCTS lists of hearings and case data.
"""

from __future__ import annotations

import csv
from functools import cache

from deskapp.services.worded import FOLDER, Item, Items


@cache
def languages() -> Items:
    """Every language, found by its name in English or Welsh."""
    with (FOLDER / "languages.csv").open(encoding="utf-8", newline="") as file:
        return Items(
            Item(
                row["code"],
                {"en": row["english_name"], "cy": row["welsh_name"] or row["english_name"]},
            )
            for row in csv.DictReader(file)
        )
