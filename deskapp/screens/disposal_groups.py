"""What is disposed of in steps of many, one line for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from deskapp import paths
from deskapp.clock import local
from deskapp.i18n import N_, _, day, number
from deskapp.services.enquiries import enquiry_disposal, enquiry_retention, enquiry_secrets

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.services.complaints.acting import Acting
    from deskapp.services.interpreters.acting import Acting as BookingActing
    from deskapp.services.jury.acting import Acting as JuryActing


class Write(NamedTuple):
    """Something for the store to do; the screen asks it, and says when it is refused."""

    work: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    named: Mapping[str, Any] = MappingProxyType({})


class Group(NamedTuple):
    """Everything of one kind whose years are over."""

    key: str
    which: str
    """What stands in its line, in the language in use."""
    state: str
    proposed_by: frozenset[str]
    """Ids of who proposed some of them."""
    some_left: bool
    """Some were not proposed yet."""
    question: str
    """Asked before they are erased."""
    propose: Callable[[str], Write]
    confirm: Callable[[], Write]
    """Erases what somebody else proposed."""
    told: Callable[[Any], str]
    """What to tell of what was erased."""


class Step(NamedTuple):
    """What of enquiries goes together."""

    key: str
    due: Callable[..., list[enquiry_retention.Ripe]]
    propose: Callable[..., int]
    confirm: Callable[..., int]
    told: str
    """The line; untranslated, as are the next two."""
    sure: str
    erased: str


STEPS = (
    Step(
        "secrets",
        enquiry_secrets.due,
        enquiry_secrets.propose,
        enquiry_secrets.confirm,
        N_("Code words and kinds of check: {count}, from {day}"),
        N_("Code words and kinds of check cannot be brought back. Erase them?"),
        N_("Code words and kinds of check erased: {count}"),
    ),
    Step(
        "enquiries",
        enquiry_retention.due,
        enquiry_disposal.propose,
        enquiry_disposal.confirm,
        N_("Enquiries: {count}, from {day}"),
        N_("The enquiries cannot be brought back. Erase them?"),
        N_("Enquiries erased: {count}"),
    ),
)
"""What goes first stands first."""


async def groups(desk: DeskApp) -> list[Group]:
    """The kinds of which something is due."""
    found = [await _of_contacts(desk, step) for step in STEPS]
    found.append(await _complaints(desk))
    found.append(await _bookings(desk))
    found.append(await _pools(desk))
    return [each for each in found if each is not None]


async def _of_contacts(desk: DeskApp, step: Step) -> Group | None:
    def asked() -> dict[str, Any]:
        rules = enquiry_retention.rules(paths.settings_folder())
        return {"kept": rules, "user": desk.user, "now": desk.clock.now()}

    found = await desk.store.read(step.due, **asked())
    if not found:
        return None

    oldest = day(local(found[0].ended_at).date())
    return Group(
        key=step.key,
        which=_(step.told).format(count=number(len(found)), day=oldest),
        state=enquiry_retention.state_words(found),
        proposed_by=frozenset(each.proposed_by for each in found if each.proposed_by),
        some_left=any(not each.proposed_by for each in found),
        question=_(step.sure),
        propose=lambda reason: Write(step.propose, named={**asked(), "reason": reason}),
        confirm=lambda: Write(step.confirm, named=asked()),
        told=lambda erased: _(step.erased).format(count=number(erased)),
    )


async def _complaints(desk: DeskApp) -> Group | None:
    from deskapp.services.complaints import disposal, retention
    from deskapp.services.complaints.acting import acting_on

    def acting() -> Acting:
        return acting_on(desk.user, desk.clock.now(), paths.settings_folder())

    found = await desk.store.read(retention.due, acting())
    forms = await desk.store.read(retention.forms, acting())
    proposal = await desk.store.read(disposal.proposed_forms)
    if not found and not forms:
        return None

    def told(count: disposal.Count) -> str:
        message = _("Erased: complaints {complaints}, forms {forms}")
        return message.format(complaints=number(count.complaints), forms=number(count.forms))

    which = _("Complaints: {complaints}, forms that were left: {forms}")
    proposers = {each.proposed_by for each in found} | ({proposal.by} if proposal else set())
    return Group(
        key="complaints",
        which=which.format(complaints=number(len(found)), forms=number(len(forms))),
        state=retention.states_words(found, forms, proposal is not None),
        proposed_by=frozenset(proposers - {""}),
        some_left=any(not each.proposed_by for each in found) or bool(forms and not proposal),
        question=_("The complaints cannot be brought back. Erase them?"),
        propose=lambda reason: Write(disposal.propose, (acting(), reason)),
        confirm=lambda: Write(disposal.confirm, (acting(),)),
        told=told,
    )


async def _bookings(desk: DeskApp) -> Group | None:
    from deskapp.services.interpreters import disposal
    from deskapp.services.interpreters.acting import acting_on

    def acting() -> BookingActing:
        return acting_on(desk.user, desk.clock.now(), paths.settings_folder())

    found = await desk.store.read(disposal.due, acting())
    if not found:
        return None
    oldest = day(local(found[0].ended_at).date())
    waiting = sum(not each.proposed_by for each in found)
    words = [_("{count} may be proposed").format(count=number(waiting))] if waiting else []
    if proposed := len(found) - waiting:
        words.append(_("{count} proposed").format(count=number(proposed)))
    return Group(
        key="bookings",
        which=_("Interpreter bookings: {count}, from {day}").format(
            count=number(len(found)), day=oldest
        ),
        state=", ".join(words),
        proposed_by=frozenset(each.proposed_by for each in found if each.proposed_by),
        some_left=bool(waiting),
        question=_("The bookings cannot be brought back. Erase them?"),
        propose=lambda reason: Write(disposal.propose, (acting(), reason)),
        confirm=lambda: Write(disposal.confirm, (acting(),)),
        told=lambda erased: _("Bookings erased: {count}").format(count=number(erased)),
    )


async def _pools(desk: DeskApp) -> Group | None:
    from deskapp.services.jury import courts, disposal
    from deskapp.services.jury.acting import acting_on

    folder = paths.settings_folder()
    court = await desk.store.read(courts.court_if_known, desk.user.site, folder)

    def acting() -> JuryActing:
        return acting_on(desk.user, desk.clock.now(), folder, court=court)

    found = await desk.store.read(disposal.due, acting()) if court else []
    if not found:
        return None
    which = _("Pools of jurors: {count}, from {day}")
    states = dict.fromkeys(each.state for each in found)
    return Group(
        key="pools",
        which=which.format(count=number(len(found)), day=day(found[0].last_on)),
        state=", ".join(states),
        proposed_by=frozenset(each.proposed_by for each in found if each.proposed_by),
        some_left=any(not each.proposed_by for each in found),
        question=_("The pools and their jurors cannot be brought back. Erase them?"),
        propose=lambda reason: Write(disposal.propose, (acting(), reason)),
        confirm=lambda: Write(disposal.confirm, (acting(),)),
        told=lambda erased: _("Erased: pools {count}").format(count=number(erased)),
    )
