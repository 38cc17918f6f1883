"""What the press desk shows in the house: the room, my day, the demonstration, the words of its acts."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.registry import (
    ActionWords,
    CreateItem,
    DaySource,
    NavItem,
    Panel,
    Seed,
    register_action_words,
    register_create,
    register_day_source,
    register_nav,
    register_panel,
    register_seed,
)

SHOWN = 5
# The pages of the room, as they stand beneath it in the rail: address, and the noun one must be allowed to see.
PAGES = (
    (_("Topics"), "topics", "topic"),
    (_("Claims"), "claims", "claim"),
    (_("Enquiries of journalists"), "enquiries", "enquiry"),
    (_("Journalists"), "journalists", "journalist"),
    (_("Morning pages"), "digests", "article"),
    (_("Analyses"), "analyses", "analysis"),
    (_("Coding"), "coders", "coding"),
    (_("Our texts"), "own_texts", "owntext"),
    (_("Evidence"), "evidence_list", "evidence"),
    (_("Outlets"), "outlets", "outlet"),
    (_("Sources"), "sources", "source"),
)


def register() -> None:
    from media_monitoring import rooms_desk  # noqa: PLC0415 -- app ready

    counts = {"claims": rooms_desk.count_claims, "enquiries": rooms_desk.count_enquiries}
    register_nav(
        NavItem(
            "publicity",
            _("Media monitoring"),
            "media_monitoring:list",
            "news",
            "media_monitoring.view_article",
            10,
            prefix="/ziniasklaida/",
        )
    )
    for order, (label, url_name, noun) in enumerate(PAGES, start=11):
        register_nav(
            NavItem(
                "publicity",
                label,
                f"media_monitoring:{url_name}",
                "news",
                f"media_monitoring.view_{noun}",
                order,
                counts.get(url_name),
                within="media_monitoring:list",
            )
        )
    register_create(
        CreateItem(
            _("article from print or air"), "media_monitoring:enter", "news", "media_monitoring.add_article"
        )
    )
    register_day_source(
        DaySource("media_monitoring.new", "media_monitoring/_day.html", _new, column="side", order=40)
    )
    register_action_words(
        ActionWords(
            code="media_monitoring",
            words={
                "source.added": (_("source of the press added"), "plus"),
                "source.changed": (_("source of the press changed"), "pencil"),
                "source.switched_on": (_("source of the press switched on"), "check"),
                "source.switched_off": (_("source of the press switched off"), "x"),
                "article.entered": (_("article entered by hand"), "news"),
                "article.text_taken": (_("words of a scan taken as the text"), "pencil"),
                "article.text_left": (_("words of a scan left aside"), "x"),
                "article.split": (_("article set apart from its story"), "x"),
                "article.joined": (_("articles put together"), "check"),
                "evidence.asked": (_("evidence asked for"), "shield"),
                "evidence.kept": (_("evidence kept"), "shield-check"),
                "evidence.readers_named": (_("readers of evidence named"), "users"),
                "evidence.held": (_("evidence held"), "lock"),
                "evidence.released": (_("evidence held no longer"), "lock-open"),
                "evidence.destroyed": (_("evidence destroyed"), "x"),
                "outlet.added": (_("outlet added"), "plus"),
                "outlet.changed": (_("rules of an outlet changed"), "pencil"),
                "own_text.watched": (_("text of ours watched in the press"), "news"),
            },
        )
    )
    register_panel(
        Panel(
            "documents:detail",
            _("Evidence"),
            "media_monitoring/_document_evidence.html",
            _evidence_of,
            "media_monitoring.view_evidence",
            20,
        )
    )
    register_seed(Seed("media_monitoring", _seed, order=45))


def _new(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """What came since yesterday, for those who watch the press."""
    from media_monitoring.models import Article  # noqa: PLC0415 -- models, once asked

    if not user.has_perm("media_monitoring.view_article"):
        return None
    since = timezone.make_aware(
        datetime.datetime.combine(today - datetime.timedelta(days=1), datetime.time())
    )
    rows = Article.objects.visible_to(user).filter(found_at__gte=since).select_related("outlet").defer("text")
    articles = list(rows.order_by("-published_at", "-pk")[: SHOWN + 1])
    return {"articles": articles[:SHOWN], "more": len(articles) > SHOWN} if articles else None


def _evidence_of(request: Any, document: Any) -> dict[str, Any] | None:
    """On the page of evidence that is filed: how it came, until when it is kept, who opens it."""
    from media_monitoring.models import Evidence  # noqa: PLC0415 -- models, once asked

    if not document.is_restricted:
        return None
    key = document.part_of_id or document.pk
    evidence = Evidence.objects.filter(document=key).prefetch_related("readers").first()
    return {"evidence": evidence, "readers": list(evidence.readers.all())} if evidence else None


def _seed() -> str:
    from media_monitoring import seed  # noqa: PLC0415 -- only for the demonstration

    return seed.run()
