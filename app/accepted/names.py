"""Names of files: what is kept of them, and which say too much."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

NAME_LIMIT: Final = 200
"""Letters; and bytes, as file systems count them, below."""
BYTES_LIMIT: Final = 240

_RUNS: Final = (
    "apk|app|bat|chm|cmd|com|cpl|dll|docm|dotm|exe|gadget|hta|html?|img|iso|jar|js|jse|lnk|mht|mhtml|msi|msp|php"
    "|pif|potm|ppam|pptm|ps1|py|reg|scf|scr|sh|svgz?|swf|url|vb|vbe|vbs|wsf|wsh|xhtml|xlam|xlsm|xltm|xml"
)
_HIDES_AN_ENDING: Final = re.compile(rf"\.({_RUNS})[. ]", re.IGNORECASE)
_OF_WINDOWS: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)


def clean_name(filename: str) -> str:
    """The file's own name: no folders, nothing that cannot be seen or that turns the text around, not too
    long, and none that Windows keeps for itself."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    name = unicodedata.normalize("NFC", name)
    name = "".join(sign for sign in name if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    if _OF_WINDOWS.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return _cut(name, "")
    return _cut(stem, f".{ending}")


def _cut(stem: str, ending: str) -> str:
    stem = stem[: NAME_LIMIT - len(ending)]
    while len((stem + ending).encode()) > BYTES_LIMIT:
        stem = stem[:-1]
    return stem.rstrip() + ending


def hides_an_ending(filename: str) -> bool:
    """Whether the name has the ending of something that runs before the one that it shows."""
    return _HIDES_AN_ENDING.search(filename) is not None
