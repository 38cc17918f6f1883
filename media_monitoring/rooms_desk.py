"""What claims, enquiries, journalists and coding show in the house: kinds, tabs, papers, links, my day, search."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import registry
from core.counts import count_of
from core.registry import (
    ActionWords,
    ClosingCheck,
    CreateItem,
    DaySource,
    DeadlineHolder,
    FilingDefault,
    PersonalHolding,
    SearchSource,
    Seed,
    SelfCheck,
    Tab,
)


def register() -> None:
    from media_monitoring import answer_papers, claim_kind, enquiry_kind  # noqa: PLC0415 -- app ready
    from media_monitoring.services import state  # noqa: PLC0415 -- app ready
    from media_monitoring.views.facts_page import PAGE  # noqa: PLC0415 -- app ready

    registry.register_matter_kind(claim_kind.KIND)
    registry.register_matter_kind(enquiry_kind.KIND)
    for paper in answer_papers.PAPERS:
        registry.register_document_kind(paper)
    registry.register_link_page(PAGE)
    claims, enquiries = ("claim",), ("enquiry",)
    see_claims, see_enquiries = "media_monitoring.view_claim", "media_monitoring.view_enquiry"
    for tab in (
        Tab(
            gettext_lazy("Claim"),
            "media_monitoring:claim",
            5,
            count_articles,
            kinds=claims,
            permission=see_claims,
        ),
        Tab(
            pgettext_lazy("tab", "Answer"),
            "media_monitoring:claim_answer",
            10,
            kinds=claims,
            permission=see_claims,
        ),
        Tab(
            gettext_lazy("Enquiry"),
            "media_monitoring:enquiry",
            5,
            kinds=enquiries,
            permission=see_enquiries,
        ),
    ):
        registry.register_tab(tab)
    registry.register_create(
        CreateItem(
            gettext_lazy("Enquiry of a journalist"),
            "media_monitoring:enquiry_new",
            "message",
            "media_monitoring.add_enquiry",
        )
    )
    registry.register_closing_check(ClosingCheck("media_monitoring.claim", claim_kind.closing_problems))
    registry.register_closing_check(ClosingCheck("media_monitoring.enquiry", enquiry_kind.closing_problems))
    registry.register_filing_default(
        FilingDefault("media_monitoring.claim", "media_replies", matter_kind="claim")
    )
    registry.register_filing_default(
        FilingDefault("media_monitoring.enquiry", "media_replies", matter_kind="enquiry")
    )
    registry.register_deadline_holder(DeadlineHolder("media_monitoring", state.recompute))
    registry.register_day_source(
        DaySource("media_monitoring.claims", "media_monitoring/_claims_today.html", todays, order=8)
    )
    for source in (
        SearchSource(
            "claims", gettext_lazy("Claims"), "alert-triangle", claim_entries, 40, see_claims, of_matters=True
        ),
        SearchSource(
            "enquiries",
            gettext_lazy("Enquiries of journalists"),
            "message",
            enquiry_entries,
            42,
            see_enquiries,
            of_matters=True,
        ),
    ):
        registry.register_search_source(source)
    registry.register_personal_holding(
        PersonalHolding(
            code="media_monitoring.journalists",
            label=gettext_lazy("Contacts of journalists"),
            holder_type="media_monitoring.journalist",
            purpose=gettext_lazy("To answer the press and to invite it; kept with the journalist's consent."),
            kept=gettext_lazy(
                "Some time after the contacts were last checked, by the rule JOURNALIST_CONTACTS."
            ),
            fields={"email": gettext_lazy("e-mail"), "phone": gettext_lazy("telephone")},
            holders=holders,
            export=export_of,
            forget=forget,
            erase=bring_up_to_date,
            url_name="media_monitoring:journalist",
            permission="media_monitoring.view_journalist",
            order=30,
        )
    )
    registry.register_self_check(
        SelfCheck("media_monitoring.learner", gettext_lazy("Proposals of codings"), look_at_learner, order=40)
    )
    registry.register_action_words(ActionWords("media_monitoring.desk", WORDS))
    registry.register_seed(Seed("media_monitoring.desk", _seed, order=70))


def _seed() -> str:
    from media_monitoring import seed_desk  # noqa: PLC0415 -- only for the demonstration

    return seed_desk.run()


def look_at_learner() -> Iterable[tuple[str, str]]:
    """Self-check: whether the library is there, and what it has learned."""
    from media_monitoring import learner, proposals  # noqa: PLC0415 -- only this page

    if not learner.is_there():
        yield (
            "note",
            _(
                "The machine learns nothing from codings: scikit-learn is not installed. Install it: %(command)s"
            )
            % {"command": ".venv/bin/python -m pip install -r requirements-learning.txt"},
        )
    for model in proposals.current().values():
        words = _("%(what)s: right in %(right)d of 100, the commonest in %(base)d.") % {
            "what": str(model.get_aspect_display()).capitalize(),
            "right": model.percent,
            "base": model.baseline_percent,
        }
        yield "ok" if model.is_useful else "note", words


# --- counts and my day ----------------------------------------------------------------------------------------


def count_articles() -> Any:
    from media_monitoring.models import ClaimArticle  # noqa: PLC0415 -- app ready

    return count_of(ClaimArticle.objects.all(), "claim")


def count_claims(user: Any) -> int:
    """Claims that wait for this person."""
    from media_monitoring.models import Claim  # noqa: PLC0415 -- app ready

    return Claim.objects.open().visible_to(user).filter(next_step_by=user).count()


def count_enquiries(user: Any) -> int:
    from media_monitoring.models import Enquiry  # noqa: PLC0415 -- app ready

    return Enquiry.objects.open().visible_to(user).filter(next_step_by=user).count()


def todays(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """Claims and enquiries whose clock runs, the nearest first; None when none does."""
    from media_monitoring.models import Claim, Enquiry  # noqa: PLC0415 -- app ready

    rows: list[Any] = []
    for model, permission in (
        (Claim, "media_monitoring.view_claim"),
        (Enquiry, "media_monitoring.view_enquiry"),
    ):
        if user.has_perm(permission):
            mine = model.objects.open().visible_to(user).filter(Q(responsible=user) | Q(next_step_by=user))
            rows += mine.filter(due_on__isnull=False).select_related("outlet").order_by("due_on", "pk")[:5]
    rows.sort(key=lambda row: (row.due_on, row.pk))
    return {"rows": rows[:5], "today": today} if rows else None


# --- search -----------------------------------------------------------------------------------------------------


def claim_entries(pks: Iterable[int] | None) -> Iterable[Any]:
    from core.search import SearchDocument  # noqa: PLC0415 -- app ready
    from media_monitoring.models import Claim  # noqa: PLC0415 -- app ready

    rows = Claim.objects.select_related("outlet")
    for claim in rows if pks is None else rows.filter(pk__in=list(pks)):
        yield SearchDocument(
            pk=claim.pk,
            title=claim.title,
            subtitle=f"{claim.number} · {claim.outlet}",
            text=f"{claim.quote} {claim.our_facts} {claim.answer_text}",
            url=claim.get_absolute_url(),
            matter_pk=claim.pk,
        )


def enquiry_entries(pks: Iterable[int] | None) -> Iterable[Any]:
    from core.search import SearchDocument  # noqa: PLC0415 -- app ready
    from media_monitoring.models import Enquiry  # noqa: PLC0415 -- app ready

    rows = Enquiry.objects.select_related("outlet", "journalist")
    for enquiry in rows if pks is None else rows.filter(pk__in=list(pks)):
        yield SearchDocument(
            pk=enquiry.pk,
            title=enquiry.title,
            subtitle=f"{enquiry.number} · {enquiry.whose}",
            text=f"{enquiry.question} {enquiry.answer_text}",
            url=enquiry.get_absolute_url(),
            matter_pk=enquiry.pk,
        )


# --- personal data ------------------------------------------------------------------------------------------------


def holders() -> Any:
    from media_monitoring.models import Journalist  # noqa: PLC0415 -- app ready

    return Journalist.objects.annotate(held_name=Concat("first_name", Value(" "), "last_name"))


def export_of(pk: int, by: Any) -> dict[Any, Any]:
    from media_monitoring.models import Journalist  # noqa: PLC0415 -- app ready
    from media_monitoring.services import journalists  # noqa: PLC0415 -- app ready

    journalist = Journalist.objects.select_related("outlet").get(pk=pk)
    contacts = journalists.contacts_of(journalist, by=by)
    return {
        gettext_lazy("Name and surname"): journalist.full_name,
        gettext_lazy("Outlet"): str(journalist.outlet or ""),
        gettext_lazy("Post"): journalist.post,
        gettext_lazy("Beats"): journalist.beats,
        gettext_lazy("Telephone"): contacts.get("phone", ""),
        gettext_lazy("E-mail"): contacts.get("email", ""),
    }


def forget(pk: int, by: Any) -> int:
    from media_monitoring.models import Journalist  # noqa: PLC0415 -- app ready
    from media_monitoring.services import journalists  # noqa: PLC0415 -- app ready

    return journalists.erase_contacts(Journalist.objects.get(pk=pk), by=by)


def bring_up_to_date(today: datetime.date) -> int:
    from media_monitoring.services import journalists  # noqa: PLC0415 -- app ready

    return journalists.bring_up_to_date(today)


WORDS = {
    "claim.noted": (gettext_lazy("claim noted"), "alert-triangle"),
    "claim.changed": (gettext_lazy("claim changed"), "pencil"),
    "claim.article_added": (gettext_lazy("article added to the claim"), "news"),
    "claim.article_dropped": (gettext_lazy("article taken out of the claim"), "x"),
    "claim.judged": (gettext_lazy("claim judged"), "checkbox"),
    "claim.leaders_told": (gettext_lazy("leaders told"), "bell"),
    "claim.answer_worded": (gettext_lazy("answer written"), "pencil"),
    "claim.answered": (gettext_lazy("answer sent"), "mail-forward"),
    "claim.outcome": (gettext_lazy("outcome written down"), "circle-check"),
    "facts.asked": (gettext_lazy("unit asked for facts"), "user-question"),
    "facts.reminded": (gettext_lazy("unit reminded of the facts"), "bell"),
    "facts.withdrawn": (gettext_lazy("request for facts withdrawn"), "x"),
    "facts.answered": (gettext_lazy("facts came"), "circle-check"),
    "fact.added": (gettext_lazy("fact added to the bank"), "plus"),
    "fact.changed": (gettext_lazy("fact changed"), "pencil"),
    "fact.approved": (gettext_lazy("fact approved"), "circle-check"),
    "enquiry.received": (gettext_lazy("enquiry received"), "message"),
    "enquiry.changed": (gettext_lazy("enquiry changed"), "pencil"),
    "enquiry.answer_worded": (gettext_lazy("answer written"), "pencil"),
    "enquiry.answered": (gettext_lazy("answer sent"), "mail-forward"),
    "enquiry.use_noted": (gettext_lazy("use of the answer written down"), "news"),
    "journalist.added": (gettext_lazy("journalist added"), "user-plus"),
    "journalist.changed": (gettext_lazy("journalist changed"), "pencil"),
    "journalist.contacts_checked": (gettext_lazy("contacts of a journalist checked"), "check"),
    "journalist.contacts_erased": (gettext_lazy("contacts of a journalist erased"), "trash"),
    "accreditation.asked": (gettext_lazy("accreditation asked for"), "user-question"),
    "accreditation.granted": (gettext_lazy("accreditation granted"), "circle-check"),
    "accreditation.refused": (gettext_lazy("accreditation refused"), "x"),
    "coding.added": (gettext_lazy("article coded"), "checkbox"),
    "coding.changed": (gettext_lazy("coding changed"), "pencil"),
}
