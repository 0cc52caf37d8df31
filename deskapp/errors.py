"""What can go wrong in words an officer can act on, and the exit codes of the command line."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Exit(IntEnum):
    """Exit codes of every command; 2 to 6 also have meanings of their own in sync and rules."""

    OK = 0
    DIFFERENT = 1
    """Nothing found, or a comparison found differences."""
    PROBLEM = 2
    """The run ended, but some of its input could not be used."""
    USAGE = 64
    """The command line itself is wrong."""
    DATA = 65
    """What was typed or read cannot be accepted."""
    NO_INPUT = 66
    """A file or record that was named does not exist."""
    UNAVAILABLE = 69
    """The store cannot be used now: busy, or open elsewhere."""
    SOFTWARE = 70
    """A fault of deskapp; a crash report was kept."""
    CANNOT_WRITE = 73
    """No room or no right to write."""
    STORE = 74
    """The store is damaged or from a newer version."""
    NOT_ALLOWED = 77
    """The role does not permit it, or the store could not be unlocked."""
    SETTINGS = 78
    """A settings file or variable cannot be used."""


class DeskError(Exception):
    """Something an officer can act on; the text says what happened and what to do next."""

    exit_code: IntEnum = Exit.DATA


class Problem(NamedTuple):
    """One thing to put right before a form can be saved."""

    field: str
    """Name of the field the officer must go to."""
    message: str
    """What to do, already translated."""


class FormProblemsError(DeskError):
    """A form cannot be saved yet; ``problems`` names every field to put right."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


class NotFoundError(DeskError):
    """What was asked for does not exist."""

    exit_code = Exit.NO_INPUT


class NotAllowedError(DeskError):
    """The officer's role does not permit the act."""

    exit_code = Exit.NOT_ALLOWED


class SettingsError(DeskError):
    """A settings file or ``DESKAPP_*`` variable cannot be used."""

    exit_code = Exit.SETTINGS


class StoreError(DeskError):
    """The local store cannot be used; subclasses say why."""

    exit_code = Exit.STORE


class StoreBusyError(StoreError):
    """Another process holds the store for longer than we may wait."""

    exit_code = Exit.UNAVAILABLE


class StoreInUseError(StoreError):
    """A second deskapp window wants the same store."""

    exit_code = Exit.UNAVAILABLE


class StoreMissingError(StoreError):
    """There is no store here yet."""

    exit_code = Exit.NO_INPUT


class StoreDamagedError(StoreError):
    """The store file or its key file cannot be read."""


class StoreNewerError(StoreError):
    """The store was written by a newer deskapp."""


class StoreReadOnlyError(StoreError):
    """The folder or file of the store cannot be written."""

    exit_code = Exit.CANNOT_WRITE


class StoreFullError(StoreError):
    """The disk is full; nothing was half saved."""

    exit_code = Exit.CANNOT_WRITE


class WrongPassphraseError(StoreError):
    """The passphrase does not open the store."""

    exit_code = Exit.NOT_ALLOWED


class UnlockError(StoreError):
    """The way of unlocking is not available here (for example no keyring)."""

    exit_code = Exit.NOT_ALLOWED


class OfflineTooLongError(NotAllowedError):
    """The desk has worked without the central database for longer than it may."""


class SyncExit(IntEnum):
    """Exit codes of an exchange beside 0; source: design sheet of sync, section 6."""

    LOOK = 2
    """Done, with conflicts or quarantined changes to look at."""
    UNREACHABLE = 3
    RUNNING = 4
    """Another exchange of this desk is running."""
    REFUSED = 5
    """Blocked, another version, or no rights."""
    INTEGRITY = 6
    """This store is a copy of another, or damaged."""


class CentralError(DeskError):
    """The central database cannot be used so; subclasses say why."""


class CentralUnreachableError(CentralError):
    """The central database does not answer."""

    exit_code = SyncExit.UNREACHABLE


class CentralBusyError(CentralUnreachableError):
    """The central database answers, and must be asked again later."""

    def __init__(self, text: str, wait_seconds: float = 0) -> None:
        super().__init__(text)
        self.wait_seconds = wait_seconds
        """How long it asks to be left alone; 0 when it said nothing of it."""


class CentralRefusedError(CentralError):
    """The central database does not let this desk or login in."""

    exit_code = SyncExit.REFUSED


class DeskLostError(CentralRefusedError):
    """Central was told that this device is lost."""


class CentralPasswordError(CentralRefusedError):
    """The login wants a password, or another one."""


class SyncRunningError(CentralError):
    """Another exchange of this desk is running."""

    exit_code = SyncExit.RUNNING


class StoreForkedError(CentralError):
    """This store is a restored backup or a copy: another speaks with its number."""

    exit_code = SyncExit.INTEGRITY
