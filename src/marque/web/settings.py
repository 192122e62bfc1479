"""Django settings of the web application. The command that serves sets `MARQUE_WORKSPACE` before Django starts."""

SECRET_KEY = "replaced-at-start"  # noqa: S105
INSTALLED_APPS: list[str] = ["marque.web"]
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
