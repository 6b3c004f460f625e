"""What is not a whole backup is refused, and nothing of it comes in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.upkeep.archive import DATABASE, FILES, MANIFEST
from tests.upkeep.conftest import Elsewhere, is_empty, rewritten, run, said

ONE_DATABASE_IS_ENOUGH = "An archive holds the same, whichever database it was made of."

Change = Callable[[dict[str, bytes]], object]
DAMAGES: dict[str, Change] = {
    "is not what the manifest says": lambda parts: parts.update(
        {DATABASE: parts[DATABASE][:5000] + b"!" + parts[DATABASE][5001:]}
    ),
    "is damaged": lambda parts: parts.update({a_file(parts): b"%PDF-1.7 something else"}),
    "its manifest says 1": lambda parts: parts.pop(a_file(parts)),
    "has no manifest": lambda parts: parts.pop(MANIFEST),
    "was made by a newer release": lambda parts: said(parts, migration="9999"),
    "has format 2": lambda parts: said(parts, format=2),
    "The table decision in the archive is not": lambda parts: tables(parts, "decision"),
}


def a_file(parts: dict[str, bytes]) -> str:
    return next(name for name in parts if name.startswith(FILES))


def tables(parts: dict[str, bytes], name: str) -> None:
    manifest = json.loads(parts[MANIFEST])
    manifest["tables"][name]["sha256"] = "0" * 64
    parts[MANIFEST] = json.dumps(manifest).encode()


@pytest.mark.parametrize("told", DAMAGES)
def test_an_archive_that_is_not_what_it_says_is_refused(
    told: str, archive: Path, elsewhere: Elsewhere
) -> None:
    other = elsewhere("sqlite")
    refused = run(other, "restore", rewritten(archive, DAMAGES[told]))
    assert refused.exit_code == 1
    assert told in refused.output
    assert is_empty(other)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_that_was_cut_off_is_refused(part: float, archive: Path, elsewhere: Elsewhere) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * part)])
    other = elsewhere("sqlite")
    refused = run(other, "restore", archive)
    assert refused.exit_code == 1
    assert "is not a whole archive" in refused.output
    assert is_empty(other)


@pytest.mark.parametrize("place", range(1, 10))
def test_a_damaged_byte_anywhere_in_the_content_is_noticed(
    place: int, archive: Path, elsewhere: Elsewhere
) -> None:
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as parts:
        length = parts.getinfo(DATABASE).compress_size
    content[100 + (length - 200) * place // 10] ^= 0xFF
    archive.write_bytes(content)
    other = elsewhere("sqlite")
    refused = run(other, "restore", archive)
    assert refused.exit_code == 1, refused.output
    assert is_empty(other)


def test_what_is_no_archive_is_refused(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    other = elsewhere("sqlite")
    (tmp_path / "text.zip").write_text("no archive")
    assert "is not a whole archive" in run(other, "restore", tmp_path / "text.zip").output
    assert "does not exist" in run(other, "restore", tmp_path / "nothing.zip").output
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as content:
        content.writestr("readme.txt", "something else")
    assert "has no manifest" in run(other, "restore", tmp_path / "other.zip").output
