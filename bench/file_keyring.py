"""A keyring in a file, for measuring what the library costs a start without a desktop's keyring."""

from __future__ import annotations

import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Keeps one secret in the file that ``BENCH_KEYRING`` names."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, whoever asks."""
        return Path(os.environ["BENCH_KEYRING"]).read_text(encoding="ascii")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""
        Path(os.environ["BENCH_KEYRING"]).write_text(password, encoding="ascii")

    def delete_password(self, service: str, username: str) -> None:
        """Forget the secret."""
        Path(os.environ["BENCH_KEYRING"]).unlink()
