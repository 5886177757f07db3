"""Settings: everything that differs from place to place is read from the environment, by names that begin FARTHING_."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from farthing.base.refusal import Problem, Refusal


def _said(name: str, otherwise: str = "") -> str:
    return os.environ.get(f"FARTHING_{name}", otherwise)


def _yes(name: str) -> bool:
    return _said(name).lower() in ("1", "yes", "true")


def _several(name: str, otherwise: str = "") -> list[str]:
    return [part.strip() for part in _said(name, otherwise).split(",") if part.strip()]


HERE = Path(__file__).parent
DATA = Path(_said("DATA", "var")).resolve()
"""Where the service keeps what is its own: the database, evidence, letters printed, its secret. Never served."""

DEBUG = _yes("DEBUG")
IN_PRODUCTION = _yes("PRODUCTION")


def _secret() -> str:
    """The secret key: from the environment, or made once and kept beside the data, readable by its owner alone."""
    if given := _said("SECRET_KEY"):
        return given
    if IN_PRODUCTION:
        raise Refusal(
            Problem("FARTHING_SECRET_KEY", "is not set", "Set it to a long random text and keep it out of the code")
        )
    file = DATA / "secret-key"
    if not file.exists():
        DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return file.read_text(encoding="utf-8")


SECRET_KEY = _secret()
ALLOWED_HOSTS = _several("HOSTS", "localhost,127.0.0.1,[::1]")
ADDRESS = _said("ADDRESS", "http://localhost:8000").rstrip("/")
"""Where people reach the service, as links in letters and e-mails begin."""

CSRF_TRUSTED_ORIGINS = [ADDRESS]

# The council

FARTHING_COUNCIL = _said("COUNCIL", "england")
FARTHING_COUNCIL_LOOK = _said("COUNCIL_LOOK")
"""A folder with ``look.css`` and ``logo.svg`` of the council's own; empty for the plain look."""

LETTER_COLOUR = _said("LETTER_COLOUR", "#1d5b79")
"""The colour of the rule at the top of letters."""

DEMONSTRATION = _yes("DEMONSTRATION")
"""Whether every page says that the people here are invented."""

# What is installed

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "farthing.service.access",
    "farthing.service.audit",
    "farthing.service.jobs",
    "farthing.service.people",
    "farthing.service.correspondence",
    "farthing.service.assessments",
    "farthing.service.care",
    "farthing.service.ledger",
    "farthing.service.billing",
    "farthing.service.direct_payments",
    "farthing.service.directory",
    "farthing.service.design",
    "farthing.service.public",
    "farthing.service.officer",
    "farthing.service.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "farthing.service.access.middleware.SessionLimits",
    "farthing.service.access.middleware.Gate",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "farthing.service.urls"
WSGI_APPLICATION = "farthing.service.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "farthing.service.design.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "farthing.service.design.context.council",
                "farthing.service.access.context.visitor",
            ],
        },
    }
]

# Money

PAYS_FROM = {
    name.lower(): _said(f"PAYS_FROM_{name}") for name in ("SERVICE_USER", "NAME", "SORT_CODE", "ACCOUNT_NUMBER", "FORM")
}
"""The account direct payments are paid from, and the form of file its bank takes: see ``direct_payments/files.py``."""

MODULUS_TABLES = _said("MODULUS_TABLES")
"""A folder with the tables that account numbers are checked against, as Pay.UK publishes them; empty where there is none."""

# Data


def _database() -> dict[str, Any]:
    """The database that ``DATABASE_URL`` names, a file of SQLite beside the data where it names none. It is never shown."""
    address = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'farthing.sqlite3'}"
    try:
        if urlsplit(address).scheme in ("sqlite", "postgres", "postgresql"):
            return {**dj_database_url.parse(address, conn_max_age=60)}
    except ValueError:
        pass
    what_to_do = "Give one such as postgres://farthing@db.council.example/farthing, or leave it out for SQLite"
    raise Refusal(Problem("DATABASE_URL", "is no address of a PostgreSQL database", what_to_do))


DATABASES = {"default": _database()}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-64000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EVIDENCE = DATA / "evidence"
PROOFS = DATA / "proofs"
PRINT_FOLDER = DATA / "letters-to-print"
COMPILED_TEMPLATES = DATA / "compiled-templates"
"""What templates were compiled to, for processes that start later. It may be deleted: it is made again."""
FILE_UPLOAD_PERMISSIONS = 0o600
MOST_BYTES_A_FILE = 10 * 1024 * 1024
MOST_FILES = 20
"""About one person, that wait to be looked at."""
MOST_FILES_AT_ONCE = 5
"""Each is opened while its sender waits, by a process of its own."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_HANDLERS = [
    "farthing.service.uploads.limits.StopAtTheLimit",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
VIRUS_SCANNER = _said("VIRUS_SCANNER")
"""The command of a scanner that ends with 0 for a clean file and 1 for an infected one (clamscan, clamdscan --fdpass)."""

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [("council", FARTHING_COUNCIL_LOOK)] if FARTHING_COUNCIL_LOOK else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IN_PRODUCTION

# Accounts

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "access:sign_in"
STAFF_LOGIN_URL = "access:staff_sign_in"
OTP_TOTP_ISSUER = "Farthing"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "farthing.service.access.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "farthing.service.access.computers.computer_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_SENSITIVE_PARAMETERS = ["username", "email", "ip_address"]
AXES_DISABLE_ACCESS_LOG = True
SIGN_IN_LINK_LASTS = timedelta(minutes=20)
IDLE_SESSION_ENDS = {"staff": timedelta(minutes=30), "person": timedelta(hours=1)}
LONGEST_SESSION = {"staff": timedelta(hours=10), "person": timedelta(hours=12)}

OPENID = {
    "address": _said("OPENID_ADDRESS").rstrip("/"),
    "client": _said("OPENID_CLIENT"),
    "secret": _said("OPENID_SECRET"),
    "roles_claim": _said("OPENID_ROLES_CLAIM", "roles"),
}
"""Staff sign in with the council's own OpenID Connect (Entra ID, Keycloak) where an address is given."""
OPENID_ROLES = dict(pair.split("=", 1) for pair in _several("OPENID_ROLES"))
"""Which of our roles a name of the provider's is, where theirs differ: ``ASC-Finance=officer,ASC-Heads=manager``."""
PASSWORDS_TOO = _yes("PASSWORDS_TOO")
"""Whether staff may sign in with a password and a second factor where OpenID Connect is set as well."""

# Safety

BEHIND_PROXY = _yes("BEHIND_PROXY")
SECURE_COOKIES = ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(max(LONGEST_SESSION.values()).total_seconds())
SECURE_SSL_REDIRECT = SECURE_COOKIES and not BEHIND_PROXY
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "farthing.service.design.errors.csrf_failed"

from csp.constants import NONE, SELF  # noqa: E402 - the constants are lazy and need nothing above

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Sending

CHANNEL = _said("CHANNEL", "print")
"""How letters go: ``print`` puts them in a folder, ``email`` sends them by e-mail, ``notify`` by GOV.UK Notify."""

NOTIFY = {
    "key": _said("NOTIFY_KEY"),
    "address": _said("NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk"),
    "email_template": _said("NOTIFY_EMAIL_TEMPLATE"),
    "message_template": _said("NOTIFY_MESSAGE_TEMPLATE"),
    "callback_token": _said("NOTIFY_CALLBACK_TOKEN"),
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _said("EMAIL_FROM", "farthing@localhost")
if _said("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif NOTIFY["message_template"]:
    EMAIL_BACKEND = "farthing.service.correspondence.notify_mail.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "emails"
EMAIL_HOST = _said("EMAIL_HOST")
EMAIL_PORT = int(_said("EMAIL_PORT", "25"))
EMAIL_HOST_USER = _said("EMAIL_USER")
EMAIL_HOST_PASSWORD = _said("EMAIL_PASSWORD")
EMAIL_USE_TLS = _yes("EMAIL_TLS")
EMAIL_TIMEOUT = 30

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "letters"]}}

# Time limits the council sets itself

DECIDE_WITHIN_DAYS = int(_said("DECIDE_WITHIN_DAYS", "28"))
CHECK_ABOVE_PENCE = int(_said("CHECK_ABOVE_PENCE", "20000"))
"""A decision that charges this much a week or more is checked by a second officer before it is sealed."""
BACKDATING_STOPS_AT_DAYS = 56
"""Guard: a decision that reaches further back than eight weeks waits for a manager's approval."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016", "security.W018"]
