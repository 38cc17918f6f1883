"""Noting a claim, the articles that make it, judging it, telling leaders, watching what becomes of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import DomainError
from core.models import acted_by
from matters.choices import NoticeUrgency, Phase
from matters.services import notify, open_matter
from media_monitoring.choices import Keeps, Medium
from media_monitoring.choices_desk import GOOD_OUTCOMES, AnswerKind, ClaimVerdict, Outcome
from media_monitoring.models import Article, Claim, ClaimArticle, Evidence
from media_monitoring.services.evidence import keep_evidence
from media_monitoring.services.state import changed, lock_claim

LOOKED_AT_EVERY = datetime.timedelta(hours=12)  # pages of open claims, after their own looks are over
CHANGEABLE = ("title", "quote", "responsible", "unit", "our_facts")


@transaction.atomic
def note_claim(
    articles: Iterable[Article],
    *,
    title: str,
    quote: str,
    responsible: Any,
    by: Actor,
    unit: Any = None,
    place: str = "",
) -> Claim:
    """Open a claim from the article that makes it and from those that repeat it; how each stands now is kept."""
    rows = sorted(articles, key=lambda article: (article.published_at, article.pk))
    if not rows:
        raise DomainError(_("Choose at least one article."), field="articles")
    if not quote.strip():
        raise DomainError(_("Write what is claimed, word for word."), field="quote")
    claim = open_matter(
        Claim,
        kind="claim",
        by=by,
        title=title.strip(),
        quote=quote.strip(),
        responsible=responsible,
        unit=unit,
        outlet=rows[0].outlet,
        published_on=timezone.localdate(rows[0].published_at),
    )
    for index, article in enumerate(rows):
        _join(claim, article, by=by, place=place if index == 0 else "")
    changed(claim, "claim.noted", claim, by, text=claim.quote[:200])
    return claim


def _join(claim: Claim, article: Article, *, by: Actor, place: str) -> ClaimArticle:
    version = article.versions.order_by("-number").first()
    if version is None:
        raise DomainError(_("The article has no text to keep."), field="articles")
    said = ClaimArticle.objects.create(
        claim=claim,
        article=article,
        version_before=version,
        seen_version=version.number,
        place=place.strip(),
        **acted_by(by),
    )
    ground = _("the claim %(number)s, as it was noted") % {"number": claim.number}
    said.evidence_before = _keep_evidence(article, by, ground)
    said.save(update_fields=["evidence_before", "updated_at"])
    return said


def _keep_evidence(article: Article, by: Actor, ground: str) -> Evidence | None:
    """The page as it is now, before and after; an outlet of which only links are kept gives none."""
    if article.medium == Medium.WEB and article.outlet.keeps != Keeps.LINK:
        return keep_evidence(article, ground=ground, by=by)
    return None


@transaction.atomic
def add_article(claim: Claim, article: Article, *, by: Actor, place: str = "") -> ClaimArticle:
    """One claim, many articles: another one that repeats it."""
    claim = lock_claim(claim.pk)
    try:
        with transaction.atomic():
            said = _join(claim, article, by=by, place=place)
    except IntegrityError as error:
        raise DomainError(_("This article is in the claim already."), field="article") from error
    changed(claim, "claim.article_added", said, by, title=article.title)
    return said


@transaction.atomic
def drop_article(said: ClaimArticle, *, by: Actor) -> None:
    """The article does not make this claim after all; the last one stays."""
    claim = lock_claim(said.claim_id)
    if claim.said_in.count() == 1:
        raise DomainError(_("A claim is made by at least one article."))
    if said.outcome != Outcome.WATCHED:
        raise DomainError(_("What became of this article is written down already."))
    title = said.article.title
    ClaimArticle.objects.filter(pk=said.pk).delete()
    changed(claim, "claim.article_dropped", claim, by, title=title)


@transaction.atomic
def change_claim(claim: Claim, *, revision: int | None, by: Actor, **fields: Any) -> Claim:
    claim = lock_claim(claim.pk, for_change=True)
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save_if_current(revision, list(fields))
    changed(claim, "claim.changed", claim, by, fields=sorted(fields))
    return claim


@transaction.atomic
def judge_claim(
    claim: Claim, *, verdict: str, our_facts: str, reason: str, revision: int | None, by: Actor
) -> Claim:
    """A person says what the claim is; without facts of ours nothing is called false."""
    claim = lock_claim(claim.pk, for_change=True)
    if verdict not in ClaimVerdict.values:
        raise DomainError(_("Choose what the claim is."), field="verdict")
    if verdict != ClaimVerdict.FAIR and not our_facts.strip():
        raise DomainError(_("Write our facts: without them the claim cannot be refuted."), field="our_facts")
    claim.verdict, claim.our_facts, claim.verdict_reason = verdict, our_facts.strip(), reason.strip()
    if verdict == ClaimVerdict.FAIR and claim.answer_kind == AnswerKind.DENIAL:
        claim.answer_kind = ""  # nobody demands that a fair word be denied
    claim.save_if_current(revision, ["verdict", "our_facts", "verdict_reason", "answer_kind"])
    changed(claim, "claim.judged", claim, by, what=str(claim.get_verdict_display()))
    return claim


@transaction.atomic
def tell_leaders(claim: Claim, people: Iterable[Any], *, by: Actor) -> int:
    """Leaders learn of the claim from us first: a notice and a letter each. Returns how many were told."""
    claim = lock_claim(claim.pk)
    people = list(people)
    if not people:
        raise DomainError(_("Choose whom to tell."), field="people")
    title = claim.title
    told = 0
    for person in people:
        told += bool(
            notify(
                person,
                key=f"claim:{claim.pk}:{timezone.now():%Y%m%d%H}",
                text=lambda: _("Said in the press: %(title)s") % {"title": title},
                url=claim.get_absolute_url(),
                icon="alert-triangle",
                urgency=NoticeUrgency.NOW,
                matter=claim,
            )
        )
    claim.leaders_told_at = timezone.now()
    claim.save(update_fields=["leaders_told_at", "updated_at"])
    changed(claim, "claim.leaders_told", claim, by, name=", ".join(person.full_name for person in people))
    return told


# --- the outcome --------------------------------------------------------------------------------------------


@transaction.atomic
def set_outcome(
    said: ClaimArticle,
    *,
    outcome: str,
    on: datetime.date | None,
    by: Actor,
    note: str = "",
    answered_in: Article | None = None,
) -> ClaimArticle:
    """What became of one article: a person says it, the versions before and after are kept beside it."""
    claim = lock_claim(said.claim_id)
    said = ClaimArticle.objects.select_for_update(of=("self",)).select_related("article").get(pk=said.pk)
    if outcome not in Outcome.values:
        raise DomainError(_("Choose what became of the article."), field="outcome")
    today = timezone.localdate()
    if outcome == Outcome.WATCHED:
        on = None
    elif on is None:
        raise DomainError(_("Write the day."), field="on")
    elif on > today:
        raise DomainError(_("The day has not come yet."), field="on")
    elif on < timezone.localdate(said.article.published_at):
        raise DomainError(_("The day is before the article was published."), field="on")
    if outcome in (Outcome.DENIED, Outcome.PRINTED) and answered_in is None and not note.strip():
        raise DomainError(_("Choose the article, or write where it was published."), field="answered_in")
    said.outcome, said.outcome_on, said.outcome_note = outcome, on, note.strip()
    said.answered_in = answered_in
    newest = said.article.versions.order_by("-number").first()
    is_changed = outcome == Outcome.CORRECTED and newest and newest.pk != said.version_before_id
    said.version_after = newest if is_changed else None
    said.evidence_after = None
    if outcome in GOOD_OUTCOMES:
        ground = _("the claim %(number)s, its outcome") % {"number": claim.number}
        said.evidence_after = _keep_evidence(answered_in or said.article, by, ground)
    said.save()
    changed(claim, "claim.outcome", said, by, what=str(said.get_outcome_display()), title=said.article.title)
    return said


def watch(now: datetime.datetime) -> int:
    """Articles of open claims go on being looked at; the responsible learns of an edit at once. Safe to run again."""
    open_claims = ~Q(claim__phase__in=[Phase.CLOSED, Phase.VOID])
    Article.objects.filter(
        pk__in=ClaimArticle.objects.filter(open_claims, outcome=Outcome.WATCHED).values("article"),
        next_check_at=None,
        medium=Medium.WEB,
    ).exclude(text="").update(next_check_at=now + LOOKED_AT_EVERY)
    told = 0
    rows = ClaimArticle.objects.filter(open_claims, article__version_count__gt=F("seen_version"))
    for said in rows.select_related("claim__responsible", "article__outlet"):
        newest, outlet = said.article.version_count, str(said.article.outlet)
        notify(
            said.claim.responsible,
            key=f"claim-edited:{said.pk}:{newest}",
            text=lambda outlet=outlet: _("The article was edited: %(outlet)s") % {"outlet": outlet},
            url=said.claim.get_absolute_url(),
            icon="pencil",
            urgency=NoticeUrgency.NOW,
            matter=said.claim,
        )
        ClaimArticle.objects.filter(pk=said.pk).update(seen_version=newest)
        told += 1
    return told
