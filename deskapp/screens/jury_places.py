"""What the first screen of the jury desk leads to: each once, with its letter."""

from __future__ import annotations

from deskapp.i18n import N_
from deskapp.roles import Act
from deskapp.screens.places import Place

PLACES = (
    Place("S", N_("Scan: check in and out"), Act.WORK_JURY, name="jury_scan.ScanScreen"),
    Place("B", N_("Check in by list"), Act.WORK_JURY, name="jury_by_list.ByListScreen"),
    Place("C", N_("Confirm the day"), Act.WORK_JURY, name="jury_confirm.ConfirmDayScreen"),
    Place(
        "L", N_("Lists: due, in, out, on call"), Act.READ_JURY, name="jury_lists.JuryListsScreen"
    ),
    Place("T", N_("Trials: panels, draws, juries"), Act.READ_JURY, name="jury_trials.TrialsScreen"),
    Place("P", N_("Pools"), Act.READ_JURY, name="jury_pools.PoolsScreen"),
    Place(
        "E",
        N_("Expenses: enter, submit, approve"),
        Act.READ_JURY,
        name="jury_expenses.JuryExpensesScreen",
    ),
    Place(
        "R",
        N_("Reports: lists to print, figures"),
        Act.READ_JURY,
        name="jury_reports.JuryReportsScreen",
    ),
    Place("I", N_("Import pools and jurors"), Act.IMPORT_JURY, name="jury_import.JuryImportScreen"),
    Place("X", N_("Export for the Bureau"), Act.IMPORT_JURY, name="jury_export.JuryExportScreen"),
)
"""In the order of the day; none of them takes anything to open."""
