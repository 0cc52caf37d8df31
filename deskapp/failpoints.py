"""Named places where a run may be ended as if the power had failed, for the tests of faults.

``DESKAPP_FAILPOINT`` names one; nothing else ever sets it.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "DESKAPP_FAILPOINT"
NAMES = (
    "seal.after",
    "hello.after",
    "agree.after",
    "push.before_commit",
    "push.after_commit",
    "push.after_mark",
    "apply.before_commit",
    "apply.after_commit",
    "pull.after_page",
    "pull.before_take_in",
    "pull.before_commit",
    "pull.after_commit",
    "done.before",
)


def failpoint(name: str) -> None:
    """End the process at once, as kill -9 does, where the variable names this place."""
    if os.environ.get(VARIABLE) == name:
        os.kill(os.getpid(), signal.SIGKILL)
