"""The schemes and the calendar that cases are folded with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.services.casework.scheme import Scheme
from deskapp.services.dates import Calendar


@dataclass(frozen=True)
class Rulebook:
    """Every version of every scheme that is known here, and the working days of the site."""

    schemes: Mapping[tuple[str, int], Scheme]
    calendar: Calendar
    letters: Mapping[str, str] = field(default_factory=dict)
    """Letter templates of one's own, by name; those that ship are read when they are needed."""

    @classmethod
    def of(cls, schemes: Iterable[Scheme], calendar: Calendar) -> Rulebook:
        """A rulebook of these schemes."""
        return cls({(scheme.id, scheme.version): scheme for scheme in schemes}, calendar)

    def scheme(self, name: str, version: int) -> Scheme:
        """One version of a scheme.

        Raises:
            NotFoundError: If it is not known here.
        """
        try:
            return self.schemes[name, version]
        except KeyError:
            raise NotFoundError(
                _(
                    "Version {version} of the scheme {scheme} is not on this computer. "
                    "Ask the administrator to install it."
                ).format(version=version, scheme=name)
            ) from None

    def knows(self, name: str, version: int) -> bool:
        """Whether this version of the scheme is known here."""
        return (name, version) in self.schemes

    def in_force(self, name: str, day: dt.date) -> Scheme:
        """The version that a case opened on ``day`` is opened with.

        Raises:
            NotFoundError: If no version of the scheme is in force yet.
        """
        found = [
            scheme
            for scheme in self.schemes.values()
            if scheme.id == name and scheme.effective_from <= day
        ]
        if not found:
            raise NotFoundError(
                _("No scheme called {scheme} is in force on {day}.").format(scheme=name, day=day)
            )
        return max(found, key=lambda scheme: (scheme.effective_from, scheme.version))
