"""The archive's rows: the retention index, the documentation plan, case files and what lies in them."""

from archive.models.exports import CaseExport
from archive.models.files import CaseFile, Placement, WaitingDocument
from archive.models.plan import Plan, PlanLine
from archive.models.retention import RetentionIndex, RetentionPoint

__all__ = [
    "CaseExport",
    "CaseFile",
    "Placement",
    "Plan",
    "PlanLine",
    "RetentionIndex",
    "RetentionPoint",
    "WaitingDocument",
]
