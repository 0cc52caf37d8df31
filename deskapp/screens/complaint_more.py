"""What most complaints do not need and Ctrl+R records: authority, flags, loss, what is not ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deskapp.i18n import N_, _
from deskapp.screens.asking import Asking
from deskapp.screens.base import Entry, says
from deskapp.screens.complaint_fields import YES_NO, also_field, lettered, one
from deskapp.screens.contact_checks import Checks
from deskapp.screens.contact_more import NEED_LANGUAGE
from deskapp.screens.picks import pick
from deskapp.services import needs
from deskapp.services.choice import Choice
from deskapp.services.complaints import categories, redirects
from deskapp.services.complaints.lists import Authority, Flag, Sought
from deskapp.services.lists import ServiceLanguage
from deskapp.widgets.form_field import FormField
from deskapp.widgets.ticks import Tick

CLIENT, WHOLE, PART, OURS = "client", "redirect", "part", "ours"
STAFF_ROWS = 2
ABOUT_STAFF = FormField(
    "about_staff", N_("About staff"), "words", rows=STAFF_ROWS, hint=N_("Seen by few; never listed")
)
ACTING_FOR = FormField("acting_for", N_("On behalf of"), hint=N_("Full name of who it is about"))
BODY = FormField("redirect_body", N_("Name of the body"))
PART_WHAT = FormField("part_what", N_("Which part"), hint=N_("What we do not answer"))
LOSS = (
    FormField("loss", N_("Amount in pounds"), hint=N_("Like 125.50")),
    FormField("loss_for", N_("What for")),
)


class LoggingMore(Asking, Checks):
    """The form of a complaint with Ctrl+R; each thing there stands behind a letter."""

    async def action_more(self) -> None:
        """Ask what to record."""
        self.take()
        entries = [
            Entry("X", _("Not ours: all of it, or a part"), "not_ours"),
            Entry("A", _("Anonymous, or named after all"), "anonymous"),
            Entry("T", _("Third party: complains for somebody"), "third_party"),
            Entry("B", _("About a member of staff"), "staff"),
            Entry("O", _("Outcome that is wanted"), "sought"),
            Entry("L", _("Loss: compensation is asked for"), "loss"),
            Entry("F", _("Flags: data breach, media, MP and others"), "flags"),
            Entry("N", _("Needs"), "needs"),
            Entry("W", _("Welsh service"), "welsh"),
        ]
        if not self.draft.values.get("anonymous"):
            entries.append(Entry("S", _("Safe contact: how to reach them"), "safe"))
        await self.desk.ask(_("Record more"), entries, self._more_chosen)

    async def _more_chosen(self, what: str | None) -> None:
        asks = {
            "not_ours": self._ask_subject,
            "anonymous": self._turn_anonymous,
            "third_party": self._ask_authority,
            "staff": self._edit_staff,
            "sought": self._tick_sought,
            "loss": self._edit_loss,
            "flags": self._tick_flags,
            "needs": self.tick_needs,
            "welsh": self._next_language,
            "safe": self.edit_safe_contact,
        }
        if what:
            await asks[what]()

    # -- what is not ours -----------------------------------------------------------------

    @says
    async def _ask_subject(self) -> None:
        entries = [
            Entry(each.letter, each.label, each.code) for each in redirects.subjects().values()
        ]
        if self.draft.values.get(WHOLE) or self.draft.values.get(PART):
            entries.append(Entry("0", _("All of it is ours after all"), OURS))
        await self.desk.ask(_("Whose is it?"), entries, self._subject_chosen)

    async def _subject_chosen(self, code: str | None) -> None:
        if code == OURS:
            await self.record(redirect="", part="", part_what="", redirect_body="")
        elif code:
            entries = [
                Entry("A", _("All of it: say where to go, and log it as redirected"), WHOLE),
                Entry("P", _("A part: the rest is answered here"), PART),
            ]

            async def split(how: str | None) -> None:
                if how:
                    focus = "part_what" if how == PART else "redirect_body"
                    await self.record(**{WHOLE: "", PART: "", how: code}, focus=focus)

            await self.desk.ask(_("All of it, or a part?"), entries, split)

    # -- who complains, and for whom ------------------------------------------------------

    async def _turn_anonymous(self) -> None:
        now = "" if self.draft.values.get("anonymous") else "yes"
        await self.record(anonymous=now)

    async def _ask_authority(self) -> None:
        entries = lettered(Authority)
        if self.draft.values.get("authority"):
            entries.append(Entry("C", _("For themselves after all"), CLIENT))
        await self.desk.ask(_("Have you seen authority to act?"), entries, self._authority_chosen)

    async def _authority_chosen(self, authority: str | None) -> None:
        if authority == CLIENT:
            await self.record(authority="", acting_for="")
        elif authority:
            await self.record(authority=authority, focus="acting_for")
            if not Authority(authority).suffices:
                told = _("Log it and take information in; give none until authority is seen.")
                self.notify(told, markup=False)

    async def _edit_staff(self) -> None:
        await self.record(staff_asked="yes", focus="about_staff")

    async def _next_language(self) -> None:
        """Welsh at the first press; then both, English, not asked."""
        order = ["", ServiceLanguage.WELSH, ServiceLanguage.BOTH, ServiceLanguage.ENGLISH]
        now = self.draft.values.get("language", "")
        at = order.index(now) if now in order else 0
        await self.record(language=order[(at + 1) % len(order)])

    # -- what they want -------------------------------------------------------------------

    async def _edit_loss(self) -> None:
        await self.record(loss_asked="yes", focus="loss")

    async def _tick_sought(self) -> None:
        await self._tick(_("What does the person want?"), "outcome_sought", Sought)

    async def _tick_flags(self) -> None:
        await self._tick(_("What is there besides?"), "flags", Flag)

    async def _tick(self, question: str, name: str, kind: type[Choice]) -> None:
        """Tick items of a list; they are kept at once."""
        from deskapp.screens.ticks import Ticks

        def ticked(code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
            if code:
                self.change(**{name: " ".join(marks)})
            return marks, ""

        ticks = [Tick(each.value, each.letter, each.label) for each in lettered(kind)]
        marks = dict.fromkeys(self.draft.values.get(name, "").split(), "x")
        screen = Ticks(question, ticks, {"x": "x"}, marks, ticked)
        await self.app.push_screen(screen, self._ticks_closed)

    # -- fields that are wanted -----------------------------------------------------------

    @property
    def codes(self) -> list[str]:
        """Codes of the categories that were picked."""
        return self.draft.values.get("categories", "").split()

    def more_fields(self) -> list[FormField]:
        """Fields that are wanted by the categories and by what was recorded."""
        values, codes = self.draft.values, self.codes
        staff = bool(values.get("staff_asked")) or categories.asks_about_staff(codes)
        wanted: list[tuple[Sequence[FormField], bool]] = [
            ([also_field(ask) for ask in categories.asked_besides(codes)], True),
            ((ABOUT_STAFF,), staff),
            ((ACTING_FOR, one("authority", N_("Authority"), Authority)), _third(values.get)),
            ((NEED_LANGUAGE,), needs.LANGUAGE in values.get("needs", "").split()),
            ((*LOSS, *_loss_questions()), bool(values.get("loss_asked"))),
            ((PART_WHAT,), bool(values.get(PART))),
            ((BODY,), bool(values.get(PART) or values.get(WHOLE))),
        ]
        return [field for fields, is_wanted in wanted if is_wanted for field in fields]


def _third(value: Callable[..., str | None]) -> bool:
    return bool(value("authority") or value("acting_for"))


def _loss_questions() -> list[FormField]:
    yes_no = [(code, _(label)) for code, label in YES_NO]
    return [
        pick("loss_evidence", N_("Proof held"), yes_no),
        pick("loss_direct", N_("Caused by our error"), yes_no),
    ]
