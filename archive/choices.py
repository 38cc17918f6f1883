from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RetentionRule(TextChoices):
    """How long documents are kept (saugojimo terminas)."""

    PERMANENT = "permanent", pgettext_lazy("retention", "permanently")
    YEARS = "years", pgettext_lazy("retention", "some years")
    BY_DOCUMENTS = "by_documents", pgettext_lazy("retention", "as long as the documents registered in it")
    UNTIL_NOT_NEEDED = "until_not_needed", pgettext_lazy("retention", "until no longer needed")


class StartEvent(TextChoices):
    """From what the years are counted; the first of January after it begins them."""

    CLOSING = "closing", pgettext_lazy("retention", "the last document of the file")
    CONTRACT_END = "contract_end", pgettext_lazy("retention", "the end of the contract")
    LAST_PAYMENT = "last_payment", pgettext_lazy("retention", "the last payment of the project")
    REPLACED = "replaced", pgettext_lazy("retention", "the replacement by a new document")


class Medium(TextChoices):
    """What the documents of a file are (laikmena)."""

    ELECTRONIC = "electronic", pgettext_lazy("medium", "electronic")
    PAPER = "paper", pgettext_lazy("medium", "paper")
    MIXED = "mixed", pgettext_lazy("medium", "paper and electronic")


class PlanState(TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "being prepared")
    SUBMITTED = "submitted", pgettext_lazy("plan", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("plan", "approved")


class FileState(TextChoices):
    """The life of a case file (bylos būsena), from the plan to its end; each later one keeps the facts of the former."""

    PLANNED = "planned", pgettext_lazy("case file", "planned")
    BEGUN = "begun", pgettext_lazy("case file", "being filled")
    FINISHED = "finished", pgettext_lazy("case file", "closed")
    ARRANGED = "arranged", pgettext_lazy("case file", "put in order")
    INVENTORIED = "inventoried", pgettext_lazy("case file", "entered in the inventory")
    ARCHIVED = "archived", pgettext_lazy("case file", "handed over to the archive")
    KEPT = "kept", pgettext_lazy("case file", "kept")
    EXPIRED = "expired", pgettext_lazy("case file", "its term is over")
    PROPOSED = "proposed", pgettext_lazy("case file", "proposed for destruction")
    DESTROYED = "destroyed", pgettext_lazy("case file", "destroyed")
    TRANSFERRED = "transferred", pgettext_lazy("case file", "transferred to the state archive")

    @property
    def tone(self) -> str:
        """Look of the badge."""
        return {"planned": "draft", "begun": "live", "expired": "wait", "proposed": "wait"}.get(
            self.value, "off" if self.value in ("destroyed", "transferred") else "shut"
        )


OPEN_STATES = (FileState.PLANNED, FileState.BEGUN)  # documents may still be placed


class Verdict(TextChoices):
    """What came of a verification (patikrinimo išvada)."""

    WHOLE = "whole", pgettext_lazy("verification", "unchanged, the newest export")
    SUPERSEDED = "superseded", pgettext_lazy("verification", "unchanged, superseded by a newer export")
    RENEWED = "renewed", pgettext_lazy("verification", "unchanged, from before its seal was renewed")
    FOREIGN = "foreign", pgettext_lazy("verification", "whole in itself, not made here")
    CHANGED = "changed", pgettext_lazy("verification", "changed")
    UNREADABLE = "unreadable", pgettext_lazy("verification", "no export of a case file")

    @property
    def tone(self) -> str:
        return {"whole": "ok", "changed": "late", "unreadable": "late"}.get(self.value, "wait")


class Waiting(TextChoices):
    """Why a document has no place yet."""

    NO_PLAN = "no_plan", _("the documentation plan of its year is not approved")
    NO_SERIES = "no_series", _("its kind and matter propose no file")
    NO_LINE = "no_line", _("the plan of its year has no file for it")
    TAKEN_OUT = "taken_out", _("taken out of its file")


class Kept(TextChoices):
    """Which files an inventory lists; short-term ones need none."""

    PERMANENT = "permanent", pgettext_lazy("inventory", "files kept permanently")
    LONG = "long", pgettext_lazy("inventory", "files kept long")


LONG_FROM = 11  # years: up to ten is a short term, up to a hundred a long one


class PaperState(TextChoices):
    """The life of an inventory (apyrašo būsena)."""

    DRAFT = "draft", pgettext_lazy("inventory", "being prepared")
    SUBMITTED = "submitted", pgettext_lazy("inventory", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("inventory", "approved")

    @property
    def tone(self) -> str:
        return {"draft": "draft", "submitted": "wait", "approved": "ok"}[self.value]


class DestructionState(TextChoices):
    """The way of a list of files to their destruction: abortable until it is confirmed, provable after."""

    DRAFT = "draft", pgettext_lazy("destruction", "being prepared")
    JUDGING = "judging", pgettext_lazy("destruction", "waiting for the expert")
    APPROVING = "approving", pgettext_lazy("destruction", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("destruction", "approved, not confirmed")
    ERASING = "erasing", pgettext_lazy("destruction", "being erased")
    DONE = "done", pgettext_lazy("destruction", "destroyed")
    ABORTED = "aborted", pgettext_lazy("destruction", "aborted")

    @property
    def tone(self) -> str:
        return {"draft": "draft", "erasing": "live", "done": "shut", "aborted": "off"}.get(self.value, "wait")


class Receiver(TextChoices):
    """Who takes the files over."""

    MUNICIPAL = "municipal", pgettext_lazy("transfer", "the municipality's archive")
    STATE = "state", pgettext_lazy("transfer", "the state archive")


class TransferState(TextChoices):
    DRAFT = "draft", pgettext_lazy("transfer", "being prepared")
    SUBMITTED = "submitted", pgettext_lazy("transfer", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("transfer", "approved, waiting for the receipt")
    RECEIVED = "received", pgettext_lazy("transfer", "received by the archive")
    ABORTED = "aborted", pgettext_lazy("transfer", "aborted")

    @property
    def tone(self) -> str:
        return {"draft": "draft", "received": "ok", "aborted": "off"}.get(self.value, "wait")


class PackageKind(TextChoices):
    BAG = "bag", "BagIt"
    SIP = "sip", "E-ARK SIP"
