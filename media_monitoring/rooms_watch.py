"""What topics, alerts, morning pages and analyses show in the house."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import registry
from core.registry import ActionWords, ClosingCheck, DaySource, FilingDefault, Seed, Tab

SHOWN = 5


def register() -> None:
    from media_monitoring import analysis_kind, press_year_kind  # noqa: PLC0415 -- app ready
    from media_monitoring.views import digest_page, forward_page  # noqa: PLC0415 -- app ready

    registry.register_matter_kind(press_year_kind.KIND)
    registry.register_tab(Tab(_("Morning pages"), "media_monitoring:press_year", 5, kinds=("press_year",)))
    registry.register_matter_kind(analysis_kind.KIND)
    registry.register_document_kind(analysis_kind.PAPER)
    registry.register_tab(
        Tab(
            _("Figures"),
            "media_monitoring:analysis",
            5,
            kinds=("press_analysis",),
            permission="media_monitoring.view_analysis",
        )
    )
    registry.register_closing_check(ClosingCheck("media_monitoring.analysis", analysis_kind.closing_problems))
    registry.register_filing_default(
        FilingDefault("media_monitoring.analysis", "media_digests", matter_kind="press_analysis")
    )
    registry.register_link_page(digest_page.PAGE)
    registry.register_link_page(forward_page.PAGE)
    registry.register_day_source(
        DaySource("media_monitoring.alerts", "media_monitoring/_alerts.html", alerts, column="side", order=38)
    )
    registry.register_filing_default(
        FilingDefault("media_monitoring.press_year", "media_digests", matter_kind="press_year")
    )
    registry.register_seed(Seed("media_monitoring.watch", _seed, order=47))
    registry.register_action_words(
        ActionWords(
            code="media_monitoring.watch",
            words={
                "topic.added": (_("topic added"), "tags"),
                "topic.changed": (_("topic changed"), "tags"),
                "topic.removed": (_("topic deleted"), "trash"),
                "article.sent_on": (_("article sent on"), "mail-forward"),
                "forward.answered": (_("the unit answered about an article"), "message"),
                "analysis.commented": (_("figures of the analysis commented"), "pencil"),
                "digest.prepared": (_("morning page prepared"), "sun"),
                "digest.item_dropped": (_("article taken off the morning page"), "x"),
                "digest.published": (_("morning page sent"), "send"),
                "digest.reader_saved": (_("reader of the morning page saved"), "user-check"),
            },
        )
    )


def _seed() -> str:
    from media_monitoring import seed_watch  # noqa: PLC0415 -- only for the demonstration

    return seed_watch.run()


def alerts(user: Any, today: datetime.date) -> dict[str, Any] | None:
    """Articles of one's topics not read yet, the loudest first; the morning page while it waits."""
    from media_monitoring.choices import DigestState, Severity  # noqa: PLC0415 -- models, once asked
    from media_monitoring.models import Article, Digest, Reading  # noqa: PLC0415 -- models, once asked

    if not user.has_perm("media_monitoring.view_article"):
        return None
    since = today - datetime.timedelta(days=14)
    rows = (
        Reading.objects.of(user)
        .alerts()
        .unread()
        .exclude(severity=Severity.LIST)
        .filter(raised_at__date__gte=since, article__in=Article.objects.visible_to(user))
        .select_related("article__outlet")
        .defer("article__text")
    )
    found = list(rows.order_by("-raised_at")[: SHOWN + 1])
    digest = None
    if user.has_perm("media_monitoring.change_digest"):
        digest = Digest.objects.filter(day=today, state=DigestState.DRAFT).first()
    if not found and digest is None:
        return None
    return {"readings": found[:SHOWN], "more": len(found) > SHOWN, "digest": digest}
