"""The short closed lists of jury service, by their codes.

Source: jury sheet, section 2; the codes of contacts are an assumption but ``SI``.
"""

from __future__ import annotations

from deskapp.i18n import N_

NO_ADJUSTMENT = "N"
ADJUSTMENT_LABELS = {
    NO_ADJUSTMENT: N_("None"),
    "A": N_("Religious needs"),
    "C": N_("Caring duties"),
    "D": N_("Allergies"),
    "E": N_("Epilepsy"),
    "H": N_("Hearing loss"),
    "I": N_("Diabetic"),
    "J": N_("Criminal justice employee"),
    "L": N_("Limited mobility"),
    "M": N_("Several adjustments"),
    "O": N_("Other adjustment"),
    "P": N_("Pregnant or breastfeeding"),
    "R": N_("Reading"),
    "T": N_("Travelling"),
    "U": N_("Medication"),
    "V": N_("Visual impairment"),
    "W": N_("Wheelchair"),
}
IDENTITY_LABELS = {
    "P": N_("Passport"),
    "D": N_("Driving licence"),
    "U": N_("Utility bill"),
    "B": N_("Birth certificate"),
    "A": N_("Bank statement"),
    "N": N_("No proof of identity"),
    "O": N_("Other proof of identity"),
}
POLICE_LABELS = {
    "not_checked": N_("Police check not made"),
    "in_progress": N_("Police check in progress"),
    "passed": N_("Police check passed"),
    "failed": N_("Police check failed"),
    "insufficient": N_("Police check: insufficient information"),
}
REACH_LABELS = {
    "none": N_("No preference"),
    "email": N_("Email"),
    "text": N_("Text message"),
}
CONTACT_LABELS = {
    "SI": N_("Sickness"),
    "LA": N_("Coming late or not at all"),
    "NE": N_("Needs and adjustments"),
    "EX": N_("Expenses"),
    "DE": N_("Deferral or excusal"),
    "OT": N_("Something else"),
}
