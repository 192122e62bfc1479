"""The application as a WSGI server takes it."""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marque.web.settings")
application = get_wsgi_application()

from marque.web.queries import overview  # noqa: E402  models need Django set up

overview.warm()
# What is loaded once stays: it is not looked through again in the middle of a page.
gc.collect()
gc.freeze()
atexit.register(gc.unfreeze)
