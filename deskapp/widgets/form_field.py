"""What a form says of one of its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from deskapp.widgets.choice import Offer

Kind = Literal["line", "words", "choice", "secret"]


@dataclass(frozen=True)
class FormField:
    """One field: how it is called and edited. What is right in it is the service's business."""

    name: str
    label: str
    """Untranslated."""
    kind: Kind = "line"
    rows: int = 1
    hint: str = ""
    """Untranslated; shown while the field is empty."""
    needed: bool = False
    """Whether an empty field says that it cannot stay empty."""
    typed_as: str = ""
    """Choice only: name under which the typed text is kept (``name`` keeps the entry picked)."""
    free: bool = False
    """Choice only: the typed text may stand for itself."""
    card_check: bool = True
    """Whether what looks like a payment card number is asked about; a phone number may pass."""
    from_top: bool = False
    """Words only: a text that is read before it is written on, so that its beginning is shown."""
    find: Callable[[str], Sequence[Offer]] | None = field(default=None, compare=False)
    label_of: Callable[[str], str] | None = field(default=None, compare=False)
    """Choice only: label of an entry in the language in use."""

    @property
    def free_text(self) -> str:
        """Name under which words are kept that a card number may hide in; empty for none."""
        if not self.card_check or self.kind == "secret":
            return ""
        if self.kind == "choice":
            return self.typed_as if self.free else ""
        return self.name
