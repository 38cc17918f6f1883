"""Rows without office words; one file per noun."""

from core.models.acted import ActedModel, acted_by
from core.models.audit import AuditEvent, AuditSeal
from core.models.base import PlacedModel, TimestampedModel, VersionedModel, lt_sort_key
from core.models.deadlines import DeadlineRule, HolidayException, Norm
from core.models.drafts import Draft
from core.models.files import StoredFile
from core.models.jobs import Job
from core.models.lists import SavedView
from core.models.mail import OutgoingMail
from core.models.personal import AccessRecord, PersonalValue
from core.models.words import WordModel

__all__ = [
    "AccessRecord",
    "ActedModel",
    "AuditEvent",
    "AuditSeal",
    "DeadlineRule",
    "Draft",
    "HolidayException",
    "Job",
    "Norm",
    "OutgoingMail",
    "PersonalValue",
    "PlacedModel",
    "SavedView",
    "StoredFile",
    "TimestampedModel",
    "VersionedModel",
    "WordModel",
    "acted_by",
    "lt_sort_key",
]
