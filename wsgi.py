"""What the server loads."""

from __future__ import annotations

from app import create_app
from config import Config

app = create_app(Config.from_env())
