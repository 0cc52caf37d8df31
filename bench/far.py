"""A line to a server far away: everything comes late by the same time, and nothing waits for it.

A process of its own, or it would take processor time of what is measured.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg import conninfo

from bench.homes import ROOT

_PIECE = 65_536


@contextmanager
def over(dsn: str, folder: Path, late_ms: float) -> Iterator[str]:
    """The connection string of ``dsn`` over a line on which an answer takes ``late_ms`` more."""
    given = conninfo.conninfo_to_dict(dsn)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    port = given.get("port") or "5432"
    to = given.get("hostaddr") or f"{given['host']}/.s.PGSQL.{port}"
    words = [sys.executable, "-m", "bench.far", f"{folder}", f"{to}", f"{port}", f"{late_ms / 2}"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as line:
        assert line.stdout is not None
        own = line.stdout.readline().strip()
        is_address = "hostaddr" in given
        reached = {"port": own} if is_address else {"host": f"{folder}"}
        try:
            yield conninfo.make_conninfo(dsn, **reached)
        finally:
            line.terminate()


async def _serve(folder: str, to: str, port: str, late_ms: float) -> None:
    async def meet(*desk: object) -> None:
        is_path = to.startswith("/")
        central = await (asyncio.open_unix_connection(to) if is_path
                         else asyncio.open_connection(to, int(port)))  # fmt: skip
        await asyncio.gather(
            _pass(desk[0], central[1], late_ms / 1000), _pass(central[0], desk[1], late_ms / 1000)
        )

    if to.startswith("/"):
        server = await asyncio.start_unix_server(meet, f"{folder}/.s.PGSQL.{port}", limit=_PIECE)
        print(port, flush=True)
    else:
        server = await asyncio.start_server(meet, "127.0.0.1", 0, limit=_PIECE)
        print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _pass(source: object, target: object, late: float) -> None:
    assert isinstance(source, asyncio.StreamReader)
    assert isinstance(target, asyncio.StreamWriter)
    loop = asyncio.get_running_loop()
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(1000)

    async def arrive() -> None:
        while True:
            at, heard = await under_way.get()
            if (wait := at - loop.time()) > 0:
                await asyncio.sleep(wait)
            if not heard:
                target.close()
                return
            target.write(heard)
            await target.drain()

    arriving = asyncio.create_task(arrive())
    with suppress(ConnectionError):
        while heard := await source.read(_PIECE):
            await under_way.put((loop.time() + late, heard))
    await under_way.put((loop.time() + late, b""))
    with suppress(ConnectionError):
        await arriving


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
