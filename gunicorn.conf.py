"""The server: where it listens, how many processes and threads it has, and how lines are written.

Every line, the server's own too, is one JSON object on standard output. What an exception says may be what
somebody wrote, so a line tells its kind and where it happened, never its words. What cannot be read as a
request at all never reaches the product: the worker answers it, in words that say what to do.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import traceback
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from gunicorn import util
from gunicorn.http import errors, wsgi
from gunicorn.workers.gthread import ThreadWorker

HERE = str(Path(__file__).resolve().parent)
MOST_FRAMES = 12
MOST_CAUSES = 5

# --- what is answered before the product is asked --------------------------------------------------------

UNREADABLE = {
    400: (
        "Bad Request",
        "Det gick inte att läsa vad webbläsaren skickade",
        "Ladda om sidan och försök igen.",
        "The request could not be read. Reload the page and try again.",
    ),
    414: (
        "URI Too Long",
        "Adressen är för lång",
        "Gå tillbaka och korta det du söker efter.",
        "The address is too long. Go back and shorten what you search for.",
    ),
    431: (
        "Request Header Fields Too Large",
        "Webbläsaren skickade för mycket",
        "Rensa kakorna för den här webbplatsen och försök igen.",
        "The browser sent too much. Remove the cookies of this site and try again.",
    ),
    500: (
        "Internal Server Error",
        "Något gick fel hos oss",
        "Vänta en stund och försök igen.",
        "Something went wrong here. Wait a while and try again.",
    ),
}
"""Status, its name, and the page. Nobody knows yet which language the reader wants."""


class Worker(ThreadWorker):
    """Gunicorn's own worker with threads, which says less of itself and more of what to do."""

    def handle_error(self, _request: Any, client: Any, _address: Any, error: Exception) -> None:
        """Answer what could not be read. Its line tells the kind: what was sent may hold a secret."""
        status = status_of(error)
        tell = self.log.exception if status == 500 else self.log.warning
        tell("Answered %s: %s", status, type(error).__name__)
        try:
            util.write_nonblock(client, unreadable(status))
        except OSError:
            self.log.debug("Nobody was there any more to be answered")


def status_of(error: Exception) -> int:
    """The status that says what was wrong with a request."""
    ours = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
    if isinstance(error, ours) or not isinstance(error, errors.ParseException):
        return 500
    return {errors.LimitRequestLine: 414, errors.LimitRequestHeaders: 431}.get(type(error), 400)


def unreadable(status: int) -> bytes:
    """The whole answer."""
    name, title, text, in_english = UNREADABLE[status]
    page = (
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>{title} – Hemtag</title>'
        f'<h1>{title}</h1><p>{text}</p><p lang="en">{in_english}</p></html>\n'
    ).encode()
    headers = (
        f"HTTP/1.1 {status} {name}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Connection: close",
    )
    return "\r\n".join((*headers, "", "")).encode() + page


class Answer(wsgi.Response):
    """An answer that does not say which program serves it."""

    def default_headers(self) -> list[str]:
        """What the server itself says in the head of each answer."""
        said: list[str] = super().default_headers()  # type: ignore[no-untyped-call] # gunicorn has no types
        return [line for line in said if not line.startswith("Server:")]


wsgi.Response = Answer  # type: ignore[misc] # whatever stands there is what gunicorn answers with

# --- where and how many ----------------------------------------------------------------------------------

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = Worker
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
control_socket_disable = True
preload_app = True
"""The product is loaded once and the workers are made of it, so that one that dies is replaced at once. While
it is loaded it opens nothing, neither a connection nor a thread: nothing is shared that must not be."""

# --- metrics of all processes together -------------------------------------------------------------------

METRICS_FOLDER = tempfile.mkdtemp(prefix="hemtag-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_FOLDER
"""Before anything of prometheus_client is imported: it looks once. A folder for this run of the server."""


def child_exit(_server: Any, worker: Any) -> None:
    """Keep what a process that ended has counted."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call] # the library has no types here


def on_exit(_server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(METRICS_FOLDER, ignore_errors=True)


# --- lines -----------------------------------------------------------------------------------------------


def without_words(_logger: Any, _method: str, said: dict[str, Any]) -> dict[str, Any]:
    """Tell an exception, and what it came from, by kind, code and place."""
    given = said.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exception() if given is True else given
    if isinstance(error, BaseException):
        said["fault"] = [described(each) for each in islice(causes(error), MOST_CAUSES)]
    return said


def causes(error: BaseException | None) -> Any:
    """The exception and those that led to it, last first."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def described(error: BaseException) -> dict[str, Any]:
    """One exception: kind, the database's or the system's code, and where it was."""
    kind = type(error)
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    told: dict[str, Any] = {"kind": f"{kind.__module__}.{kind.__qualname__}"}
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    if isinstance(error, OSError) and error.errno is not None:
        code = errno.errorcode.get(error.errno)
    if code:
        told["code"] = code
    told["at"] = [
        f"{frame.filename.removeprefix(HERE + '/')}:{frame.lineno} {frame.name}" for frame in frames
    ]
    return told


accesslog = None  # the application tells of each request itself (app/web/logs.py)
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            ],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_words,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"}
    },
    "root": {"level": "INFO", "handlers": ["out"]},
    "loggers": {
        "alembic": {"level": "WARNING"},  # /readyz asks it how far the database has come
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        # Gunicorn tells of requests once there is a logconfig_dict, whatever accesslog says: with the whole
        # address, and so with what somebody searched for.
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}
