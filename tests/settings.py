"""The project's settings for tests: a data folder of their own, no Redis, quick passwords.

TEST_DATABASE_URL chooses the database (SQLite without it); tests/run_suite.py sets it for the PostgreSQL run.
"""

import atexit
import os
import shutil
import tempfile

DATA_FOLDER = tempfile.mkdtemp(prefix="factcheck-tests-")
atexit.register(shutil.rmtree, DATA_FOLDER, ignore_errors=True)

os.environ.pop("DATABASE_URL", None)
os.environ |= {"DATA_DIR": DATA_FOLDER, "BROKER_URL": "memory://localhost", "DEBUG": "false", "HTTPS": "false"}
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url

from factcheck.settings import *  # noqa: E402, F403
from factcheck.settings import DATABASES  # noqa: E402

# PostgreSQL: runs at the same time on one server must not meet. SQLite: a file, since one in memory locks differently.
DATABASES["default"]["TEST"] = {"NAME": f"test_factcheck_{os.getpid()}" if url else f"{DATA_FOLDER}/test.sqlite3"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
