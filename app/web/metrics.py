"""What is counted, for whoever watches the product: how much, how fast, how often it says no.

Counters live in each process; under the server they are added up over all of them (gunicorn.conf.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

__all__ = ["CONTENT_TYPE_LATEST"]

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SLOW = (0.25, 0.5, 1, 2.5, 5, 10, 25, 60)

_requests = Counter(
    "hemtag_requests", "Requests by page, method and status", ("endpoint", "method", "status")
)
_seconds = Histogram("hemtag_request_seconds", "Time to answer, by page", ("endpoint",), buckets=_QUICK)
_documents = Counter("hemtag_documents", "Documents asked for, by how it went", ("outcome",))
_document_seconds = Histogram("hemtag_document_seconds", "Time to make a document", buckets=_SLOW)

sign_in_failures = Counter("hemtag_sign_in_failures", "Sign-ins refused: wrong password, or too many tries")
receipts_reused = Counter("hemtag_form_receipts_reused", "Forms sent again and answered from their receipt")
refusals = Counter("hemtag_refusals", "Acts refused by a rule of the process, by page", ("endpoint",))


def answered(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count a request."""
    _requests.labels(endpoint, method, str(status)).inc()
    _seconds.labels(endpoint).observe(seconds)


@contextmanager
def document() -> Iterator[None]:
    """Count a document that is made inside, and how long it took; or by what it was not made."""
    begun = perf_counter()
    try:
        yield
    except BaseException as error:
        _documents.labels(type(error).__name__).inc()
        raise
    _documents.labels("made").inc()
    _document_seconds.observe(perf_counter() - begun)


def as_text() -> bytes:
    """Everything counted so far, of all the server's processes, in Prometheus's form."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library has no types here
    return generate_latest(registry)
