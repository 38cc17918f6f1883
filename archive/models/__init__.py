"""The archive's rows: the retention index, the documentation plan, case files and what lies in them; its acts."""

from archive.models.destruction import Destruction, DestructionLine, ErasedFile
from archive.models.exports import CaseExport
from archive.models.files import CaseFile, Placement, WaitingDocument
from archive.models.inventories import Inventory, InventoryLine
from archive.models.plan import Plan, PlanLine
from archive.models.retention import RetentionIndex, RetentionPoint
from archive.models.seals import RenewedSeal, Verification
from archive.models.texts import DocumentText, TextPage, TextWord
from archive.models.transfers import Transfer, TransferLine, TransferPackage
from archive.models.year import ArchiveYear

__all__ = [
    "ArchiveYear",
    "CaseExport",
    "CaseFile",
    "Destruction",
    "DestructionLine",
    "DocumentText",
    "ErasedFile",
    "Inventory",
    "InventoryLine",
    "Placement",
    "Plan",
    "PlanLine",
    "RenewedSeal",
    "RetentionIndex",
    "RetentionPoint",
    "TextPage",
    "TextWord",
    "Transfer",
    "TransferLine",
    "TransferPackage",
    "Verification",
    "WaitingDocument",
]
