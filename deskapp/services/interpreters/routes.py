"""What each route means: who supplies it, who asks, what must be there first.

Source: interpreter sheet, section 2.
"""

from __future__ import annotations

from deskapp.i18n import N_, _
from deskapp.services.interpreters import languages
from deskapp.services.interpreters.bookings import ForRole, Kind, Route
from deskapp.services.interpreters.settings import Settings
from deskapp.services.interpreters.validation import CRIMINAL

ROUTE_WORDS = {
    Route.CONTRACT: N_("Ask in the portal of the supplier, then copy its reference."),
    Route.WELSH_UNIT: N_(
        "Welsh is a right in Wales, no reason is needed: ask the Welsh Language Unit, never the"
        " contract. Magistrates' courts need no notice."
    ),
    Route.OFF_CONTRACT: N_(
        "The court books somebody itself because the contract cannot fill it. It is counted apart;"
        " say why."
    ),
    Route.WITNESS_SCHEME: N_(
        "The police or CPS ask for a registered intermediary; the court only records who comes."
    ),
    Route.PARTY_ARRANGED: N_(
        "The side that calls the witness arranges the interpreter; the court only records who"
        " comes. For a defendant the court arranges."
    ),
    Route.BY_PERMISSION: N_("Only if the judge allows it. Record who allowed it and when."),
}
INTERMEDIARY_WORDS = N_(
    "Approved providers only; the assessment must be finished first. Another provider needs central"
    " permission."
)
SIGN_WORDS = N_("HMCTS always provides for deaf and hard-of-hearing people.")


def usual_route(kind: Kind, language_code: str, for_role: str, jurisdiction: str) -> Route:
    """Who supplies what is booked, unless the officer knows better. Source: section 2."""
    if language_code == languages.WELSH:
        return Route.WELSH_UNIT
    witness = for_role == ForRole.WITNESS and jurisdiction in CRIMINAL
    if witness:
        return Route.WITNESS_SCHEME if kind is Kind.INTERMEDIARY else Route.PARTY_ARRANGED
    return Route.CONTRACT


def words(route: Route, kind: Kind, settings: Settings) -> str:
    """What to do on a route, and who is asked."""
    told = [_(ROUTE_WORDS[route])]
    if route is Route.CONTRACT and kind is Kind.INTERMEDIARY:
        told = [_(INTERMEDIARY_WORDS)]
    elif route is Route.CONTRACT and kind is Kind.SIGN:
        told.append(_(SIGN_WORDS))
    asked = settings.suppliers_of(kind, route)
    if asked:
        names = ", ".join(" ".join(filter(None, (each.name, each.phone))) for each in asked)
        told.append(_("Ask: {names}.").format(names=names))
    return " ".join(told)
