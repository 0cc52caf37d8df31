"""What came of scans, the newest first: said in the language in use, also when that changes."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable
from functools import partial

from rich.text import Text

from deskapp.errors import DeskError
from deskapp.i18n import N_, _, clock_time
from deskapp.screens import jury_told
from deskapp.services.jury import noticing, scanned
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.lists import IDENTITY_LABELS
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.scans import Undone

MOST_TOLD = 30
"""Results that are kept; the newest few are in view."""
IN, OUT = N_("Checked in"), N_("Checked out")
_HOW = {
    Refusal.NO_SHOW_RECORDED: N_("Ctrl+R J shows the juror; B there makes the day an attendance."),
    Refusal.ATTENDANCE_CONFIRMED: N_("Ctrl+R J shows the juror; B there changes the day."),
    Refusal.EMPANELLED: N_("Esc T shows the trials; F on a trial confirms the day of its jury."),
}
"""What to press instead, untranslated, where a refusal leads to another screen."""
Words = Callable[[], Text]


class NoProofError(DeskError):
    """A letter that stands for no proof of identity."""

    def __str__(self) -> str:
        words = _("No proof of identity has this letter. Type one of: {letters}.")
        return words.format(letters=", ".join(IDENTITY_LABELS))


class NobodyYetError(DeskError):
    """A proof of identity before anybody was scanned."""

    def __str__(self) -> str:
        return _("Scan the juror first, then type the letter of the proof.")


class Results:
    """The newest results; each is kept as what says it again in another language."""

    def __init__(self) -> None:
        self._told: deque[tuple[Words, Text]] = deque(maxlen=MOST_TOLD)

    @property
    def text(self) -> Text:
        """All of them, as they were said."""
        return Text("\n").join(said for _words, said in self._told)

    def say_again(self) -> None:
        """Say them in the language in use."""
        told = [words for words, _said in self._told]
        self._told.clear()
        for words in reversed(told):
            self._tell(words)

    def came(self, line: JurorLine, time: dt.time, who: Acting) -> None:
        """A juror was checked in."""
        notices = partial(jury_told.notices, line, who, time)
        self._tell(lambda: jury_told.done(line, _(IN), clock_time(time), notices()))

    def left(self, line: JurorLine, time: dt.time, who: Acting) -> None:
        """A juror was checked out."""
        notices = partial(noticing.of_time, who, time)
        self._tell(lambda: jury_told.done(line, _(OUT), clock_time(time), notices()))

    def proved(self, line: JurorLine, code: str, at: dt.time) -> None:
        """A juror showed who they are."""

        def words() -> Text:
            proof = _("Identity: {proof}").format(proof=_(IDENTITY_LABELS[code]).lower())
            return jury_told.done(line, proof, clock_time(at))

        self._tell(words)

    def refused(self, what: str, error: DeskError, line: JurorLine | None = None) -> None:
        """Something was not done; ``line`` says how the juror stands."""
        how = _HOW.get(error.code, "") if isinstance(error, RefusedError) else ""
        self._tell(lambda: jury_told.not_done(what, str(error), line, how=how and _(how)))

    def not_read(self, text: str) -> None:
        """A line could not be read."""

        def words() -> Text:
            try:
                scanned.read(text)
            except DeskError as error:
                return jury_told.not_done(text, str(error))
            raise AssertionError(text)  # what could not be read still cannot

        self._tell(words)

    def undone(self, undone: Undone) -> None:
        """A step was taken back."""
        self._tell(partial(jury_told.undone, undone))

    def _tell(self, words: Words) -> None:
        self._told.appendleft((words, words()))
