"""One settings file, configured by environment variables (12-factor).

Without DATABASE_URL the *embedded* profile runs: SQLite under DATA_DIR, a private Redis that `make run` starts,
plain HTTP on loopback. With DATABASE_URL the *production* profile runs: PostgreSQL, Redis by REDIS_URL, HTTPS.
"""

import os
import sys
from pathlib import Path

from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from environs import Env
from kombu import Exchange, Queue

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

PROFILE = "production" if env.str("DATABASE_URL", "") else "embedded"
EMBEDDED = PROFILE == "embedded"
TESTING = "pytest" in sys.modules


def _generated_secret(path: Path) -> str:
    """The installation's own secret, made once and readable by its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        secret = get_random_secret_key() + get_random_secret_key()
        file.write(secret)
    return secret


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or _generated_secret(DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)  # how many of our own proxies add to X-Forwarded-For
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "knox",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "claims.web.errors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
ASGI_APPLICATION = "factcheck.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.web.context.newsroom",
            ],
        },
    },
]
FORM_RENDERER = "claims.web.forms.renderer.WidgetRenderer"

# Databases ------------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'workbench.sqlite3'}", conn_max_age=60),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads and then writes would otherwise fail with "database is locked" at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: else REPLACE deletes a row behind the back of the trigger that refuses DELETE.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis, cache, Celery -------------------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
BROKER_URL = env.str("BROKER_URL", REDIS_URL.replace("unix://", "redis+socket://", 1))
_CONNECT_TIMEOUT_SECONDS = 1

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://", 1),
        "KEY_PREFIX": "factcheck",
        "OPTIONS": {"socket_connect_timeout": _CONNECT_TIMEOUT_SECONDS, "socket_timeout": _CONNECT_TIMEOUT_SECONDS},
    }
}

# How old `queued_at` may be before the sweep sends a report or a look-back again, and how often it looks.
SWEEP_AGE_SECONDS = env.int("SWEEP_AGE_SECONDS", 120)
SWEEP_INTERVAL_SECONDS = env.int("SWEEP_INTERVAL_SECONDS", 15)
SWEEP_BATCH = env.int("SWEEP_BATCH", 200)
MAX_MATCH_ATTEMPTS = 5
INDEX_FILE_FROM = env.int("INDEX_FILE_FROM", 2_000)  # open claims, or changes of them, that are worth a shared file
MATCH_BATCH = env.int("MATCH_BATCH", 25)  # reports of one transaction

CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = env.int("TASK_SOFT_TIME_LIMIT", 60)
CELERY_TASK_TIME_LIMIT = env.int("TASK_TIME_LIMIT", 90)
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", False)
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", "matching")
LOOK_BACK_QUEUE = env.str("LOOK_BACK_QUEUE", "") or CELERY_TASK_DEFAULT_QUEUE
CELERY_TASK_ROUTES = {"claims.look_back": {"queue": LOOK_BACK_QUEUE}}
# All are named here, so that a worker without -Q hears them all. An exchange each, or both would get every message.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), name) for name in dict.fromkeys([CELERY_TASK_DEFAULT_QUEUE, LOOK_BACK_QUEUE])
]
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A new connection for each task was more than half of PostgreSQL's work for a report; factcheck/celery.py sees to it
# that a kept one is sound.
CELERY_DB_REUSE_MAX = 100_000
CELERY_BROKER_CONNECTION_TIMEOUT = _CONNECT_TIMEOUT_SECONDS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,  # a sender must not wait for a broker that is down; the worker and beat have their own patience
    "socket_connect_timeout": _CONNECT_TIMEOUT_SECONDS,
    "socket_timeout": 10,
    "health_check_interval": 10,
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "claims.sweep", "schedule": schedule(SWEEP_INTERVAL_SECONDS)},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

# People and access ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "claims.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:desk"
LOGOUT_REDIRECT_URL = "web:sign_in"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "factcheck.client_address.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "claims/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429

# API ------------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "claims.api.negotiation.LenientNegotiation",
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttling.CallerThrottle"],
    "DEFAULT_THROTTLE_RATES": {"caller": env.str("API_RATE", "600/min"), "wrong_token": "60/min"},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": None,
    "EXCEPTION_HANDLER": "claims.api.errors.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": TRUSTED_PROXIES,
}
REST_KNOX = {
    "TOKEN_TTL": None,  # expiry is chosen per token on the Tokens page
    "AUTH_HEADER_PREFIX": "Token",
    "TOKEN_MODEL": "claims.ApiToken",
}
KNOX_TOKEN_MODEL = "claims.ApiToken"  # noqa: S105 - a model, no secret
MIGRATION_MODULES = {"knox": None}  # its migrations would make the table of the model that ApiToken replaces
SPECTACULAR_SETTINGS = {
    "TITLE": "Fact-checking workbench API",
    "DESCRIPTION": "Send reports, follow their matching, pull published verdicts and never miss a correction.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ReportState": "claims.workflow.ReportState",
        "VerdictState": "claims.workflow.VerdictState",
        "ClaimStatus": "claims.workflow.ClaimStatus",
        "Stance": "claims.workflow.Stance",
        "Triage": "claims.workflow.Triage",
        "DismissalReason": "claims.models.DismissalReason",
    },
}

# Pages ----------------------------------------------------------------------------------------------------------------
NEWSROOM_NAME = env.str("NEWSROOM_NAME", "Fact-check desk")
NEWSROOM_URL = env.str("NEWSROOM_URL", "")
STATIC_URL = "static/"
STATIC_ROOT = None if EMBEDDED else Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
WHITENOISE_USE_FINDERS = EMBEDDED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # a report of 1 MB as escaped JSON or form data; beyond it, 413

# Security -------------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "claims.web.errors.csrf_failure"
_HTTPS = env.bool("HTTPS", not EMBEDDED)
SECURE_SSL_REDIRECT = _HTTPS
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
