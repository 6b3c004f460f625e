"""Hemtag: the system of record for a city's e-service programme."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from app import cli, engine
from app.accounts import session as accounts_session
from app.db import db
from app.files import FileStore
from app.overview import places, wording
from app.web import (
    addresses,
    assets,
    edge,
    failures,
    formats,
    headers,
    incoming,
    keys,
    language,
    logs,
    navigation,
    tags,
    templates,
)  # fmt: skip
from config import PROJECT_ROOT, Config

PACKAGES = (
    "accounts",
    "accessibility",
    "mail",
    "programmes",
    "projects",
    "notifications",
    "jobs",
    "benefits",
    "applications",
    "reviews",
    "decisions",
    "delivery.conditions",
    "delivery.funds",
    "delivery.plans",
    "delivery.costs",
    "delivery.reports",
    "delivery.risks",
    "delivery.changes",
    "operations",
    "closing.handover",
    "closing.termination",
    "closing.final_report",
    "follow_up",
    "knowledge",
    "realisation",
    "budget_effects",
    "casefile",
    "portfolio",
    "programme_report",
    "overview",
    "upkeep",
)
"""In the order of the process; each has a blueprint `bp` in its views."""

WEB = (
    addresses, edge, incoming, headers, failures, accounts_session, language, formats, tags, assets,
    navigation, keys, templates,
)  # fmt: skip
"""What every request passes, in this order."""


def create_app(config: Config) -> Flask:
    """Make the application. Everything that differs between installations is in the config."""
    app = edge.OneTransaction(
        __name__, static_folder=PROJECT_ROOT / "static", template_folder=PROJECT_ROOT / "templates"
    )
    app.config.update(
        SQLALCHEMY_DATABASE_URI=engine.driver_url(config.database_url),
        SQLALCHEMY_ENGINE_OPTIONS=engine.engine_options(
            engine.driver_url(config.database_url), connections=config.database_connections
        ),
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME="__Host-hemtag" if config.secure_cookies else "hemtag",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=config.session_lifetime,
        SESSION_LIFETIME=config.session_lifetime,
        SESSION_IDLE_LIMIT=config.session_idle_limit,
        MAX_CONTENT_LENGTH=config.upload_limit_bytes + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=5_000,
        UPLOAD_LIMIT=config.upload_limit_bytes,
        PAPER_FOLDER=config.data_folder / "paper",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        TRUSTED_PROXIES=config.trusted_proxies,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        DEMO=config.demo,
        MAIL=config.mail,
        MAIL_FOLDER=config.data_folder / "mail",
        METRICS_TOKEN=config.metrics_token,
        LEAST_FREE_SPACE=config.least_free_space,
        **config.extra,
    )
    app.extensions["files"] = FileStore(config.data_folder / "files")
    app.extensions["results"] = FileStore(config.data_folder / "results")
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
    logs.install(app)
    for part in WEB:
        part.install(app)
    # After the session, so that a refused form is known to be somebody's. What is kept while somebody writes
    # is exempt: it carries the form's own key, which outlives the session and which nobody can make up.
    CSRFProtect(app).exempt("app.accounts.views_drafts.keep")
    for package in PACKAGES:
        app.register_blueprint(import_module(f"app.{package}.views").bp)
    places.install(app)
    wording.install(app)
    cli.install(app)
    return app
