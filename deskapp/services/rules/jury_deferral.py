"""The kind of jury cases that is about deferral. Source: jury sheet, section 7."""

from __future__ import annotations

from deskapp.i18n import _
from deskapp.services.jury import deferral as deferrals
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.deferral import Answer, Decision, Request
from deskapp.services.jury.refusals import RefusedError
from deskapp.services.rules import values
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError


def deferral(given: Fields) -> Json:
    """The status after a decision on a request for deferral."""
    request = Request(
        previous_deferrals=values.count(given, "previous_deferrals", 0),
        has_attendances=values.flag(given, "has_attendances"),
        original_date=values.optional_date(given, "original_date"),
        date_of_birth=values.optional_date(given, "date_of_birth"),
    )
    answer = Answer(
        values.choice(given, "decision", Decision),
        values.optional_date(given, "new_date"),
        into_pool=values.given(given, "target_pool"),
        confirm_again=values.flag(given, "confirm_again"),
        manager=values.flag(given, "manager"),
    )
    try:
        return {"ok": True, "status": int(deferrals.decide(request, answer, jury_rules.shipped()))}
    except RefusedError as refused:
        return {"ok": False, "error": str(refused.code)}
    except ValueError as error:
        raise MalformedCaseError(_("original_date and new_date must be given.")) from error
