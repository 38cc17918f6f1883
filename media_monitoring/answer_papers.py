"""Papers of the press desk: the answer to an outlet or a journalist, and the note for leaders."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import day_words
from core.registry import DocumentKind
from media_monitoring.choices_desk import TO_THE_OUTLET, AnswerKind, ClaimVerdict
from media_monitoring.models import Claim


def _day(text: str) -> str:
    """A day with its year: a letter is read in other years too."""
    return day_words(datetime.date.fromisoformat(text[:10]), today=datetime.date.min)


def _paragraphs(text: str) -> list[list[str]]:
    return [part.split("\n") for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _ground(kind: str) -> str:
    """The law a demand stands on, in one sentence."""
    if kind == AnswerKind.DENIAL:
        return _(
            "Under Article 2.24 of the Civil Code we ask you to publish this denial, free of charge and in the same "
            "place, within two weeks of receiving it, and to tell us when it was published."
        )
    if kind == AnswerKind.REPLY:
        return _(
            "Using the right of reply under the Law on the Provision of Information to the Public, we ask you to publish "
            "our answer without changes and to tell us when it was published."
        )
    return ""


def answer(content: dict[str, Any], language: str, *, matter: Claim) -> dict[str, Any]:
    """A letter to the outlet; of an own post its text; of a decision not to answer, the decision with its reason."""
    words = content["answer"]
    kind = words["kind"]
    is_letter = kind in TO_THE_OUTLET
    article = content["article"]
    about = _("“%(title)s”, %(outlet)s, %(day)s") % {
        "title": article["title"] or content["title"],
        "outlet": content["outlet"],
        "day": _day(content["published_on"]),
    }
    facts = [
        {"label": _("Published"), "value": about},
        {"label": _("Claimed"), "value": f"„{content['quote']}“"},
    ]
    if kind in ("", AnswerKind.NONE, AnswerKind.OWN_POST):
        verdict = str(ClaimVerdict(content["verdict"]).label) if content["verdict"] else "–"
        facts.append({"label": _("Our verdict"), "value": verdict})
    if kind == AnswerKind.NONE:
        title, text = _("Decision to give no answer"), words["reason"]
    else:
        title = words["title"] or str(AnswerKind(kind).label if kind else content["title"]).capitalize()
        text = words["text"]
    return {
        "title": title,
        "to": [line.strip() for line in words["to"].split("\n") if line.strip()] if is_letter else [],
        "home": settings.HOME_CITY,
        "day": _day(_frozen_on(matter)),
        "facts": facts,
        "our_facts": content["our_facts"] if kind == AnswerKind.NONE else "",
        "paragraphs": _paragraphs(text),
        "ground": _ground(kind),
        "signatory": words["signatory"],
    }


def _frozen_on(matter: Any) -> str:
    """The day of the answer: of the version that is approved or waits for it, else today."""
    version = matter.versions.first()
    moment = version.frozen_at if version else timezone.now()
    return timezone.localdate(moment).isoformat()


def enquiry_answer(content: dict[str, Any], language: str, *, matter: Any) -> dict[str, Any]:
    return {
        "title": _("Answer to your enquiry"),
        "to": [content["whose"]],
        "home": settings.HOME_CITY,
        "day": _day(_frozen_on(matter)),
        "facts": [
            {"label": _("Received"), "value": _day(content["received_at"])},
            {"label": _("Asked"), "value": content["question"]},
        ],
        "our_facts": "",
        "paragraphs": _paragraphs(content["answer"]),
        "ground": _(
            "The refusal may be appealed against to the Lithuanian Administrative Disputes Commission or the "
            "administrative court."
        )
        if content["is_refusal"]
        else "",
        "signatory": content["signatory"],
    }


def leaders_note(content: dict[str, Any], language: str, *, matter: Claim) -> dict[str, Any]:
    """One page for leaders: what is said and where, what is true, what we do and by when."""
    from media_monitoring.services.state import claim_deadlines  # noqa: PLC0415 -- services name their papers

    said = matter.said_in.select_related("article__outlet")
    return {
        "title": _("For leaders: what the press says of us"),
        "subtitle": content["title"],
        "quote": content["quote"],
        "where": [
            {
                "outlet": str(row.article.outlet),
                "title": row.article.title,
                "day": _day(timezone.localdate(row.article.published_at).isoformat()),
                "outcome": str(row.get_outcome_display()),
            }
            for row in said
        ],
        "verdict": str(ClaimVerdict(content["verdict"]).label) if content["verdict"] else "",
        "verdict_reason": content["verdict_reason"],
        "our_facts": content["our_facts"],
        "answer_kind": str(AnswerKind(content["answer"]["kind"]).label) if content["answer"]["kind"] else "",
        "deadlines": [
            {"what": row["what"], "why": row["why"]} for row in claim_deadlines(matter) if row["due_on"]
        ],
        "responsible": matter.responsible.full_name,
    }


def answer_docx(data: dict[str, Any], language: str) -> bytes:
    docx = _new(data["title"], f"{data['home']}, {data['day']}")
    for line in data["to"]:
        docx.add_paragraph(line)
    for row in data["facts"]:
        docx.add_paragraph(f"{row['label']}: {row['value']}")
    if data["our_facts"]:
        docx.add_paragraph(data["our_facts"])
    for lines in data["paragraphs"]:
        docx.add_paragraph("\n".join(lines))
    for text in (data["ground"], data["signatory"]):
        if text:
            docx.add_paragraph(text)
    return _bytes(docx)


def _new(title: str, subtitle: str) -> Any:
    from docx import Document as Docx  # noqa: PLC0415 -- workers only

    docx = Docx()
    docx.styles["Normal"].font.name = "Calibri"
    docx.add_heading(title, 0)
    docx.add_paragraph(subtitle, style="Subtitle")
    return docx


def _bytes(docx: Any) -> bytes:
    target = io.BytesIO()
    docx.save(target)
    return target.getvalue()


def has_answer(claim: Claim) -> bool:
    return bool(claim.answer_kind)


PAPERS = (
    DocumentKind(
        code="media_monitoring.answer",
        label=gettext_lazy("Answer to the press"),
        matter_kind="claim",
        build=answer,
        template="media_monitoring/papers/answer.html",
        docx=answer_docx,
        offered=has_answer,
        order=10,
    ),
    DocumentKind(
        code="media_monitoring.leaders_note",
        label=gettext_lazy("Note for leaders"),
        matter_kind="claim",
        build=leaders_note,
        template="media_monitoring/papers/leaders_note.html",
        final_when=lambda claim: bool(claim.verdict),
        order=20,
    ),
    DocumentKind(
        code="media_monitoring.enquiry_answer",
        label=gettext_lazy("Answer to a journalist"),
        matter_kind="enquiry",
        build=enquiry_answer,
        template="media_monitoring/papers/answer.html",
        docx=answer_docx,
        order=10,
    ),
)
