"""What the tests of the commands share."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

import pytest

from deskapp.cli.main import run


class Done(NamedTuple):
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def ref(self) -> str:
        """The reference it has shown."""
        return self.out.strip()


Cli = Callable[..., Done]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs one command in this process; ``stdin`` is what a script gives it."""

    def call(*argv: str, stdin: str = "") -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = run(list(argv))
        written = capsys.readouterr()
        return Done(code, written.out, written.err)

    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return call
