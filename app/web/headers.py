"""What every answer tells the browser: run nothing but our own, show us nowhere else, keep nothing."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DOWNLOAD_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""For what somebody has sent in: should a browser show it after all, nothing in it can do anything."""

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
    ),
}
STRICT_TRANSPORT: Final = "max-age=63072000; includeSubDomains"


def install(app: Flask) -> None:
    """Give every answer its headers."""

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
        if request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        _stay_at_home(response)
        return response


def _stay_at_home(response: Response) -> None:
    """A redirect leads to a page of ours, whatever host the request said that it came to."""
    if response.location:
        parts = urlsplit(response.location)
        path = f"/{parts.path.lstrip('/')}"
        response.location = urlunsplit(("", "", path, parts.query, parts.fragment))
        response.set_data(b"")  # it would hold the address as it was
