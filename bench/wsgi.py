"""The portal as it is served, knowing also the plain kind of matter that bench/years.py makes."""

from alytus_ryšiai.wsgi import application
from bench.years import PLAIN_KIND
from core.registry import MatterKind, register_matter_kind

__all__ = ["application"]

register_matter_kind(MatterKind(PLAIN_KIND, "Bench", "file", "matters.Matter", "matters:go", "B"))
