"""The least a Django site can be: what our own pages are measured against (bench/README.md)."""

import os
from pathlib import Path

import environ

SECRET_KEY = "floor"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.postgres", "bench.floor"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "bench.floor.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
DATABASES = {"default": {**environ.Env.db_url_config(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": 600}}
DATABASES["default"].update(NAME=os.environ["FLOOR_DATABASE"], ENGINE="django.db.backends.postgresql")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
