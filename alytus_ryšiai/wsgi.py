"""WSGI entry: the portal is synchronous throughout, so there is no ASGI twin."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
application = get_wsgi_application()
