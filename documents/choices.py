import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Origin(TextChoices):
    """Where a document came from (kilmė)."""

    MADE = "made", _("made here")
    UPLOADED = "uploaded", _("uploaded")
    RECEIVED = "received", _("received by e-mail")
    NOTE = "note", _("note")
    FILED = "filed", _("filed by the portal")  # one of many of its kind: an act, evidence of the press


WATCHED = datetime.timedelta(days=60)  # before its end a key of seals is told of, and a seal renewed


class SealKind(TextChoices):
    """Whose key seals (spaudo raktas)."""

    DEMO = "demo", _("self-made key of the demonstration")
    PKCS12 = "pkcs12", _("key file (PKCS#12)")
    PKCS11 = "pkcs11", _("key on a device (PKCS#11)")


class DocumentState(TextChoices):
    DRAFT = "draft", pgettext_lazy("document", "draft")
    FINAL = "final", pgettext_lazy("document", "final")
    VOID = "void", pgettext_lazy("document", "void")
    DESTROYED = "destroyed", pgettext_lazy("document", "destroyed by act")


GONE = (
    DocumentState.VOID,
    DocumentState.DESTROYED,
)  # its row tells that it was; nothing more is done with it
