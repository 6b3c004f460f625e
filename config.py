"""Settings from the environment, each with its default and meaning."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent


LEAST_KEPT_DAYS = 8
"""What is a week old may still be told in a daily mail."""


@dataclass(frozen=True)
class MailConfig:
    """How mail leaves the product, and when."""

    host: str = ""
    """The mail server (SMTP_HOST). Without one, mails are written as files into the data folder."""

    port: int = 587
    """Where it listens (SMTP_PORT)."""

    security: str = "starttls"
    """How the conversation is kept from others (SMTP_SECURITY): starttls, tls from its start, or none."""

    user: str = ""
    password: str = field(default="", repr=False)
    """What the product signs in with (SMTP_USER, SMTP_PASSWORD); no user: it does not sign in."""

    sender: str = "hemtag@localhost"
    """The address that mails come from (MAIL_SENDER)."""

    base_address: str = "http://127.0.0.1:8000"
    """Where people reach the product (BASE_ADDRESS): what every link in a mail begins with."""

    morning_hour: int = 7
    """The hour, in Sweden, from which the day's reminders and daily mails leave (MORNING_HOUR)."""

    kept_for: timedelta = timedelta(days=90)
    """How long what a mail told is kept once it has left (MAIL_KEPT_DAYS). That it left is kept for good."""

    seconds: float = 60
    """How long one conversation with the mail server may take."""

    @classmethod
    def from_env(cls) -> MailConfig:
        security = os.environ.get("SMTP_SECURITY", "starttls")
        if security not in ("starttls", "tls", "none"):
            raise ValueError(f"SMTP_SECURITY is {security!r}: starttls, tls or none")
        kept_days = int(os.environ.get("MAIL_KEPT_DAYS", "90"))
        if kept_days < LEAST_KEPT_DAYS:
            raise ValueError(f"MAIL_KEPT_DAYS is {kept_days}: at least {LEAST_KEPT_DAYS}")
        here = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
        return cls(
            host=os.environ.get("SMTP_HOST", ""),
            port=int(os.environ.get("SMTP_PORT", "587")),
            security=security,
            user=os.environ.get("SMTP_USER", ""),
            password=os.environ.get("SMTP_PASSWORD", ""),
            sender=os.environ.get("MAIL_SENDER", "hemtag@localhost"),
            base_address=os.environ.get("BASE_ADDRESS", here).rstrip("/"),
            morning_hour=int(os.environ.get("MORNING_HOUR", "7")),
            kept_for=timedelta(days=kept_days),
        )


@dataclass(frozen=True)
class Config:
    """Everything that can differ between two installations of the product."""

    database_url: str
    """Address of the database: SQLite in the data folder unless DATABASE_URL says otherwise, for instance
    postgresql://hemtag@db.staden.example/hemtag."""

    data_folder: Path
    """Where SQLite, attachments and the generated secret live (DATA_FOLDER)."""

    secret_key: str
    """Signs the cookie that carries the session's token (SECRET_KEY)."""

    secure_cookies: bool
    """True behind HTTPS (SECURE_COOKIES=1): cookies get the __Host- prefix and the Secure flag."""

    demo: bool
    """True when the demo sign-ins may be shown on the sign-in page (DEMO=1)."""

    database_connections: int = 5
    """How many connections a process keeps open (DATABASE_CONNECTIONS): one for each of its threads and one
    to spare. It may have as many again for a moment."""

    trusted_hosts: tuple[str, ...] = ()
    """Names that the product is reached by (TRUSTED_HOSTS, with commas between); empty: any."""

    trusted_proxies: int = 0
    """How many proxies of our own stand before the product (TRUSTED_PROXIES). So many of the addresses in
    X-Forwarded-For are believed, and as many of the protocols in X-Forwarded-Proto."""

    metrics_token: str = ""
    """Opens /metrics to whoever sends it (METRICS_TOKEN). Without one only this machine may read it."""

    least_free_space: int = 500 * 1000 * 1000
    """Bytes that must be free for the data folder (LEAST_FREE_MB), or /readyz says no."""

    mail: MailConfig = field(default_factory=MailConfig)

    session_lifetime: timedelta = timedelta(hours=12)
    session_idle_limit: timedelta = timedelta(hours=2)
    upload_limit_bytes: int = 20 * 1024 * 1024
    """Largest attachment. The request limit is a little more, for the rest of the form."""

    extra: dict[str, object] = field(default_factory=dict)
    """Flask settings that tests override."""

    @classmethod
    def from_env(cls) -> Config:
        data_folder = Path(os.environ.get("DATA_FOLDER", PROJECT_ROOT / "instance")).resolve()
        data_folder.mkdir(parents=True, exist_ok=True)
        return cls(
            database_url=os.environ.get("DATABASE_URL", f"sqlite:///{data_folder / 'hemtag.sqlite3'}"),
            data_folder=data_folder,
            secret_key=os.environ.get("SECRET_KEY") or _kept_secret(data_folder / "secret-key"),
            secure_cookies=os.environ.get("SECURE_COOKIES", "0") == "1",
            demo=os.environ.get("DEMO", "0") == "1",
            metrics_token=os.environ.get("METRICS_TOKEN", ""),
            least_free_space=int(os.environ.get("LEAST_FREE_MB", "500")) * 1_000_000,
            database_connections=int(os.environ.get("DATABASE_CONNECTIONS", "5")),
            trusted_hosts=tuple(filter(None, os.environ.get("TRUSTED_HOSTS", "").replace(",", " ").split())),
            trusted_proxies=int(os.environ.get("TRUSTED_PROXIES", "0")),
            mail=MailConfig.from_env(),
        )


def _kept_secret(path: Path) -> str:
    """Read the installation's secret, or make it once: sessions then survive a restart."""
    if not path.exists():
        # Whole before it has its name: processes that start at once all read the first one's.
        descriptor, made = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(made, path)
        Path(made).unlink()
    return path.read_text()
