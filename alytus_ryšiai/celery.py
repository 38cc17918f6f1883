"""The Celery application: queues `default`, `documents`, `convert`, `press`, `learn`."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

if os.environ.get(
    "C_FORCE_ROOT"
):  # whoever sets it has decided; script/server says it in a sentence of its own
    warnings.filterwarnings("ignore", category=SecurityWarning)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alytus_ryšiai.settings")
app = Celery("alytus_ryšiai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
