"""Django settings of the web application: on loopback, nothing kept but a cache to delete and people's judgements.

The command that serves names the workspace and the cache file in the environment before Django starts.
"""

import os
import secrets
from pathlib import Path

HERE = Path(__file__).parent

WORKSPACE = os.environ.get("MARQUE_WORKSPACE", "")
CATALOGUE = os.environ.get("MARQUE_CATALOGUE", "")
DATABASE = os.environ.get("MARQUE_WEB_DATABASE", ":memory:")

# Nothing is signed that outlives the process: no session, no account. The one form carries a token of its own.
SECRET_KEY = secrets.token_hex(32)
DEBUG = False
# Names of this machine only: a page elsewhere whose name was pointed at 127.0.0.1 gets no answer.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
USE_X_FORWARDED_HOST = False

INSTALLED_APPS = ["marque.web"]
MIDDLEWARE = [
    "marque.web.middleware.guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
CSRF_COOKIE_NAME = "form"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone with the browser's window
CSRF_FAILURE_VIEW = "marque.web.views.failures.foreign"
ROOT_URLCONF = "marque.web.urls"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": ["marque.web.context.page"],
            "builtins": [
                "django.templatetags.static",
                "marque.web.templatetags.words",
                "marque.web.templatetags.figures",
                "marque.web.templatetags.parts",
                "marque.web.templatetags.strips",
            ],
            "libraries": {},
        },
    },
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE,
        "OPTIONS": {"init_command": "PRAGMA query_only=ON; PRAGMA mmap_size=268435456;"},
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # marque.words has the words; Django's own gettext is not used

STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static"
WHITENOISE_MAX_AGE = 0  # asked again each time: an update shows at once, and it is the same machine
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Nothing is uploaded; what comes in is a path, a query and a judgement with its reason.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
# What a reader asked for wrongly is no news; our own mistakes are told with the number that the reader sees.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
        "marque.web": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
