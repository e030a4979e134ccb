"""The WSGI application, and what `flask` runs."""

import sys

from app.config import BadSettings, Settings
from app.factory import create_app

try:
    app = create_app(Settings.from_env())
except BadSettings as problem:
    sys.exit(f"Quarterdeck cannot start. {problem}")
