"""WSGI entry: the portal is synchronous throughout, so there is no ASGI twin."""

import os

from django.core.wsgi import get_wsgi_application

from alytus_ryšiai.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
application = get_wsgi_application()
celery_app.finalize()  # once, before any request: a task first asked for inside one would wait for all the others
