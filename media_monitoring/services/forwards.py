"""Articles sent on: to a colleague as a notice, to a unit by a personal link with a place to answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import Unit, User
from core import audit
from core.actor import Actor
from core.errors import DomainError
from core.letters import Letter, Line, queue_letter
from core.models import acted_by
from matters import links
from matters.choices import LinkPurpose, NoticeUrgency
from matters.models import PersonalLink
from matters.services import lock_matter, matter_of_year, notify
from media_monitoring.models import Article, Forward, PressYear

FORWARD = "media_monitoring.forward"  # what a link's subject begins with
LINK_DAYS = 30


def press_year(year: int, *, by: Actor) -> PressYear:
    """The matter of this year's watch."""
    return matter_of_year(
        PressYear,
        year,
        kind="press_year",
        state="watched",
        title=gettext_lazy("Watching the press, %(year)d"),
        responsible=lambda: by.user or _answers_for_press(),
        by=by,
    )


def _answers_for_press() -> User | None:
    people = User.objects.active()
    return people.filter(groups__name="head").first() or people.order_by("pk").first()


def press_head(user: Any) -> User | None:
    """Whom "send to the head" means."""
    heads = User.objects.active().filter(groups__name="head").exclude(pk=user.pk)
    return heads.order_by("pk").first()


@transaction.atomic
def forward_article(
    article: Article,
    *,
    by: Actor,
    user: User | None = None,
    unit: Unit | None = None,
    name: str = "",
    email: str = "",
    message: str = "",
) -> Forward:
    """Send the article to a colleague, or to a unit by a link: never to both at once."""
    if (user is None) == (unit is None):
        raise DomainError(_("Choose a colleague or a unit."), field="user")
    if unit is not None and not (name and email):
        raise DomainError(_("Write who gets it and the address."), field="email" if name else "name")
    year = press_year(timezone.localdate().year, by=by)
    lock_matter(year.pk)
    forward = Forward.objects.create(
        article=article,
        press_year=year,
        user=user,
        unit=unit,
        name=user.full_name if user else name,
        email="" if user else email,
        message=message,
        **acted_by(by),
    )
    if user is not None:
        notify(
            user,
            key=f"press.forward:{forward.pk}",
            text=lambda: _("%(who)s sends you: “%(title)s”") % {"who": by.label, "title": article.title},
            url=article.get_absolute_url(),
            icon="mail-forward",
            urgency=NoticeUrgency.NOW,
        )
    else:
        send_link(forward, by=by)
    audit.record("article.sent_on", article, by=by, to=forward.name, unit=unit.code if unit else "")
    return forward


def send_link(forward: Forward, *, by: Actor) -> PersonalLink:
    link, token = links.issue(
        forward.press_year,
        purpose=LinkPurpose.ANSWER,
        name=forward.name,
        by=by,
        days=LINK_DAYS,
        email=forward.email,
        subject=f"{FORWARD}:{forward.pk}",
    )
    with override(link.language):
        article = forward.article
        letter = Letter(
            subject=_("The press wrote: %(title)s") % {"title": article.title},
            paragraphs=tuple(part for part in (forward.message,) if part)
            or (_("This may concern your unit."),),
            groups=((str(article.outlet), (Line(article.title, article.url, article.lead),)),),
            act=Line(_("Open and answer"), links.url_of(token)),
            closing=(_("Sent by: %(who)s") % {"who": forward.actor_name or by.label},),
            secret=token,
        )
        queue_letter(
            forward.email, letter, key=f"link:{link.pk}", matter=forward.press_year, asked_by=by.user
        )
    return link


def renew_forward(link: PersonalLink) -> PersonalLink:
    return send_link(forward_of(link), by=links.holder(link))


def forward_of(link: PersonalLink) -> Forward:
    key = link.subject.partition(":")[2]
    return Forward.objects.select_related("article__outlet", "unit", "press_year").get(
        pk=key, press_year=link.matter_id
    )


@transaction.atomic
def answer_forward(forward: Forward, text: str, *, by: Actor) -> Forward:
    """What the unit says; written once, changed while nobody sent another."""
    lock_matter(forward.press_year_id)
    forward = Forward.objects.select_for_update(of=("self",)).select_related("article").get(pk=forward.pk)
    text = text.strip().replace("\x00", "")
    if not text:
        raise DomainError(_("Write the answer."), field="answer")
    forward.answer, forward.answered_at = text[:4000], timezone.now()
    forward.save(update_fields=["answer", "answered_at"])
    audit.record("forward.answered", forward, by=by, matter=forward.press_year, name=forward.name)
    if forward.actor_user is not None:
        notify(
            forward.actor_user,
            key=f"press.answer:{forward.pk}:{forward.answered_at:%s}",
            text=lambda: (
                _("%(who)s answered about “%(title)s”")
                % {"who": forward.name, "title": forward.article.title}
            ),
            url=forward.article.get_absolute_url(),
            icon="message",
            urgency=NoticeUrgency.NOW,
        )
    return forward
