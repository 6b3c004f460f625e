"""In the export text stays text, whatever it says."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from app.export.everything import everything
from tests import answers, hostile, story
from tests.conftest import TODAY, make_cast, make_programme
from tests.review_story import awaiting_decision, decide

KEY = re.compile(r"[a-z0-9-]+")
"""What a programme is known by, made from its name."""


def strings(value: object) -> list[str]:
    """Every text in the export."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def test_text_stays_text_in_the_export(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "ANSWERS", hostile.spoilt(answers.ANSWERS))
    with hostile.everything_written_is_hostile():
        cast = make_cast()
        decide(cast.secretary, awaiting_decision(cast, make_programme(cast)))
    exported = json.loads(json.dumps(everything(TODAY)))
    found = {text for text in strings(exported) if hostile.MARK in text and not KEY.fullmatch(text)}
    beginnings = tuple(text[:40] for text in hostile.TEXTS)
    assert len(found) >= len(hostile.TEXTS)
    assert [text for text in found if not text.startswith(beginnings)] == []
