"""What documents show in the house: their tab, the page of registers, words of the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, TextField, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import registry
from core.counts import count_of
from core.registry import (
    ActionWords,
    ClosingCheck,
    LoggedReading,
    NavItem,
    PersonalHolding,
    SelfCheck,
    Tab,
)

READ_RESTRICTED = "documents.restricted"  # in the access log


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
    registry.register_self_check(
        SelfCheck("documents.seal", gettext_lazy("Key of the seal"), look_at_key, order=20)
    )
    registry.register_self_check(
        SelfCheck(
            "documents.converters", gettext_lazy("Converters of foreign files"), look_at_converters, order=30
        )
    )
    registry.register_closing_check(ClosingCheck("documents.awaiting_number", awaiting_number))
    registry.register_logged_reading(
        LoggedReading(
            "documents.restricted",
            gettext_lazy("Documents of named persons"),
            READ_RESTRICTED,
            {
                "file": gettext_lazy("file of the document"),
                "export": gettext_lazy("within an export of its case file"),
                "package": gettext_lazy("within a transfer package"),
            },
            restricted_documents,
        )
    )
    registry.register_personal_holding(
        PersonalHolding(
            code="documents.working_papers",
            label=gettext_lazy("Working papers"),
            holder_type="documents.document",
            purpose=gettext_lazy("To serve guests: rooms, diet, drivers. Never filed, never exported."),
            kept=gettext_lazy("30 days after the visit."),
            fields={"file": gettext_lazy("paper with contacts and needs")},
            holders=working_papers,
            erase=erase,
            order=40,
        )
    )


def look_at_key() -> Iterable[tuple[str, str]]:
    """Self-check: opens the key as a seal would."""
    from documents.sealing import keys  # noqa: PLC0415 -- only this page

    state = keys.state()
    if state.problem:
        yield "bad", state.problem
    elif not state.kind:
        yield "note", _("No key is named in the settings: exports of case files go out unsealed and say so.")
    elif state.is_demo:
        yield "note", _("A self-made key of the demonstration seals: it has no legal force.")
    else:
        yield "ok", f"{state.get_kind_display()}: {state.subject}"
    if state.ends is not None:
        words = _("The certificate ends on %(day)s.") % {"day": timezone.localdate(state.ends).isoformat()}
        yield "bad" if state.ends_soon else "ok", words
    if state.time_stamps:
        yield "ok", _("Time stamps are asked from %(url)s.") % {"url": state.time_stamps}
    elif state.kind:
        yield (
            "note",
            _("No server of time stamps is named (SEAL_TSA_URL): the time of a seal is only its own word."),
        )


def look_at_converters() -> Iterable[tuple[str, str]]:
    from documents.converting import programs, sandbox  # noqa: PLC0415 -- only this page

    if not sandbox.is_possible():
        yield "bad", _("A converter cannot be kept from the network here, so nothing foreign is converted.")
    for one in programs.PROGRAMS.values():
        words = f"{one.name}: {one.purpose}"
        if one.is_there:
            yield "ok", f"{words} ({one.version})" if one.version else words
        else:
            yield (
                "note",
                _("Not installed: %(what)s. Install it: %(command)s")
                % {"what": words, "command": programs.INSTALL},
            )


def count_documents() -> Any:
    from documents.models import Document  # noqa: PLC0415 -- app ready

    return count_of(Document.objects.exclude(state__in=("void", "destroyed")), "matter")


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


def working_papers() -> Any:
    """Papers by the number of their matter: a title would tell more than one may know."""
    from documents.models import Document  # noqa: PLC0415 -- app ready

    return Document.objects.filter(is_working_paper=True).annotate(
        held_name=F("matter__number"),
        held_in=F("matter__number"),
        held_matter=F("matter_id"),
        held_fields=Value(["file"], output_field=ArrayField(TextField())),
        held_until=F("erase_on"),
    )


def restricted_documents() -> Any:
    """By the number of their matter, as working papers."""
    from documents.models import Document  # noqa: PLC0415 -- app ready

    return Document.objects.filter(is_restricted=True).annotate(held_name=F("matter__number"))


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
