"""The edge of a request: one transaction, committed before the answer leaves."""

from __future__ import annotations

from contextlib import nullcontext

from flask import Flask, Response, request

from app.db import db
from app.engine import reading, unrecorded
from app.web import keys, once, typed


class OneTransaction(Flask):
    """Flask, with one database transaction around each request.

    The transaction is committed after the page is made but before it is sent: whoever reads "Sparad" can
    rely on it. A page that only reads takes no write lock.
    """

    def full_dispatch_request(self) -> Response:
        """Answer the request; reads by GET begin no writing transaction."""
        if request.method in ("GET", "HEAD"):
            with reading():
                try:
                    return super().full_dispatch_request()
                finally:
                    db.session.rollback()  # a page about an error has read, too; nothing is left open
        with unrecorded() if keys.needs_no_pen() else nullcontext():
            return super().full_dispatch_request()

    def dispatch_request(self) -> Response:
        """Run the view; commit if it succeeded, leave no trace if it did not.

        A form that has no effect is kept as a draft. One with faults is answered with 422: nothing is changed
        by it but the draft.
        """
        try:
            response = once.answered_before() or self._answer()
            if response.status_code < 400 or response.status_code == 422:
                db.session.commit()
            else:
                typed.keep_alone()
        except BaseException:
            db.session.rollback()
            raise
        return response

    def _answer(self) -> Response:
        response = self.make_response(super().dispatch_request())
        if request.method != "POST":
            return response
        if typed.had_effect(response):
            once.remember(response)
            typed.settled()
        else:
            once.forget()
            typed.keep()
        return response


def install(app: Flask) -> None:
    """Give each request's forms a fresh start."""
    app.before_request(typed.begin)
