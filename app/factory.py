"""Puts the house together: settings, backends, doors. The only file that knows all others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import ModuleType

from flask import Flask, Response, jsonify
from flask_openapi3 import Info, OpenAPI
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db
from app.api import actor as api_actor
from app.api import assets as api_assets
from app.api import calls as api_calls
from app.api import deals as api_deals
from app.api import feedback as api_feedback
from app.api import field_reviews as api_field_reviews
from app.api import freshness as api_freshness
from app.api import insights as api_insights
from app.api import me as api_me
from app.api import notices as api_notices
from app.api import once
from app.api import recalls as api_recalls
from app.api import saved_searches as api_saved_searches
from app.api import search as api_search
from app.api import search_index as api_search_index
from app.api import synonyms as api_synonyms
from app.api import uses as api_uses
from app.api import versions as api_versions
from app.backends.mail import registry as mailing
from app.backends.preview import registry as drawing
from app.backends.queue import registry as queueing
from app.backends.search import registry as searching
from app.backends.storage import registry as storing
from app.cli import commands
from app.cli import index as cli_index
from app.clock import use_time_zone
from app.config import ROOT, BadSettings, Settings
from app.http import addresses, errors, security, uploads
from app.services import mailing as letters
from app.web import (
    account,
    adoption,
    audit,
    deals,
    feedback,
    field_reviews,
    filters,
    freshness,
    gaps,
    governance,
    health,
    help,
    home,
    inbox,
    insights,
    joining,
    kinds,
    library,
    library_health,
    people,
    publishing,
    recalls,
    reviews,
    saved_searches,
    scoreboard,
    search_index,
    synonyms,
    uses,
)
from app.web import actor as web_actor
from app.web import search as web_search
from app.web import session as web_session
from app.worker import commands as worker_commands

PAGES: tuple[ModuleType, ...] = (
    account,
    adoption,
    audit,
    deals,
    feedback,
    field_reviews,
    freshness,
    gaps,
    governance,
    health,
    help,
    home,
    inbox,
    insights,
    joining,
    kinds,
    library,
    library_health,
    people,
    publishing,
    recalls,
    reviews,
    saved_searches,
    scoreboard,
    search_index,
    synonyms,
    uses,
    web_search,
    web_session,
)
CALLS: tuple[ModuleType, ...] = (
    api_me,
    api_assets,
    api_versions,
    api_search,
    api_deals,
    api_uses,
    api_feedback,
    api_insights,
    api_freshness,
    api_notices,
    api_recalls,
    api_field_reviews,
    api_saved_searches,
    api_search_index,
    api_synonyms,
)
SESSION = timedelta(days=7)
TOKEN = {"token": {"type": "http", "scheme": "bearer"}}


def create_app(settings: Settings) -> Flask:
    """The hub, ready to serve."""
    app = OpenAPI(
        "app",
        root_path=str(ROOT / "app"),
        info=Info(title="Quarterdeck", version="1"),
        security_schemes=TOKEN,  # type: ignore[arg-type]
        validation_error_model=api_calls.Problem,
        doc_ui=False,
    )
    _configure(app, settings)
    connect(settings)
    addresses.init(app)
    uploads.init(app, settings.max_upload_bytes)
    errors.init(app)
    security.init(app, is_https=settings.is_https)
    filters.init(app)
    api_actor.init(app)
    once.init(app)
    web_actor.init(app)
    csrf = CSRFProtect(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    for group in CALLS:
        csrf.exempt(group.calls)
        app.register_api(group.calls)
    app.add_url_rule("/api/v1/openapi.json", "openapi", lambda: _described(app))
    _add_commands(app, settings)
    app.teardown_appcontext(lambda _problem: db.session.remove())
    return app


def connect(settings: Settings) -> None:
    """Open the backends that the settings name; raises BadSettings."""
    use_time_zone(settings.time_zone)
    letters.use_address(settings.address)
    drawing.use(settings.office_renderer)
    with _told_as("DATABASE_URL"):
        db.connect(_in_root(settings.database_url)).connect().close()
    with _told_as("STORAGE_URL"):
        storing.use(storing.open_store(settings.storage_url, ROOT))
        storing.current().check()
    with _told_as("SEARCH_URL"):
        index_folder(settings).mkdir(mode=0o700, parents=True, exist_ok=True)
        searching.use(searching.open_engine(_in_root(settings.search_url)))
    with _told_as("QUEUE_URL"):
        queueing.use(queueing.open_queue(settings.queue_url, ROOT, settings.database_url))
    with _told_as("MAIL_URL"):
        mailing.use(mailing.open_mailer(settings.mail_url, settings.mail_from))


@contextmanager
def _told_as(name: str) -> Iterator[None]:
    """Whatever goes wrong with a backend's address is said of the setting."""
    try:
        yield
    except (OSError, ValueError, SQLAlchemyError, ImportError) as problem:
        raise BadSettings(f"{name} cannot be used: {problem}".splitlines()[0]) from problem


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="quarterdeck",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        PERMANENT_SESSION_LIFETIME=SESSION,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        PUBLIC_URL=settings.public_url.rstrip("/"),
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if hops := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]


def index_folder(settings: Settings) -> Path:
    """Where this machine keeps its search index."""
    return Path(_in_root(settings.search_url).partition(":")[2])


def worker_lock(settings: Settings) -> Path:
    """The file that says that a worker runs on this machine, beside what is the machine's own."""
    scheme, _, place = settings.queue_url.partition(":")
    if scheme == "sqlite":
        return (ROOT / place).with_suffix(".lock")
    return index_folder(settings) / "worker.lock"


def _add_commands(app: Flask, settings: Settings) -> None:
    commands.init(app)
    app.cli.commands.pop("openapi")
    worker, follow = worker_commands.commands(worker_lock(settings), index_folder(settings))
    app.cli.add_command(worker)
    cli_index.group.add_command(follow)


def _described(app: OpenAPI) -> Response:
    return jsonify(app.api_doc)


def _in_root(url: str) -> str:
    """The same address with a folder that does not depend on where the command was given."""
    for scheme in ("sqlite:///", "tantivy:"):
        if url.startswith(scheme) and not url.startswith(f"{scheme}/"):
            return f"{scheme}{ROOT / url.removeprefix(scheme)}"
    return url
