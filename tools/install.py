"""Set up everything that the commands need: system libraries, virtual environment, pinned packages.

Called before every other command, so it must cost nothing when there is nothing to do: a stamp in the
environment says for which Python and which pinned packages it was made. The standard library only.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from tools import system

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements-dev.txt"
ENVIRONMENT = (ROOT / ".venv").resolve()
PIP = ENVIRONMENT / "bin" / "pip"
STAMP = ENVIRONMENT / "installed"


def interpreter() -> str:
    """The Python and the place that the environment is made for: its scripts carry their own path."""
    return f"Python {sys.version_info.major}.{sys.version_info.minor} of {sys.base_prefix} in {ENVIRONMENT}\n"


def pins() -> str:
    """A fingerprint of the pinned packages."""
    return f"packages {hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()}\n"


def main() -> None:
    """Install what is missing; do nothing, at once, when nothing is."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}: make PYTHON=python3.11")
    system.provide("serve")
    installed = STAMP.read_text() if STAMP.exists() else ""
    if installed == interpreter() + pins():
        return
    if not installed.startswith(interpreter()):
        print("Making the virtual environment ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    print("Installing the pinned packages (a minute or two, the first time) ...", flush=True)
    pip = [str(PIP), "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=True)
    STAMP.write_text(interpreter() + pins())


if __name__ == "__main__":
    main()
