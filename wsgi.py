"""What the server loads."""

from __future__ import annotations

import gc

from flask import Flask


def loaded() -> Flask:
    """The product. What it is made of never becomes garbage: nobody looks through it, now or later.

    To look through it while it is loaded costs a fifth of the start, and later the slowest of the pages.
    """
    gc.disable()
    try:
        from app import create_app
        from config import Config

        return create_app(Config.from_env())
    finally:
        gc.freeze()
        gc.enable()


app = loaded()
