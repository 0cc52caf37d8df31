"""The first start: where this desk is, who uses it, how its records are unlocked."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import Label

from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import N_, _, language
from deskapp.roles import Role
from deskapp.screens.base import DeskScreen
from deskapp.services import first_start
from deskapp.services.courts import courts
from deskapp.text import words
from deskapp.widgets.choice import Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm

PASSPHRASE, KEYRING = "passphrase", "keyring"
_WAYS = {
    PASSPHRASE: N_("A passphrase, typed at every start"),
    KEYRING: N_("The keyring of this computer, nothing to type"),
}


def _court_offers(text: str) -> list[Offer]:
    return [
        Offer(hit.court.key, hit.court.shown_name(language()), hit.reason_beside_name())
        for hit in courts.find(text, limit=6, open_only=True)
    ]


def _way_offers(text: str) -> list[Offer]:
    typed = words(text)
    return [
        Offer(way, _(label))
        for way, label in _WAYS.items()
        if all(any(word.startswith(part) for word in words(_(label))) for part in typed)
    ]


FIELDS = (
    FormField(
        "site",
        N_("Court or office"),
        "choice",
        hint=N_("Name, town, code or postcode"),
        typed_as="site_typed",
        find=_court_offers,
        label_of=lambda key: courts.by_key(key).shown_name(language()),
    ),
    FormField("name", N_("Your name"), hint=N_("As colleagues know you")),
    FormField(
        "way",
        N_("Unlock with"),
        "choice",
        typed_as="way_typed",
        find=_way_offers,
        label_of=lambda way: _(_WAYS[way]),
    ),
    FormField("passphrase", N_("Passphrase"), "secret", hint=N_("8 characters or more")),
    FormField("again", N_("The same again"), "secret"),
)


class SetupScreen(DeskScreen[None]):
    """Three short questions; F8 makes the encrypted store."""

    HEADING: ClassVar[str] = N_("First start")
    HELP: ClassVar[str] = N_(
        "Choose the court or office where this desk stands: type its name, an old or Welsh name, a"
        " code or a postcode. Then your name, and a passphrase of eight characters or more that you"
        " will remember: without it nobody can open the records."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "app.help", "app.quit")

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, str] = {"way": PASSPHRASE}
        self._working = False

    def body(self) -> ComposeResult:
        yield Label(_("Welcome. Three questions, then the desk is ready."), markup=False)
        yield RecordForm(FIELDS, self._values)
        yield Label("", id="said", markup=False)

    def on_mount(self) -> None:
        self.query_one(RecordForm).focus_field("site")

    async def relabel(self) -> None:
        self._values = self.query_one(RecordForm).values
        await super().relabel()
        self.query_one(RecordForm).focus_field("site")

    def action_save(self) -> None:
        """Make the store."""
        if not self._working:
            self.prepare()

    @work(exclusive=True, group="save")
    async def prepare(self) -> None:
        """Check the answers and make the store; what cannot be used is said, nothing is cleared."""
        form = self.query_one(RecordForm)
        form.settle()
        values = form.values
        secret = values["passphrase"] if values["way"] != KEYRING else None
        found = first_start.problems(values["site"], values["name"], secret)
        if secret is not None and secret != values["again"]:
            found.append(Problem("again", _("Enter the same passphrase twice")))
        form.show_problems(found)
        if found:
            return
        said = self.query_one("#said", Label)
        said.update(_("Making the encrypted records…"))
        self._working = True
        try:
            store, _user = await asyncio.to_thread(
                first_start.prepare,
                self.desk.folder,
                site_key=values["site"],
                name=values["name"],
                role=Role.OFFICER,
                passphrase=secret,
                keyring=values["way"] == KEYRING,
                clock=self.desk.clock,
            )
        except FormProblemsError as error:
            form.show_problems(error.problems)
            said.update("")
        except DeskError as error:
            said.update(str(error))
        else:
            self.desk.enter(store)
        finally:
            self._working = False
