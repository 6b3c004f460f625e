"""One line for each request, and the number that joins the line, the answer and what its reader was told.

A line says which page was asked for, by its name, and how it went: never an address, which may hold what
somebody searched for, and never what anybody wrote. How lines are written is the server's matter
(gunicorn.conf.py).
"""

from __future__ import annotations

import re
import secrets
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import event
from structlog.typing import EventDict, WrappedLogger

from app.db import db
from app.web import metrics

HEADER = "X-Request-ID"
_HARMLESS = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a proxy in front may call a request: nothing that could forge a line, or fill one."""

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("hemtag")


def install(app: Flask) -> None:
    """Number each request, and tell of it when it is answered. Before every other part: all counts."""
    _configure()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _count)

    @app.before_request
    def _begin() -> None:
        given = request.headers.get(HEADER, "")
        g.request_id = given if _HARMLESS.fullmatch(given) else secrets.token_hex(8)
        g.begun, g.queries = perf_counter(), 0

    @app.after_request
    def _tell(response: Response) -> Response:
        seconds = perf_counter() - g.begun
        response.headers[HEADER] = g.request_id
        endpoint = request.endpoint or "unknown"
        method = request.method if request.endpoint else "ANY"
        metrics.answered(endpoint, method, response.status_code, seconds)
        log.info(
            "request",
            method=method,
            endpoint=endpoint,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            queries=g.queries,
            person=g.viewer.id if g.get("viewer") else None,
        )
        return response


def _configure() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            _of_request,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _of_request(_logger: WrappedLogger, _method: str, said: EventDict) -> EventDict:
    """Put the request's number on whatever is told while it is answered."""
    if has_request_context() and "request_id" in g:
        said["request"] = g.request_id
    return said


def _count(*_execution: Any) -> None:
    if has_request_context() and "queries" in g:
        g.queries += 1
