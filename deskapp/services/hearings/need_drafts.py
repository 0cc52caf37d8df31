"""A need as it is entered, and what must be put right before it can be kept.

Source: hearings sheet, section 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskapp.errors import Problem
from deskapp.i18n import _
from deskapp.services import spoken
from deskapp.services.hearings import codes, flags
from deskapp.services.hearings.codes import Code
from deskapp.text import clean, one_line

MOST_COMMENT = 200
MOST_VALUE = 80
"""Longest free text of a language, and of what the list does not have."""


@dataclass(frozen=True)
class NeedDraft:
    """A need as it is entered."""

    flag: str
    party_key: str = ""
    """Empty for the whole case."""
    party_name: str = ""
    party_role: str = ""
    person_id: str = ""
    value: str = ""
    language_code: str = ""
    other_language: str = ""
    comment: str = ""
    requested_by: str = ""
    named: tuple[str, ...] = field(default=())
    """Whom somebody must be screened from; empty for everybody."""

    @classmethod
    def of_values(cls, values: Mapping[str, str]) -> NeedDraft:
        """The need of a form or a command; ``named`` has names between commas."""
        text = {name: one_line(clean(value)) for name, value in values.items()}
        named = tuple(filter(None, map(str.strip, text.get("named", "").split(","))))
        names = (
            "flag", "party_key", "party_name", "party_role", "person_id", "value",
            "language_code", "other_language", "comment", "requested_by",
        )  # fmt: skip
        return cls(**{name: text.get(name, "") for name in names}, named=named)

    def problems(self) -> list[Problem]:
        """Everything that must be put right, by field."""
        flag = flags.flags().get(self.flag)
        if flag is None:
            return [Problem("flag", _("Choose what is needed from the list."))]
        if flag.code in flags.headings():
            return [codes.problem("flag", Code.CATEGORY_CODE)]
        if flag.code in flags.RESTRICTED:
            message = _("This is kept as a marker of the person. Set the marker there.")
            return [Problem("flag", message)]
        return [*self._about_language(), *self._about_texts(flag)]

    def _about_language(self) -> list[Problem]:
        if self.flag not in flags.WITH_LANGUAGE:
            return []
        if self.language_code and self.other_language:
            return [codes.problem("language_code", Code.LANGUAGE_BOTH)]
        known = {item.code for item in spoken.languages()}
        if not self.other_language and self.language_code not in known:
            return [codes.problem("language_code", Code.LANGUAGE_REQUIRED)]
        return []

    def _about_texts(self, flag: flags.Flag) -> list[Problem]:
        found = []
        if flag.comment_required and not self.comment and flag.code != flags.OTHER:
            found.append(codes.problem("comment", Code.COMMENT_REQUIRED))
        if flag.code == flags.OTHER and not self.value:
            found.append(Problem("value", _("Say what is needed, in a few words.")))
        for name in ("comment", "requested_by"):
            if len(getattr(self, name)) > MOST_COMMENT:
                found.append(codes.problem(name, Code.COMMENT_TOO_LONG))
        for name in ("other_language", "value"):
            if len(getattr(self, name)) > MOST_VALUE:
                found.append(Problem(name, _("Shorten this to 80 characters.")))
        return found
