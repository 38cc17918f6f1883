"""What the spine needs to know of a journalist's enquiry."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.registry import MatterKind, State
from media_monitoring.choices_desk import ENQUIRY_TONES, EnquiryStatus
from media_monitoring.differences import Field, differ_by, key
from media_monitoring.models import Enquiry
from media_monitoring.services.state import follow

NEXT_STEPS = {
    "answer": gettext_lazy("write the answer, or ask the unit for facts"),
    "wait_facts": gettext_lazy("answer with the facts"),
    "submit": gettext_lazy("submit the answer for approval"),
    "correct": gettext_lazy("meet the remarks and submit the answer again"),
    "send": gettext_lazy("send the answer"),
    "close": gettext_lazy("write down what was printed and close the enquiry"),
}
STAGE_OF = {
    EnquiryStatus.RECEIVED: 1,
    EnquiryStatus.ASKING: 1,
    EnquiryStatus.SUBMITTED: 2,
    EnquiryStatus.RETURNED: 1,
    EnquiryStatus.APPROVED: 3,
    EnquiryStatus.ANSWERED: 4,
    EnquiryStatus.REFUSED: 4,
    EnquiryStatus.CLOSED: 5,
}

THE_QUESTION, THE_ANSWER = gettext_lazy("The question"), gettext_lazy("The answer")


def stages(matter: Any) -> list[tuple[Any, str]]:
    words = [
        pgettext("stage of an enquiry", "Received"),
        pgettext("stage of an enquiry", "Answer"),
        pgettext("stage of an enquiry", "Approval"),
        pgettext("stage of an enquiry", "Sent"),
        pgettext("stage of an enquiry", "Printed"),
    ]
    at = STAGE_OF.get(matter.state, 1)
    return [
        (word, "done" if place < at else "now" if place == at else "later")
        for place, word in enumerate(words)
    ]


def head(request: HttpRequest, enquiry: Enquiry) -> dict[str, Any]:
    may = request.user.has_perm("media_monitoring.change_enquiry") and not enquiry.is_over
    return {
        "enquiry": enquiry,
        "may_edit": may and not enquiry.is_frozen,
        "may_act": may,
        "next_why": "" if enquiry.sent_at else enquiry.due_reason,
    }


def snapshot(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "title": enquiry.title,
        "whose": enquiry.whose,
        "received_at": localtime(enquiry.received_at).isoformat(timespec="minutes"),
        "question": enquiry.question,
        "answer": enquiry.answer_text,
        "is_refusal": enquiry.is_refusal,
        "signatory": enquiry.signatory,
    }


def summary(content: dict[str, Any]) -> list[dict[str, str]]:
    received = datetime.datetime.fromisoformat(content["received_at"])
    return [
        {
            "label": _("Who asks"),
            "value": content["whose"],
            "note": _("received %(moment)s") % {"moment": date_format(received, "Y-m-d H.i")},
        },
        {
            "label": _("Answer"),
            "value": _("refusal with reasons") if content["is_refusal"] else _("information is given"),
            "note": "",
        },
        {"label": _("Signed by"), "value": content["signatory"] or "–", "note": ""},
    ]


def anchors(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [("question", str(THE_QUESTION)), ("answer", str(THE_ANSWER))]


def blockers(enquiry: Enquiry) -> list[str]:
    return [] if enquiry.answer_text else [_("write the answer")]


def closing_problems(matter: Any) -> Iterable[tuple[str, str]]:
    if matter.kind != "enquiry":
        return
    enquiry = matter.child()
    if enquiry.sent_at is None:
        yield _("The enquiry is not answered"), enquiry.get_absolute_url()


KIND = MatterKind(
    code="enquiry",
    label=gettext_lazy("Enquiry of a journalist"),
    plural_label=gettext_lazy("Enquiries of journalists"),
    list_url_name="media_monitoring:enquiries",
    icon="message",
    model="media_monitoring.enquiry",
    url_name="media_monitoring:enquiry",
    number_prefix="ZU",
    states={status.value: State(status.label, ENQUIRY_TONES[status]) for status in EnquiryStatus},
    next_steps=NEXT_STEPS,
    stages=stages,
    snapshot=snapshot,
    document_kind="media_monitoring.enquiry_answer",
    summary=summary,
    anchors=anchors,
    differ=differ_by(
        Field("question", THE_QUESTION, gettext_lazy("title"), key("title")),
        Field("question", THE_QUESTION, gettext_lazy("who asks"), key("whose")),
        Field("question", THE_QUESTION, gettext_lazy("text"), key("question")),
        Field(
            "answer",
            THE_ANSWER,
            gettext_lazy("kind of answer"),
            lambda content: str(
                _("refusal with reasons") if content["is_refusal"] else _("information is given")
            ),
        ),
        Field("answer", THE_ANSWER, gettext_lazy("text"), key("answer")),
        Field("answer", THE_ANSWER, gettext_lazy("signed by"), key("signatory")),
    ),
    on_event=follow,
    blockers=blockers,
    base_template="media_monitoring/enquiry_base.html",
    head=head,
)
