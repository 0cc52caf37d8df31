"""Every report of the jury desk by its kind. Source: jury sheet, section 8."""

from __future__ import annotations

from collections.abc import Callable

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.roles import Act
from deskapp.services.jury import report_figures, report_money, report_people
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.report_table import Asked, Kind, Report

_MAKERS: dict[Kind, Callable[[Connection, Acting, Asked], Report]] = {
    Kind.SUMMARY: report_figures.summary,
    Kind.UNCONFIRMED: report_people.unconfirmed,
    Kind.ABSENCES: report_people.absences,
    Kind.TRIAL: report_people.of_trial,
    Kind.SLIPS: report_people.slips,
    Kind.AUDIT: report_people.audit,
    Kind.UNPAID: report_money.unpaid,
    Kind.BANK: report_money.payments,
    Kind.CASH: report_money.payments,
    Kind.FIGURES: report_figures.figures,
}


def read(connection: Connection, acting: Acting, asked: Asked) -> Report:
    """The report that is asked for, at the court in force.

    Raises:
        NotAllowedError: If the role may not read of jurors.
        NotFoundError: If there is no such trial.
    """
    roles.require(acting.user, Act.READ_JURY)
    return _MAKERS.get(asked.kind, report_people.people)(connection, acting, asked)
