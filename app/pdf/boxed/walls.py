"""The walls around the maker: once they stand, it reaches nothing but the documents that it is handed.

They need no privileges and no settings of the machine. A process that may open no further file descriptor
can neither read a file nor speak to a network: what typesetting needs of either is loaded before.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_NOBODY = 65534


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when the thread that started it is gone, however it went."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we asked
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Refuse memory beyond so much, fonts and programs included."""
    _at_most(resource.RLIMIT_AS, megabytes << 20)


def close_in(parent: int) -> None:
    """No new file, socket or privilege from here on, and nothing written to any file.

    Threads stay allowed: Pango looks for fonts in one.
    """
    _become_nobody()
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        _at_most(kind, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_DUMPABLE, 0)
    die_with(parent)  # becoming somebody else made the kernel forget it


def allow_seconds(seconds: int) -> None:
    """Let this process compute for so long from now; after that the kernel kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _become_nobody() -> None:
    """Root may lift its own limits; nobody may not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _at_most(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, value))


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option} is refused")
