"""What a juror who rings may expect for a day: a small calculator over whatever is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp import paths
from deskapp.errors import FormProblemsError
from deskapp.i18n import N_, _
from deskapp.screens import looking_up
from deskapp.screens.base import says
from deskapp.screens.beside import Beside
from deskapp.services.enquiries import report_lines
from deskapp.services.jury import estimating, rates
from deskapp.services.jury.estimating import Asked
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told

HINTS = {
    "daily_earnings": N_("In pounds, like 85 or 85.50"),
    "extra_costs": N_("For care of others, in pounds"),
    "public_transport": N_("There and back, in pounds"),
    "car": N_("There and back"),
}


class JuryEstimateScreen(Beside):
    """Type what the caller says; the answer stands below at every key."""

    HEADING: ClassVar[str] = N_("What a juror may expect")
    HELP: ClassVar[str] = N_(
        "Type what the caller says: earnings of a day, care of others, fares, miles there and back."
        " Leave out what does not apply. The estimate for one full day of ordinary service stands"
        " below at every key, by the rates of today.\n\nInsert puts the answer in words into the"
        " contact that is open. Esc goes back to where you came from; nothing is kept here."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("find.put_in", "screen.back")
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new",)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, str] = {}
        self._asked: Asked | None = None

    def body(self) -> ComposeResult:
        fields = [
            FormField(name, label, hint=HINTS.get(name, ""))
            for name, label in estimating.LABELS.items()
        ]
        yield RecordForm(fields, self._values)
        yield Told("", id="estimate", markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordForm).focus_field(next(iter(estimating.LABELS)))
        self._count()

    async def relabel(self) -> None:
        await super().relabel()
        self.on_mount()

    @on(RecordForm.Changed)
    def _changed(self, event: RecordForm.Changed) -> None:
        self._values = event.values
        self._count()

    @says
    async def action_put_in(self) -> None:
        """Put the answer into what was said in the open form, and go back there."""
        if self._asked is None:
            self.notify(_("Put right what was typed first."), markup=False)
            return
        await looking_up.put_words(self.desk, estimating.sentence(self._asked))

    def _count(self) -> None:
        """Show the estimate, or what cannot be read."""
        self.query_one("#estimate", Told).update("\n".join(self._told()))

    def _told(self) -> Iterator[str]:
        today = self.desk.clock.today()
        row = rates.in_force(paths.settings_folder()).on(today)
        try:
            self._asked = estimating.read(self._values, row)
        except FormProblemsError as error:
            self._asked = None
            for problem in error.problems:
                label = _(estimating.LABELS[problem.field])
                yield _("{label}: {problem}").format(label=label, problem=problem.message)
            return
        yield from report_lines.pairs(estimating.lines(self._asked, today))
