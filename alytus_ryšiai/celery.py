"""The Celery application: queues `default`, `documents`, `convert`, `press`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
app = Celery("alytus_ryšiai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
