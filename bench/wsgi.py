"""The portal as it is served, knowing also the plain kind of matter that bench/years.py makes."""

from alytus_ryšiai.wsgi import application
from bench.years import know_plain_kind

__all__ = ["application"]

know_plain_kind()
