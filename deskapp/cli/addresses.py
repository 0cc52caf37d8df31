"""What says how to reach somebody with a confidential address is kept, and told of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deskapp.cli.out import tell
from deskapp.i18n import _

if TYPE_CHECKING:
    from deskapp.services.persons.withheld import Cover


def warn(cover: Cover, texts: Iterable[str]) -> None:
    """Say that a text which was kept spells out what is withheld; the words are not repeated."""
    if cover.hides_matches and any(cover.text(text) != text for text in texts):
        tell(_("The text says how to reach somebody whose address is confidential."))
        tell(_("It is stored, and shown to nobody."))
