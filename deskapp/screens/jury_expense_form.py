"""What a juror claims for one day: counted at every key, with what was cut and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskapp import paths
from deskapp.errors import DeskError, Problem
from deskapp.i18n import N_, _, weekday
from deskapp.screens import jury_desk
from deskapp.screens.base import say_saved, says
from deskapp.screens.complaint_fields import several
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.jury_expense_asks import SEEN
from deskapp.screens.picks import Options, pick
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.hard.hard import TYPED
from deskapp.services.jury import (
    claim_entry,
    claim_rows,
    claim_state,
    claiming,
    entry,
    expenses,
    explained,
    money,
)
from deskapp.services.jury.claim_entry import FIELDS, OF_ATTENDANCE
from deskapp.services.jury.claim_state import Basis, ClaimDay
from deskapp.services.jury.expenses import ITEM_LABELS, MILEAGE
from deskapp.services.jury.pay import FOOD_LABELS, PAY_LABELS, DayKind
from deskapp.services.matching import Entry as Match
from deskapp.services.matching import Matcher
from deskapp.widgets.form_field import FormField
from deskapp.widgets.told import Told

HINTS = {
    "loss": N_("In pounds, like 85 or 85.50"),
    "travel_time": N_("Both ways: 90 or 1:30"),
    "miles": N_("Whole miles, there and back"),
    "car_passengers": N_("Other jurors taken along"),
    "permitted_by": N_("Who permitted taxi or parking"),
    "smart_card": N_("In pounds; it is taken off"),
}
WAYS_HINT = N_("Car, motorcycle, bicycle; with commas")


class JurorExpenseScreen(FormScreen):
    """One day of a juror. F8 keeps it, Esc keeps the form for later."""

    HEADING: ClassVar[str] = N_("Expenses of a day")
    HELP: ClassVar[str] = N_(
        "Type what the juror claims for this day; the line at the bottom counts it at every key"
        " and says what was cut. Earnings, care and other costs have one limit together: other"
        " costs are cut first, then care, then earnings. Earnings of a usual full day are halved on"
        " a half day.\n\nMiles are paid for each way that they came by. Taxi and parking need"
        " permission given beforehand. F8 keeps the day, Esc parks the form, Ctrl+T throws it away."
        " Of an approved day nothing goes below what was paid; only the difference is paid."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(self, draft: Draft, day: ClaimDay | None = None) -> None:
        super().__init__(draft)
        self._day = day
        """None for a draft that is taken up later: read in ``on_mount``."""
        self._first = dict(draft.values) if day else None
        """What stood in a form that is begun now."""

    @property
    def basis(self) -> Basis:
        """What amounts are counted by."""
        return claim_state.basis(paths.settings_folder())

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        if self._day is None:
            return []
        attended = self._day.day.kind is DayKind.ATTENDANCE
        names = [name for name in FIELDS if attended or name not in OF_ATTENDANCE]
        return [_field(name) for name in names]

    def body(self) -> ComposeResult:
        yield Told(self._title(), id="state", markup=False)
        yield from super().body()
        yield Told("", id="figures-of-day", markup=False)

    def _title(self) -> str:
        if self._day is None:
            return ""
        times = self._day.day.times
        told = _("Juror {number}, {date}").format(
            number=self._day.juror, date=weekday(self._day.date)
        )
        return f"{told}, {times.time_in:%H:%M}-{times.time_out:%H:%M}" if times else told

    async def on_mount(self) -> None:
        await self._prepare()
        if self._day is None:
            self.call_later(self.dismiss, "")
            return
        await self.recompose()
        await super().on_mount()
        self.changed()

    @says
    async def _prepare(self) -> None:
        """Read the day that the form is about."""
        await jury_desk.acting_first(self.desk)
        if self._day is None:
            day_id = self.draft.values[drafts.RECORD]
            self._day = await self.desk.store.read(claim_rows.one_day, day_id, self.basis)

    async def relabel(self) -> None:
        await super().relabel()
        self.changed()

    @property
    def untouched(self) -> bool:
        now = claimed(self.draft.values)
        return self._first is not None and claimed(self._first) == now

    # -- what it comes to -----------------------------------------------------------------

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        wrong = _("Pick one of the list, or leave it empty")
        found = [
            Problem(name, wrong)
            for name in FIELDS
            if values.get(name + TYPED, "").strip() and not values.get(name)
        ]
        assert self._day is not None
        return [*found, *claim_entry.so_far(values, self._day)[1]]

    def changed(self) -> None:
        if self._day is not None:
            told = "\n".join(filter(None, self._told()))
            self.query_one("#figures-of-day", Static).update(told)

    def _told(self) -> Iterator[str]:
        """What the day comes to as it is typed, what was cut, and what is unusually much."""
        assert self._day is not None
        given, wrong = claim_entry.so_far(self.values, self._day)
        try:
            found = expenses.figures(given.day, self._day.row.rates, self._day.rules)
        except DeskError as error:
            yield str(error)
            return
        told = [money.shown(found.total), explained.hours(found.minutes)]
        told += [_(PAY_LABELS[found.pay])] if found.pay else []
        told.append(_("limit {limit}").format(limit=money.shown(found.limit or money.ZERO)))
        yield _("This day: {what}").format(what=", ".join(told))
        if wrong:
            labels = ", ".join(_(FIELDS[each.field]) for each in wrong)
            yield _("To put right: {fields}").format(fields=labels)
        yield explained.cut_words(found)
        limits = self.basis.limits.told_of(self._day.court)
        usual = entry.over_soft_limits(given.day, limits)
        yield ", ".join(
            _("{item} above the usual {limit}").format(
                item=_(ITEM_LABELS[name]), limit=money.shown(limit)
            )
            for name, limit in usual.items()
        )

    # -- saving ---------------------------------------------------------------------------

    async def save(self, values: Mapping[str, str]) -> str:
        assert self._day is not None
        kept = await self.desk.store.write(
            claiming.enter,
            jury_desk.acting(self.desk),
            self.basis,
            self._day.id,
            claim_entry.read(values, self._day),
            seen=values[SEEN],
            step_id=self.draft.id,
        )
        self._day = kept
        return kept.id

    def saved(self, row_id: str) -> None:
        assert self._day is not None
        told = f"{self._title()}: {money.shown(self._day.figures.total)}"
        self.desk.last_saved = lambda: told
        say_saved(self.app, told)


def claimed(values: Mapping[str, str]) -> dict[str, str]:
    """What was claimed, without what a form keeps beside it."""
    return {name: values.get(name, "").strip() for name in FIELDS}


def _field(name: str) -> FormField:
    label = FIELDS[name]
    if name == "ways":
        return several(name, label, _ways, hint=WAYS_HINT)
    if options := _options(name):
        return pick(name, label, options)
    return FormField(name, label, hint=HINTS.get(name, ""))


_LISTS: Mapping[str, Mapping[str, str]] = {
    "loss_for": claim_entry.LOSS_FOR_LABELS,
    "food": {food.value: label for food, label in FOOD_LABELS.items()},
    "pay": claim_entry.PAY_CHOICES,
    "in_cash": claim_entry.CASH_LABELS,
}


def _options(name: str) -> Options:
    return [(code, _(label)) for code, label in _LISTS.get(name, {}).items()]


def _ways(text: str) -> list[tuple[str, str]]:
    """Ways of coming that are meant by words; every one for none."""
    labels = [(way, _(ITEM_LABELS[way])) for way in MILEAGE]
    matcher = Matcher(Match(each, each[0], (each[1],)) for each in labels)
    return matcher.find(text) if text else labels
