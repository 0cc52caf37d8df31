"""Compiles the tests of a fresh copy once for all processes of a run, not once in each.

pytest rewrites the asserts of each test file and keeps what it has made. Each process begins with
its own part of the files, and finds what the others have made when it imports theirs. This stands
on the insides of pytest, whose version is locked.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from _pytest.assertion import rewrite


def share(config: pytest.Config) -> None:
    """Compile the part of this process, where there are several; what is there is left alone."""
    worker: dict[str, object] = getattr(config, "workerinput", {})
    if not worker or sys.dont_write_bytecode:
        return
    part, parts = int(str(worker["workerid"]).removeprefix("gw")), int(str(worker["workercount"]))
    for file in sorted(Path(__file__).parent.rglob("test_*.py"))[part::parts]:
        folder = rewrite.get_cache_dir(file)
        compiled = folder / (file.stem + rewrite.PYC_TAIL)
        if not compiled.exists() and rewrite.try_makedirs(folder):
            about, code = rewrite._rewrite_test(file, config)
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, about, compiled)
