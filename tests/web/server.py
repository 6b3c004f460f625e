"""The server's own settings, as the server reads them."""

from __future__ import annotations

import os
import runpy
import shutil
from functools import cache
from typing import Any
from unittest import mock

from config import PROJECT_ROOT


@cache
def settings() -> dict[str, Any]:
    """What gunicorn.conf.py says. Metrics stay those of this process alone."""
    with mock.patch.dict(os.environ):
        said = runpy.run_path(str(PROJECT_ROOT / "gunicorn.conf.py"))
    shutil.rmtree(said["METRICS_FOLDER"])
    return said
