"""The papers of a visit, made from its frozen content: for the guests, for who receives them, for leadership."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.registry import DocumentKind
from delegations.models import Visit
from delegations.papers import for_guests, for_insiders, for_leadership, thanks
from delegations.papers import report as report_paper
from delegations.papers.docx import guests_docx, leadership_docx


def guests_languages(visit: Visit) -> list[str]:
    """Each language of the guests beside Lithuanian; Lithuanian alone when they speak it."""
    return [f"{code}+lt" for code in visit.languages if code != "lt"] or ["lt"]


def pocket_languages(visit: Visit) -> list[str]:
    """A card is too small for two languages at once."""
    return [*(code for code in visit.languages if code != "lt"), "lt"]


PAPERS = (
    DocumentKind(
        code="delegations.guests_programme",
        label=_("Guests' programme"),
        matter_kind="visit",
        build=for_guests.programme,
        template="delegations/papers/guests_programme.html",
        languages=guests_languages,
        docx=guests_docx,
        order=10,
    ),
    DocumentKind(
        code="delegations.insiders_programme",
        label=_("Insiders' programme"),
        matter_kind="visit",
        build=for_insiders.programme,
        template="delegations/papers/insiders_programme.html",
        is_working_paper=True,
        order=20,
    ),
    DocumentKind(
        code="delegations.leadership_page",
        label=_("One page for leadership"),
        matter_kind="visit",
        build=for_leadership.page,
        template="delegations/papers/leadership_page.html",
        docx=leadership_docx,
        order=30,
    ),
    DocumentKind(
        code="delegations.pocket_card",
        label=_("Pocket card"),
        matter_kind="visit",
        build=for_guests.pocket_card,
        template="delegations/papers/pocket_card.html",
        languages=pocket_languages,
        page="A6",
        order=40,
    ),
    DocumentKind(
        code="delegations.report",
        label=_("Report of the visit"),
        matter_kind="visit",
        build=report_paper.report,
        template="delegations/papers/report.html",
        docx=report_paper.report_docx,
        final_when=report_paper.is_final,
        offered=report_paper.is_offered,
        order=80,
    ),
    DocumentKind(
        code="delegations.thanks_letter",
        label=_("Letter of thanks"),
        matter_kind="visit",
        build=thanks.letter,
        template="delegations/papers/thanks_letter.html",
        languages=thanks.thanks_languages,
        docx=thanks.thanks_docx,
        final_when=thanks.is_worded,
        offered=report_paper.is_offered,
        order=81,
    ),
)
