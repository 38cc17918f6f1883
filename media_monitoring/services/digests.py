"""The morning page: prepared by the clock, worded by people, sent by personal links and as a PDF."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit, deadlines, jobs
from core.actor import Actor
from core.dates import weekday_words
from core.errors import DomainError
from core.files import store
from core.letters import Letter, Line, queue_letter
from documents import pdf, typefaces
from documents.choices import Origin
from documents.services import attach
from documents.services.making import page_count
from matters import links
from matters.choices import LinkPurpose, NoticeUrgency
from matters.models import PersonalLink
from matters.services import lock_matter, notify
from media_monitoring.choices import DigestState
from media_monitoring.models import EXCERPT, Article, Digest, DigestItem, DigestReader, Topic
from media_monitoring.services.forwards import press_year

DIGEST = "media_monitoring.digest"  # what a link's subject begins with
LINK_DAYS = 14
READY_AT = datetime.time(6, 30)  # the clock proposes
SENT_BY = datetime.time(
    9, 30
)  # by then people have it: an empty page goes by itself, a full one is asked for
MOST_ITEMS = 40


@transaction.atomic
def prepare_digest(day: datetime.date, *, by: Actor) -> Digest:
    """The page of a working morning with what topics found since the last one, a story once; again: what is new."""
    digest = Digest.objects.select_for_update().filter(day=day).first()
    if digest is None:
        if not deadlines.is_working_day(day):
            raise DomainError(_("The page is made on working days."), field="day")
        last = Digest.objects.filter(day__lt=day).order_by("-day").first()
        since = (last.published_at or last.since) if last else _morning(day) - datetime.timedelta(days=3)
        digest = Digest.objects.create(day=day, since=since, press_year=press_year(day.year, by=by))
        audit.record("digest.prepared", digest, by=by, matter=digest.press_year, day=day.isoformat())
    if digest.is_draft:
        _propose(digest)
    return digest


def _morning(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, READY_AT))


def _propose(digest: Digest) -> None:
    """Add what topics for the page found and is not on it yet: the first of each story stands for the others."""
    taken = set(digest.items.values_list("article", flat=True))
    stories = set(digest.items.exclude(article__story=None).values_list("article__story", flat=True))
    end = _morning(digest.day) + datetime.timedelta(days=1)
    topics = Topic.objects.active().filter(in_digest=True)
    rows = (
        Article.objects.filter(hits__topic__in=topics, found_at__gt=digest.since, found_at__lt=end)
        .distinct()
        .order_by("published_at", "pk")
    )
    order = digest.items.count()
    for article in rows.defer("text")[:400]:
        if article.pk in taken or (article.story_id and article.story_id in stories) or order >= MOST_ITEMS:
            continue
        stories.add(article.story_id or 0)
        order += 1
        DigestItem.objects.create(digest=digest, article=article, order=order, text=article.lead)


def lock_digest(digest: Digest) -> Digest:
    """Lock for a change; a page that went out does not change."""
    lock_matter(digest.press_year_id)
    digest = Digest.objects.select_for_update(of=("self",)).get(pk=digest.pk)
    if not digest.is_draft:
        raise DomainError(_("The page has gone out: it does not change."))
    return digest


@transaction.atomic
def word_item(item: DigestItem, text: str, *, by: Actor, revision: int | None = None) -> DigestItem:
    """A person writes the lines, or accepts those proposed: both make them hers."""
    lock_digest(item.digest)
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise DomainError(_("Write what the article says, in three lines."), field="text")
    if len(text) > EXCERPT:
        raise DomainError(
            _("At most %(most)d letters: now there are %(now)d.") % {"most": EXCERPT, "now": len(text)},
            field="text",
        )
    if by.user is None:
        raise DomainError(_("Lines are accepted by a person."))
    item.text, item.accepted_by = text, by.user
    item.save_if_current(revision, ["text", "accepted_by"])
    return item


@transaction.atomic
def add_item(digest: Digest, article: Article, *, by: Actor) -> DigestItem:
    digest = lock_digest(digest)
    last = digest.items.order_by("-order").first()
    item, is_new = DigestItem.objects.get_or_create(
        digest=digest,
        article=article,
        defaults={"order": (last.order if last else 0) + 1, "text": article.lead},
    )
    if item.is_left_out:
        item.is_left_out = False
        item.save(update_fields=["is_left_out", "updated_at"])
    elif not is_new:
        raise DomainError(_("The article is on the page already."), field="article")
    return item


@transaction.atomic
def drop_item(item: DigestItem, *, by: Actor) -> None:
    """Not for this page: the clock does not propose it again."""
    lock_digest(item.digest)
    audit.record(
        "digest.item_dropped", item.digest, by=by, matter=item.digest.press_year, title=item.article.title
    )
    item.is_left_out, item.accepted_by = True, None
    item.save(update_fields=["is_left_out", "accepted_by", "updated_at"])


@transaction.atomic
def move_item(item: DigestItem, *, up: bool, by: Actor) -> None:
    """One place up or down."""
    digest = lock_digest(item.digest)
    rows = list(digest.items.filter(is_left_out=False).order_by("order", "pk"))
    at = next(place for place, row in enumerate(rows) if row.pk == item.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            DigestItem.objects.filter(pk=row.pk).update(order=order)


@transaction.atomic
def save_digest_note(digest: Digest, note: str, *, by: Actor) -> Digest:
    digest = lock_digest(digest)
    digest.note = " ".join(note.replace("\x00", "").split())[:400]
    digest.save(update_fields=["note", "updated_at"])
    return digest


@transaction.atomic
def publish_digest(digest: Digest, *, by: Actor) -> Digest:
    """Send the page out: every line is a person's; an empty one says that the press was silent."""
    digest = lock_digest(digest)
    left = digest.items.filter(accepted_by=None, is_left_out=False).count()
    if left:
        raise DomainError(
            _("Read and accept the lines of each article first: %(count)d left.") % {"count": left}
        )
    digest.state, digest.published_at = DigestState.PUBLISHED, timezone.now()
    digest.published_by = by.label
    digest.save(update_fields=["state", "published_at", "published_by", "updated_at"])
    audit.record("digest.published", digest, by=by, matter=digest.press_year, day=digest.day.isoformat())
    jobs.enqueue("media_monitoring.send_digest", digest.pk)
    return digest


def send_digest(pk: int) -> int:
    """Draw the PDF once and write to each reader once; safe to run again. Returns how many letters there are."""
    digest = Digest.objects.select_related("press_year", "paper").get(pk=pk)
    if digest.is_draft:
        return 0
    if digest.paper is None:
        _draw(digest)
    count = 0
    for reader in DigestReader.objects.filter(is_active=True):
        with transaction.atomic():
            lock_matter(digest.press_year_id)
            count += _send_to(digest, reader.name, reader.post, reader.email)
    return count


def _printable(html: str) -> str:
    """Outlets write what no typeface has: their little pictures go, letters of far scripts become codes."""
    missing = typefaces.missing_letters(html)
    pictures = {ord(letter): None for letter in missing if unicodedata.category(letter)[0] in "SCM"}
    return typefaces.spelled_out(html.translate(pictures))


def _draw(digest: Digest) -> None:
    """The PDF is what the letters bring and, filed with the year's watch, a document of its case file."""
    html = _printable(digest_html(digest))
    content = pdf.render(html, moment=digest.published_at or timezone.now())
    name = f"apzvalga-{digest.day}.pdf"
    paper = store(content, name=name, media_type="application/pdf")
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        lock_matter(digest.press_year_id)
        if Digest.objects.filter(pk=digest.pk, paper__isnull=False).exists():
            digest.refresh_from_db(fields=["paper"])  # another worker was quicker
            return
        attach(
            digest.press_year,
            paper,
            name=name,
            title=_("Morning press page, %(day)s") % {"day": digest.day.isoformat()},
            kind=DIGEST,
            by=Actor.system(),
            origin=Origin.FILED,
            level="2a ua1",
            pages=page_count(content),
        )
        digest.paper = paper
        digest.save(update_fields=["paper", "updated_at"])


def _send_to(digest: Digest, name: str, post: str, email: str, *, by: Actor | None = None) -> bool:
    subject = f"{DIGEST}:{digest.pk}"
    sent = links.of_subject(digest.press_year, subject).filter(email__iexact=email)
    if by is None and sent.exists():
        return False
    issue_link(digest, name=name, post=post, email=email, by=by or Actor.system())
    return True


def issue_link(digest: Digest, *, name: str, post: str, email: str, by: Actor) -> PersonalLink:
    """A new link to the page with its letter: titles and three lines, the PDF beside."""
    link, token = links.issue(
        digest.press_year,
        purpose=LinkPurpose.READ,
        name=name,
        post=post,
        email=email,
        by=by,
        days=LINK_DAYS,
        subject=f"{DIGEST}:{digest.pk}",
    )
    with override(link.language):
        items = list(items_of(digest))
        letter = Letter(
            subject=_("Morning press page, %(day)s") % {"day": weekday_words(digest.day)},
            paragraphs=tuple(part for part in (digest.note, "" if items else empty_words(digest)) if part),
            groups=tuple(
                (str(item.article.outlet), (Line(item.article.title, item.article.url, item.text),))
                for item in items
            ),
            act=Line(_("Open the page"), links.url_of(token)),
            closing=(_("The link is yours alone: please do not pass it on."),),
            secret=token,
        )
        queue_letter(
            email,
            letter,
            key=f"link:{link.pk}",
            matter=digest.press_year,
            attachments=[digest.paper] if digest.paper else [],
        )
    return link


def renew_digest_link(link: PersonalLink) -> PersonalLink:
    digest = digest_of(link)
    return issue_link(digest, name=link.name, post=link.post, email=link.email, by=links.holder(link))


def digest_of(link: PersonalLink) -> Digest:
    key = link.subject.partition(":")[2]
    return Digest.objects.select_related("paper").get(pk=key, press_year=link.matter_id)


def items_of(digest: Digest) -> Iterable[DigestItem]:
    """What stands on the page, in order."""
    rows = digest.items.filter(is_left_out=False).select_related("article__outlet", "accepted_by")
    return rows.order_by("order", "pk")


def empty_words(digest: Digest) -> str:
    return _("Since %(moment)s the press wrote nothing on the topics that are watched.") % {
        "moment": f"{timezone.localtime(digest.since):%Y-%m-%d %H.%M}"
    }


def digest_html(digest: Digest) -> str:
    with override("lt"):
        return get_template("media_monitoring/papers/digest.html").render(
            {
                "paper": {
                    "title": _("Morning press page"),
                    "subtitle": weekday_words(digest.day),
                },
                "digest": digest,
                "items": list(items_of(digest)),
                "empty": empty_words(digest),
                "lang": "lt",
                "number": "",
                "version_line": "",
                "page": "A4",
                "made_on": digest.day,
                "OFFICE_NAME": settings.OFFICE_NAME,
                "OFFICE_UNIT": settings.OFFICE_UNIT,
            }
        )


def keep_mornings(now: datetime.datetime | None = None) -> str:
    """By the clock of a working day: proposed at half past six; by half past nine an empty page goes, a full one is asked for."""
    local = timezone.localtime(now or timezone.now())
    day = local.date()
    if not deadlines.is_working_day(day) or local.time() < READY_AT:
        return ""
    digest = prepare_digest(day, by=Actor.system()) if local.time() < SENT_BY else _of_day(day)
    if not digest.is_draft or local.time() < SENT_BY:
        return "prepared"
    if not digest.items.filter(is_left_out=False).exists():
        publish_digest(digest, by=Actor.system())
        return "sent"
    for user in _editors():
        notify(
            user,
            key=f"press.digest:{digest.pk}",
            text=_waits,
            url=digest.get_absolute_url(),
            icon="sun",
            urgency=NoticeUrgency.NOW,
        )
    return "asked"


def _waits() -> str:
    return _("The morning press page waits to be read and sent.")


def _of_day(day: datetime.date) -> Digest:
    return Digest.objects.filter(day=day).first() or prepare_digest(day, by=Actor.system())


def _editors() -> Any:
    """Who may word the page and watches a topic: whoever tends the press."""
    people = {
        user for topic in Topic.objects.active().prefetch_related("watchers") for user in topic.watchers.all()
    }
    return [user for user in people if user.is_active and user.has_perm("media_monitoring.change_digest")]


def save_reader(
    reader: DigestReader, *, by: Actor, fields: list[str], revision: int | None = None
) -> DigestReader:
    if DigestReader.objects.filter(email__iexact=reader.email).exclude(pk=reader.pk).exists():
        raise DomainError(_("This address gets the page already."), field="email")
    with transaction.atomic():
        if reader.pk is None:
            reader.save()
        else:
            reader.save_if_current(revision, fields)
        audit.record("digest.reader_saved", reader, by=by, name=reader.name, active=reader.is_active)
    return reader
