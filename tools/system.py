"""What the machine must offer beside Python and make: looked for, named, and on Debian installed.

`python3 -m tools.system serve` is what running the product takes, `... test` what its tests take on top.
Runs before there is a virtual environment: the standard library only.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One thing that must be there: how to tell, and the Debian package that brings it."""

    name: str
    debian_package: str
    is_present: Callable[[str], bool]
    purpose: str


def has_library(name: str) -> bool:
    """Tell whether the loader finds a shared library, given as `pango-1.0` or `pango-1.0.so.0`."""
    try:
        ctypes.CDLL(f"lib{name}")
    except OSError:
        return ctypes.util.find_library(name.partition(".so")[0]) is not None
    return True


def has_program(name: str) -> bool:
    """Tell whether a program is on the path."""
    return shutil.which(name) is not None


def has_module(name: str) -> bool:
    """Tell whether this Python has a module; Debian packs some of the standard library apart."""
    return importlib.util.find_spec(name) is not None


SERVE = (
    Need("ensurepip", "python3-venv", has_module, "makes the virtual environment"),
    Need("pango-1.0.so.0", "libpango-1.0-0", has_library, "sets the text of the PDF documents"),
    Need("pangoft2-1.0.so.0", "libpangoft2-1.0-0", has_library, "loads the fonts of the PDF documents"),
    Need("harfbuzz-subset.so.0", "libharfbuzz-subset0", has_library, "embeds fonts in the PDF documents"),
)
TEST = (
    Need("chromium", "chromium", has_program, "the browser of the browser tests"),
    Need("atomic.so.1", "libatomic1", has_library, "lets the driver of the browser tests start"),
    Need("pdftotext", "poppler-utils", has_program, "reads the PDF documents back"),
    Need("openssl", "openssl", has_program, "makes the certificates of the mail servers in the tests"),
    Need("git", "git", has_program, "lists the project's own files"),
)
NEEDS = {"serve": SERVE, "test": TEST}


def missing(needs: Sequence[Need]) -> list[Need]:
    """Those of `needs` that this machine lacks."""
    return [need for need in needs if not need.is_present(need.name)]


def rights_to_install() -> list[str] | None:
    """The words to put before apt-get, or None where it is not there or not ours to call."""
    if not has_program("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if not has_program("sudo"):
        return None
    answer = subprocess.run([*sudo, "true"], capture_output=True, check=False)
    return sudo if answer.returncode == 0 else None


def install(packages: Sequence[str], rights: Sequence[str]) -> None:
    """Install Debian packages, without questions and without what they merely recommend."""
    print(f"Installing {', '.join(packages)} ...", flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for task in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*apt, *task], check=True, stdout=subprocess.DEVNULL)


def provide(purpose: str) -> None:
    """Make sure that everything for `purpose` is there, or end the program saying what is missing."""
    lacking = missing(NEEDS[purpose])
    if not lacking:
        return
    for need in lacking:
        print(f"Missing: {need.name}, {need.purpose} (Debian package {need.debian_package}).", flush=True)
    packages = sorted({need.debian_package for need in lacking})
    rights = rights_to_install()
    if rights is None:
        sys.exit(f"Install them and try again. On Debian: apt-get install {' '.join(packages)}")
    install(packages, rights)
    if still := missing(lacking):
        sys.exit(f"Still missing after the installation: {', '.join(need.name for need in still)}")


if __name__ == "__main__":
    provide(sys.argv[1])
