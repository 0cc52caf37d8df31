"""A juror who complains: what the jury desk knows goes into the form of a complaint.

Source: jury sheet, section 2; complaints sheet, section 2.1.
"""

from __future__ import annotations

from deskapp.data.connection import Connection
from deskapp.i18n import _, day
from deskapp.services import kinds, lists
from deskapp.services.jury import courts, juror_record, row_ids
from deskapp.services.jury.acting import Acting

COMPLAINT_CATEGORY = "JUR"
"""What complaints of jurors are about at first (``complaint_categories.toml``)."""


def handover(connection: Connection, acting: Acting, number: str) -> dict[str, str]:
    """The form of a complaint of a juror about the day in force: who, how to reach them, where.

    Raises:
        RefusedError: ``BAD_NUMBER`` or ``JUROR_NOT_FOUND``.
        NotAllowedError: If the role may not read of jurors.
    """
    shown = juror_record.look(connection, acting, number)
    line, person = shown.line, shown.person
    told = _("Juror {number}, pool {pool}, {court}, {day}.")
    values = {
        "from_table": kinds.JUROR,
        "from_id": row_ids.juror(line.number),
        "categories": COMPLAINT_CATEGORY,
        "jurisdiction": lists.Jurisdiction.JURY.value,
        "user_type": lists.UserType.JUROR.value,
        "person_name": line.name,
        "phone": next(iter(person.phones), ""),
        "email": person.email,
        "postcode": person.postcode,
        "language": lists.ServiceLanguage.WELSH.value if line.welsh else "",
        "summary": _("Jury service, {day}").format(day=day(acting.date)),
        "details": told.format(
            number=line.number,
            pool=line.pool,
            court=courts.name_of(line.court),
            day=day(acting.date),
        ),
    }
    return {name: text for name, text in values.items() if text}
