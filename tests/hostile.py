"""Text that means harm: to pages, templates, spreadsheets, layouts and readers' eyes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from sqlalchemy import String, event, inspect
from sqlalchemy.orm import Session

from app.db import db

MARK = "fiende"
"""Stands in every hostile text, so that it can be found again."""

TEXTS = (
    f'{MARK}1"><img src=x onerror=canary(1)>',
    f"{MARK}2<script>canary(2)</script>",
    f"{MARK}3 {{{{7*7}}}} ${{7*7}} <%=7*7%> #{{7*7}} {{% raise %}} %(name)s {{0.__class__}}",
    f"javascript:canary(4)//{MARK}4",
    f"=cmd|'/C calc'!A0 {MARK}5",
    f"{MARK}6\u202egnp.exe\u2066\u200b\u200d\ufeff\u0301\u0301\u0301",
    f"{MARK}7" + "W" * 90,
    f"{MARK}8' autofocus onfocus=canary(8) x='",
    f"{MARK}9</textarea></title></style></script><svg onload=canary(9)>",
    f"{MARK}10--></script><iframe srcdoc='<script>parent.canary(10)</script>'>",
    f"{MARK}11<style>*{{display:none}}</style><base href=//evil.example>",
    f"{MARK}12\\u003cscript\\u003e&lt;script&gt;&#60;script&#62;%3Cscript%3E",
)

FREE = frozenset(
    {
        "activity",
        "answer",
        "basis",
        "covers",
        "decider",
        "decision_reference",
        "description",
        "filename",
        "indicator",
    }
    | {"message", "name", "note", "owner_role", "payment_reference", "proposal_text", "reason", "reasons"}
    | {"reference", "responsible", "return_reason", "source", "staff_category", "summary"}
    | {"taken_home_how", "text", "title"}
    | {"delivered", "owner", "supplier", "useful_to", "words"}
)
"""Columns that hold what people write, whichever table they are in."""
_NAMED = frozenset(
    {("checklist_answer", "answer"), ("delegation_limit", "decider"), ("history_event", "note")}
    | {("lesson_answer", "answer"), ("rest_answer", "answer"), ("service_acceptance", "answer")}
    | {("service_share_answer", "answer"), ("service_sharing", "reason")}
)
"""Choices, and what the tests' story finds again by its name."""
_DOCUMENTS = frozenset({("programme_report_version", "content")})
"""Documents that are frozen as JSON: every sentence in them, whoever wrote it."""


@contextmanager
def everything_written_is_hostile() -> Iterator[None]:
    """Whatever is written meanwhile into a column for people's own text, hostile text is written instead."""
    texts = cycle(TEXTS)

    def spoil(session: Session, _context: object, _instances: object) -> None:
        for record in session.new:
            for column in inspect(type(record)).columns:
                if (column.table.name, column.key) in _DOCUMENTS:
                    setattr(record, column.key, spoilt(getattr(record, column.key)))
                elif _is_free(column) and (kept := getattr(record, column.key)) and MARK not in kept:
                    setattr(record, column.key, next(texts)[: column.type.length])

    event.listen(db.session, "before_flush", spoil)
    try:
        yield
    finally:
        event.remove(db.session, "before_flush", spoil)


def _is_free(column: Any) -> bool:
    return (
        isinstance(column.type, String)
        and column.key in FREE
        and (column.table.name, column.key) not in _NAMED
    )


def spoilt(answers: Any) -> Any:
    """The answers of an application with every sentence hostile; choices, numbers and days stay."""
    texts = cycle(TEXTS)

    def spoil(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: spoil(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner) for inner in value]
        is_sentence = isinstance(value, str) and (" " in value.strip() or value.endswith("."))
        return next(texts) if is_sentence else value

    return spoil(json.loads(json.dumps(answers)))
