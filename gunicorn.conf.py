"""The server: where it listens, how many processes and threads it has, and how lines are written.

Every line, the server's own too, is one JSON object on standard output. What an exception says may be what
somebody wrote, so a line tells its kind and where it happened, never its words.
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

HERE = str(Path(__file__).resolve().parent)
MOST_FRAMES = 12
MOST_CAUSES = 5

# --- where and how many ----------------------------------------------------------------------------------

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
control_socket_disable = True

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
