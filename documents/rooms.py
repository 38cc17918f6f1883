"""What documents show in the house: their tab, the page of registers, words of the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import registry
from core.registry import ActionWords, ClosingCheck, NavItem, PersonalHolding, Tab


def register() -> None:
    registry.register_tab(
        Tab(
            gettext_lazy("Documents"),
            "documents:matter",
            70,
            count_documents,
            permission="matters.view_matter",
        )
    )
    registry.register_nav(
        NavItem(
            "memory",
            gettext_lazy("Registers"),
            "documents:registers",
            "files",
            "matters.view_matter",
            20,
            count_awaiting,
        )
    )
    registry.register_action_words(ActionWords("documents", WORDS))
    registry.register_closing_check(ClosingCheck("documents.awaiting_number", awaiting_number))
    registry.register_personal_holding(
        PersonalHolding(
            code="documents.working_papers",
            label=gettext_lazy("Working papers"),
            holder_type="documents.document",
            list_rows=working_papers,
            export=lambda pk: {},
            erase=erase,
        )
    )


def count_documents(matter: Any) -> int:
    return matter.documents.exclude(state="void").count()


def count_awaiting(user: Any) -> int:
    from documents.models import Document  # noqa: PLC0415 -- app ready

    return Document.objects.visible_to(user).awaiting_number().count()


def awaiting_number(matter: Any) -> Iterable[tuple[str, str]]:
    """A matter is not closed while another system owes the number of its document."""
    for document in matter.documents.awaiting_number():
        yield (
            _("Waits for a number: %(title)s") % {"title": document.title},
            reverse("documents:detail", args=[document.pk]),
        )


def working_papers() -> Iterable[dict[str, Any]]:
    from documents.models import Document  # noqa: PLC0415 -- app ready

    for document in Document.objects.filter(is_working_paper=True).order_by("erase_on"):
        yield {"pk": document.pk, "label": document.title, "erase_on": document.erase_on}


def erase(today: datetime.date) -> int:
    from documents.services import erase_due  # noqa: PLC0415 -- app ready

    return erase_due(today)


WORDS = {
    "document.added": (gettext_lazy("document added"), "file-plus"),
    "document.version_added": (gettext_lazy("new version of a document"), "file-text"),
    "document.renamed": (gettext_lazy("document renamed"), "pencil"),
    "document.voided": (gettext_lazy("document voided"), "ban"),
    "document.restored": (gettext_lazy("document restored"), "arrow-back-up"),
    "document.erased": (gettext_lazy("working paper erased on its day"), "trash"),
    "document.registered": (gettext_lazy("document registered"), "checkbox"),
    "document.sent_to_register": (gettext_lazy("document sent to be registered elsewhere"), "send"),
    "document.number_voided": (gettext_lazy("register number voided"), "ban"),
    "document.approved_filed": (gettext_lazy("approved paper filed"), "circle-check"),
    "document.downloaded": (gettext_lazy("working paper read"), "eye"),
}
