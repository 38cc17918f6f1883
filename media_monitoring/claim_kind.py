"""What the spine needs to know of a claim: stages, figures for the approver, what is frozen."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.dates import day_words
from core.registry import MatterKind, State
from media_monitoring.choices_desk import (
    CLAIM_TONES,
    TO_THE_OUTLET,
    AnswerKind,
    ClaimStatus,
    ClaimVerdict,
    Outcome,
)
from media_monitoring.differences import Field, chosen, differ_by, key
from media_monitoring.models import Claim
from media_monitoring.services.state import follow

NEXT_STEPS = {
    "ask": gettext_lazy("ask the unit for facts, or judge the claim"),
    "wait_facts": gettext_lazy("answer with the facts"),
    "judge": gettext_lazy("judge the claim"),
    "write": gettext_lazy("choose how to answer and write the answer"),
    "submit": gettext_lazy("submit the answer for approval"),
    "correct": gettext_lazy("meet the remarks and submit the answer again"),
    "send": gettext_lazy("send the answer"),
    "watch": gettext_lazy("see what became of the article"),
    "close": gettext_lazy("close the claim"),
}
THE_CLAIM, OUR_FACTS = gettext_lazy("The claim"), gettext_lazy("Our facts")
THE_ANSWER = gettext_lazy("The answer")
STAGE_OF = {
    ClaimStatus.NOTED: 1,
    ClaimStatus.ASKING: 1,
    ClaimStatus.WRITING: 2,
    ClaimStatus.SUBMITTED: 3,
    ClaimStatus.RETURNED: 2,
    ClaimStatus.APPROVED: 4,
    ClaimStatus.SENT: 5,
    ClaimStatus.SETTLED: 6,
    ClaimStatus.CLOSED: 6,
}


def stages(matter: Any) -> list[tuple[Any, str]]:
    """Noted, facts, answer, approval, sent, outcome."""
    words = [
        pgettext("stage of a claim", "Noted"),
        pgettext("stage of a claim", "Facts"),
        pgettext("stage of a claim", "Answer"),
        pgettext("stage of a claim", "Approval"),
        pgettext("stage of a claim", "Sent"),
        pgettext("stage of a claim", "Outcome"),
    ]
    at = STAGE_OF.get(matter.state, 1)
    return [
        (word, "done" if place < at else "now" if place == at else "later")
        for place, word in enumerate(words)
    ]


def head(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """What the head of every tab says of a claim, and whether the person may change it."""
    may = request.user.has_perm("media_monitoring.change_claim") and not claim.is_over
    return {
        "claim": claim,
        "may_edit": may and not claim.is_frozen,
        "may_act": may,
        "next_why": next_why(claim),
    }


def next_why(claim: Claim) -> str:
    return _("By %(day)s.") % {"day": day_words(claim.due_on)} if claim.due_on else ""


def snapshot(claim: Claim) -> dict[str, Any]:
    """What is approved: the claim as it was said, our judgement and the words of the answer."""
    said = claim.said_in.select_related("article__outlet").filter(article__outlet=claim.outlet).first()
    article = said.article if said else None
    return {
        "title": claim.title,
        "quote": claim.quote,
        "outlet": str(claim.outlet),
        "published_on": claim.published_on.isoformat(),
        "article": {
            "title": article.title if article else "",
            "url": article.url if article else "",
            "place": said.place if said else "",
        },
        "verdict": claim.verdict,
        "verdict_reason": claim.verdict_reason,
        "our_facts": claim.our_facts,
        "answer": {
            "kind": claim.answer_kind,
            "reason": claim.answer_reason,
            "to": claim.answer_to,
            "title": claim.answer_title,
            "text": claim.answer_text,
            "signatory": claim.signatory,
        },
    }


def summary(content: dict[str, Any]) -> list[dict[str, str]]:
    """Three figures for who decides: what is claimed, what we find, what we do."""
    kind = content["answer"]["kind"]
    published = datetime.date.fromisoformat(content["published_on"])
    return [
        {
            "label": _("Claim"),
            "value": content["outlet"],
            "note": _("published %(day)s") % {"day": day_words(published)},
        },
        {
            "label": _("Verdict"),
            "value": str(ClaimVerdict(content["verdict"]).label) if content["verdict"] else "–",
            "note": content["verdict_reason"],
        },
        {
            "label": _("Answer"),
            "value": str(AnswerKind(kind).label) if kind else "–",
            "note": content["answer"]["reason"],
        },
    ]


def anchors(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("quote", str(THE_CLAIM)),
        ("our_facts", str(OUR_FACTS)),
        ("answer", str(THE_ANSWER)),
    ]


def blockers(claim: Claim) -> list[str]:
    """Without these there is nothing to approve; an unanswered unit does not stop, officials decide."""
    found = []
    if not claim.verdict:
        found.append(_("judge the claim"))
    if not claim.answer_kind:
        found.append(_("choose how to answer"))
    elif claim.answer_kind == AnswerKind.NONE:
        if not claim.answer_reason:
            found.append(_("write why no answer is given"))
    elif not claim.answer_text:
        found.append(_("write the answer"))
    elif claim.answer_kind in TO_THE_OUTLET and not claim.answer_to:
        found.append(_("write to whom the answer goes"))
    return found


def closing_problems(matter: Any) -> Iterable[tuple[str, str]]:
    if matter.kind != "claim":
        return
    claim = matter.child()
    url = claim.get_absolute_url()
    if claim.status in (ClaimStatus.SETTLED, ClaimStatus.CLOSED):
        return
    if claim.sent_at and (left := claim.said_in.filter(outcome=Outcome.WATCHED).count()):
        yield _("Say what became of the articles: %(count)d left") % {"count": left}, f"{url}#articles"
    else:
        yield _("The claim is neither answered nor deliberately left"), url


KIND = MatterKind(
    code="claim",
    label=gettext_lazy("Claim"),
    plural_label=gettext_lazy("Claims"),
    list_url_name="media_monitoring:claims",
    icon="alert-triangle",
    model="media_monitoring.claim",
    url_name="media_monitoring:claim",
    number_prefix="TG",
    states={status.value: State(status.label, CLAIM_TONES[status]) for status in ClaimStatus},
    next_steps=NEXT_STEPS,
    stages=stages,
    snapshot=snapshot,
    document_kind="media_monitoring.answer",
    summary=summary,
    anchors=anchors,
    differ=differ_by(
        Field("quote", THE_CLAIM, gettext_lazy("title"), key("title")),
        Field("quote", THE_CLAIM, gettext_lazy("quotation"), key("quote")),
        Field("our_facts", OUR_FACTS, gettext_lazy("verdict"), chosen(ClaimVerdict, "verdict")),
        Field("our_facts", OUR_FACTS, gettext_lazy("reason of the verdict"), key("verdict_reason")),
        Field("our_facts", OUR_FACTS, gettext_lazy("facts"), key("our_facts")),
        Field("answer", THE_ANSWER, gettext_lazy("kind of answer"), chosen(AnswerKind, "answer", "kind")),
        Field("answer", THE_ANSWER, gettext_lazy("why so"), lambda content: content["answer"]["reason"]),
        Field("answer", THE_ANSWER, gettext_lazy("to whom"), lambda content: content["answer"]["to"]),
        Field("answer", THE_ANSWER, gettext_lazy("heading"), lambda content: content["answer"]["title"]),
        Field("answer", THE_ANSWER, gettext_lazy("text"), lambda content: content["answer"]["text"]),
        Field(
            "answer", THE_ANSWER, gettext_lazy("signed by"), lambda content: content["answer"]["signatory"]
        ),
    ),
    on_event=follow,
    blockers=blockers,
    base_template="media_monitoring/claim_base.html",
    head=head,
)
