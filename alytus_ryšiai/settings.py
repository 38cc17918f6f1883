"""Settings of the portal: production is the base, everything that differs comes from the environment.

`.env.example` lists each variable. A missing one stops the start with a sentence that names it.
"""

import sys
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")


def required(name: str, purpose: str) -> str:
    """The variable's value, or a sentence that says which one is missing and what it is for."""
    value = env.str(name, default="")
    if not value:
        message = f"The environment variable {name} is missing: {purpose} See .env.example; script/server sets it by itself."
        raise ImproperlyConfigured(message)
    return value


DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not (DEMO or DEBUG))
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = required("SECRET_KEY", "it signs sessions and links.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# The staff host stands on the intranet; the link host (optional) may face the internet. See core.middleware.
LINK_HOST = env.str("LINK_HOST", default="")
if LINK_HOST:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, LINK_HOST.rsplit(":", 1)[0]]
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000")
LINK_URL = env.str(
    "LINK_URL", default=f"{'https' if HTTPS else 'http'}://{LINK_HOST}" if LINK_HOST else PUBLIC_URL
)

INSTALLED_APPS = [
    "core",
    "accounts",
    "matters",
    "documents",
    "archive",
    "partners",
    "resources",
    "media_monitoring",
    "delegations",
    "protocol",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "core.middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.StaffMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "core.drafts.DraftMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "alytus_ryšiai.urls"
LINK_URLCONF = "alytus_ryšiai.urls_link"
WSGI_APPLICATION = "alytus_ryšiai.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

_loaders = [
    "template_partials.loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _loaders[1:] if DEBUG else [("django.template.loaders.cached.Loader", _loaders[1:])],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "core.templatetags.house",
                "core.templatetags.dates",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.house",
            ],
        },
    },
]

DATABASES = {
    "default": env.db_url_config(
        required("DATABASE_URL", "it names the PostgreSQL database (postgres://user:password@host/name).")
    )
}
DATABASES["default"]["HOST"] = unquote(
    DATABASES["default"].get("HOST") or ""
)  # a socket folder is written %2F…
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql", CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False
)
DATABASES["default"].setdefault("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required(
    "REDIS_URL", "it names the Valkey or Redis server (redis://host or redis+socket:///path)."
)
# The broker names its database "virtual_host", the cache "db".
_cache_url = REDIS_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": _cache_url,
        "KEY_PREFIX": "alytus",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    },
    # What every page asks for and what may be some seconds old: not worth a question to another process.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 5},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=10) * 3600
SESSION_SAVE_EVERY_REQUEST = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "matters:my_day"
LOGOUT_REDIRECT_URL = "accounts:login"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_IPWARE_META_PRECEDENCE_ORDER = env.list("CLIENT_ADDRESS_HEADERS", default=["REMOTE_ADDR"])

LANGUAGE_CODE = "lt"
LANGUAGES = [("lt", _("Lithuanian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "kalba"
FORMS_URLFIELD_ASSUME_HTTPS = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Vilnius"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"  # outside the web root: files are sent by views only
# After an act of destruction its paper names the day by which the last backup holding the files is overwritten.
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", default=35)
PERSONAL_KEYS_DIR = Path(env.str("PERSONAL_KEYS_DIR", default=str(VAR_DIR / "keys")))
# The seal of exported case files (documents.sealing): a key file, or a key on a device; neither: unsealed.
SEAL_PKCS12 = env.str("SEAL_PKCS12", default="")
SEAL_PKCS12_PASSWORD = env.str("SEAL_PKCS12_PASSWORD", default="")
SEAL_PKCS11_MODULE = env.str("SEAL_PKCS11_MODULE", default="")
SEAL_PKCS11_TOKEN = env.str("SEAL_PKCS11_TOKEN", default="")
SEAL_PKCS11_LABEL = env.str("SEAL_PKCS11_LABEL", default="")
SEAL_PKCS11_PIN = env.str("SEAL_PKCS11_PIN", default="")
SEAL_CHAIN = env.str("SEAL_CHAIN", default="")
SEAL_TRUST = env.str("SEAL_TRUST", default="")
# Roots that foreign signatures are judged by: a folder of certificates and trusted lists (documents.sealing.trust).
SIGNATURE_TRUST = env.str("SIGNATURE_TRUST", default="")
SEAL_TSA_URL = env.str("SEAL_TSA_URL", default="")
SEAL_TSA_USER = env.str("SEAL_TSA_USER", default="")
SEAL_TSA_PASSWORD = env.str("SEAL_TSA_PASSWORD", default="")
SEAL_DEMO_DIR = VAR_DIR / "seal"  # the self-made key of the demonstration
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_MB", default=50) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "documents.intake.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default=f"filemail:///{VAR_DIR}/mail" if DEMO else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Alytaus ryšiai <rysiai@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

# The mailbox newsletters come to (media_monitoring.mailbox), always over TLS; without a server none are taken.
PRESS_IMAP_HOST = env.str("PRESS_IMAP_HOST", default="")
PRESS_IMAP_PORT = env.int("PRESS_IMAP_PORT", default=993)
PRESS_IMAP_USER = env.str("PRESS_IMAP_USER", default="")
PRESS_IMAP_PASSWORD = env.str("PRESS_IMAP_PASSWORD", default="")
PRESS_IMAP_FOLDER = env.str("PRESS_IMAP_FOLDER", default="INBOX")
PRESS_IMAP_MOVE_TO = env.str("PRESS_IMAP_MOVE_TO", default="")  # where letters that were taken go
PRESS_IMAP_CA = env.str("PRESS_IMAP_CA", default="")  # certificates to trust when the server's is our own

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800, "socket_connect_timeout": 1, "max_retries": 1}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "take up due jobs": {"task": "core.sweep_jobs", "schedule": 60.0},
    "seal audit events": {"task": "core.seal_audit", "schedule": 60.0},
    "daily keeping": {"task": "core.daily_keeping", "schedule": 3600.0},
    "tell of stopped letters": {"task": "matters.tell_stopped_letters", "schedule": 60.0},
    "remind": {"task": "matters.remind", "schedule": 900.0},
    "renew seals": {"task": "archive.renew_seals", "schedule": 3600.0},
    "read filed documents": {"task": "archive.read_unread", "schedule": 3600.0},
    "move visits by date": {"task": "delegations.move_by_date", "schedule": 900.0},
    "learn codings": {
        "task": "media_monitoring.learn_codings",
        "schedule": 3600.0,
        "options": {"queue": "learn"},
    },
    "watch claims": {"task": "media_monitoring.watch_claims", "schedule": 900.0},
    "tell of contracts": {"task": "resources.tell_of_contracts", "schedule": 3600.0},
    "chase hosts": {"task": "delegations.chase_hosts", "schedule": 900.0},
    "ask the press": {
        "task": "media_monitoring.ask_what_is_due",
        "schedule": 60.0,
        "options": {"queue": "press"},
    },
    "tell what the press said": {
        "task": "media_monitoring.tell_alerts",
        "schedule": 60.0,
        "options": {"queue": "press"},
    },
    "make the morning press page": {
        "task": "media_monitoring.keep_mornings",
        "schedule": 600.0,
        "options": {"queue": "press"},
    },
    "keep the press": {
        "task": "media_monitoring.keep_house",
        "schedule": 3600.0,
        "options": {"queue": "press"},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Everything is our own: no inline script or style, no other host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
        "object-src": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=HTTPS) else None
)
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-sesija" if HTTPS else "sesija"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "core.logs.DropTokens"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_tokens"]}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}

# The office: data that differ between municipalities.
HOME_CITY = env.str("HOME_CITY", default="Alytus")
OFFICE_NAME = env.str("OFFICE_NAME", default="Alytaus miesto savivaldybės administracija")
OFFICE_CODE = env.str("OFFICE_CODE", default="188706935")  # in the register of legal entities
OFFICE_UNIT = env.str("OFFICE_UNIT", default="Viešųjų ir užsienio ryšių skyrius")
# Where somebody without an account writes when a personal link fails her; by default the address our letters come from.
OFFICE_EMAIL = env.str("OFFICE_EMAIL", default=parseaddr(DEFAULT_FROM_EMAIL)[1])

TESTING = "pytest" in sys.modules
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    STATIC_ROOT = VAR_DIR / "static-of-tests"  # empty: what was collected earlier is no concern of a test
    AXES_ENABLED = True
