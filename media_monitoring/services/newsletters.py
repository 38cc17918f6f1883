"""Newsletters by mail: letters of known senders become articles of their outlet, those of strangers are only counted."""

from __future__ import annotations

import datetime
import hashlib
import time
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import jobs
from media_monitoring import mailbox
from media_monitoring.choices import SourceKind, SourceState
from media_monitoring.fetch import MOST_BYTES, Fetcher, FetchError
from media_monitoring.models import Mailbox, Source, SourceLetter
from media_monitoring.reader import UnreadableError, read_letter
from media_monitoring.services.articles import plain, take_link, take_text

PAUSE = datetime.timedelta(minutes=10)  # between two looks
MOST_LETTERS = 200  # of one look; the rest is taken at the next
LOOK_SECONDS = 120
MOST_STRANGERS = 50
STRANGERS_KEPT = 30  # days
FOLLOW_SECONDS = 20  # in one go; what is left waits a minute
# Parts of an address that name the reader or the letter: the same article has one address.
TRACKING = ("utm_", "mc_", "fbclid", "gclid", "_hs", "mkt_tok", "ml_")


def mailbox_row() -> Mailbox:
    return Mailbox.objects.get_or_create(name=mailbox.name())[0]


def ask_mailbox() -> int:
    """Put the look into the queue when its moment has come."""
    if not mailbox.is_named() or mailbox_row().next_look_at > timezone.now():
        return 0
    jobs.enqueue("media_monitoring.look_into_mailbox", "inbox")
    return 1


def look_into_mailbox() -> int:
    """Take what came since the last look; returns how many letters. Whatever goes wrong is written where it is seen."""
    if not mailbox.is_named():
        return 0
    row, taken = mailbox_row(), 0
    row.next_look_at = timezone.now() + PAUSE
    row.save(update_fields=["next_look_at"])
    try:
        with mailbox.opened() as line:
            taken = _read_on(row, line)
    except mailbox.MailboxError as error:
        _mailbox_broke(row, str(error))
        return taken
    _mailbox_works(row)
    return taken


def look_again() -> None:
    """A sender became known: letters that lie in the mailbox already are looked through once more."""
    Mailbox.objects.update(last_uid=0, tripped_uid=0, unknown={}, next_look_at=timezone.now())


def _mailbox_broke(row: Mailbox, reason: str) -> None:
    """Every newsletter is cut off; `fails` tells it from a source whose own letter was refused."""
    row.reason = reason[:300]
    row.save(update_fields=["reason"])
    sources = Source.objects.filter(kind=SourceKind.NEWSLETTER).exclude(state=SourceState.OFF)
    sources.update(state=SourceState.BROKEN, reason=row.reason, tried_at=timezone.now(), fails=1)


def _mailbox_works(row: Mailbox) -> None:
    """Sources broken by the mailbox alone are whole again."""
    cut_off = Source.objects.filter(kind=SourceKind.NEWSLETTER, state=SourceState.BROKEN, fails__gt=0)
    cut_off.filter(last_good_at=None).update(state=SourceState.NEW, reason="", fails=0)
    cut_off.update(state=SourceState.WORKS, reason="", fails=0)
    row.reason, row.last_good_at = "", timezone.now()
    row.save(update_fields=["reason", "last_good_at"])


def _read_on(row: Mailbox, line: mailbox.Line) -> int:
    if row.validity != line.validity:  # the server numbered its letters anew
        row.validity, row.last_uid, row.tripped_uid, row.unknown = line.validity, 0, 0, {}
        row.save()
    senders = {
        source.sender.lower(): source
        for source in Source.objects.select_related("outlet")
        .filter(kind=SourceKind.NEWSLETTER, outlet__is_active=True)
        .exclude(state=SourceState.OFF)
    }
    ends_at, taken = time.monotonic() + LOOK_SECONDS, 0
    letters = line.after(row.last_uid, MOST_LETTERS)
    for uid in letters:
        if time.monotonic() > ends_at:
            break
        if uid != row.tripped_uid:  # else the line broke over it before: once is enough
            if not _remember(row, tripped=uid):
                return taken
            taken += _take(row, line, uid, senders)
        if not _remember(row, last=uid):
            return taken
    if letters and (row.last_uid < letters[-1] or len(letters) == MOST_LETTERS):
        Mailbox.objects.filter(pk=row.pk).update(next_look_at=timezone.now())
    return taken


def _remember(row: Mailbox, *, last: int | None = None, tripped: int = 0) -> bool:
    """How far we are; False when somebody asked meanwhile to begin anew."""
    known, row.last_uid, row.tripped_uid = row.last_uid, row.last_uid if last is None else last, tripped
    changed = Mailbox.objects.filter(pk=row.pk, last_uid=known).update(
        last_uid=row.last_uid, tripped_uid=tripped, unknown=row.unknown
    )
    return bool(changed)


def _take(row: Mailbox, line: mailbox.Line, uid: int, senders: dict[str, Source]) -> int:
    """One letter, when its sender is known; says whether it is new."""
    try:
        head = line.head(uid)
    except mailbox.UnreadableHeadError:
        _count_stranger(row, "")
        return 0
    if head is None:
        return 0
    source = senders.get(head.sender)
    if source is None:
        _count_stranger(row, head.sender)
        return 0
    is_new = not source.letters.filter(message_id=head.message_id).exists() if head.message_id else True
    if is_new:
        if head.size > MOST_BYTES:
            is_new = _refuse(source, head, _("A letter is bigger than 5 MB: it was not read."))
        else:
            is_new = take_letter(source, line.body(uid), head)
    line.put_away(uid)
    return int(is_new)


def _count_stranger(row: Mailbox, sender: str) -> None:
    """Who writes here without being a source: a count and a day, nothing of the letter."""
    today = timezone.localdate()
    old = (today - datetime.timedelta(days=STRANGERS_KEPT)).isoformat()
    kept = {address: told for address, told in row.unknown.items() if told[1] >= old}
    if sender in kept or len(kept) < MOST_STRANGERS:
        kept[sender] = [kept.get(sender, [0])[0] + 1, today.isoformat()]
    row.unknown = kept


def _refuse(source: Source, head: mailbox.Head, reason: str) -> bool:
    """The letter is not read, and the source says why; it is not looked at again."""
    SourceLetter.objects.get_or_create(
        source=source,
        message_id=_key(head, b""),
        defaults={"sent_at": head.came_at, "opened_at": timezone.now(), "problem": reason[:300]},
    )
    Source.objects.filter(pk=source.pk).exclude(state=SourceState.OFF).update(
        state=SourceState.BROKEN, reason=reason[:300], tried_at=timezone.now(), fails=0
    )
    return False


def _key(head: mailbox.Head, body: bytes) -> str:
    return head.message_id or f"sha256:{hashlib.sha256(body or repr(head).encode()).hexdigest()}"


def take_letter(source: Source, body: bytes, head: mailbox.Head) -> bool:
    """Keep what the letter tells until its links are followed by a job of their own; says whether it is new."""
    if len(body) > MOST_BYTES:  # whatever size the server said
        return _refuse(source, head, _("A letter is bigger than 5 MB: it was not read."))
    try:
        told = read_letter(body)
    except UnreadableError as error:
        return _refuse(source, head, _unreadable(str(error)))
    now = timezone.now()
    with transaction.atomic():
        letter, is_new = SourceLetter.objects.get_or_create(
            source=source,
            message_id=_key(head, body),
            defaults={
                "subject": plain(told["subject"], 400),
                "sent_at": _moment(told["sent"], head.came_at),
                "links": told["links"],
                "text": told["text"],
            },
        )
        Source.objects.filter(pk=source.pk).exclude(state=SourceState.OFF).update(
            state=SourceState.WORKS, reason="", fails=0, last_good_at=now, tried_at=now
        )
        if is_new:
            jobs.enqueue("media_monitoring.open_letter", letter.pk)
    return is_new


def _moment(seconds: int | None, came_at: datetime.datetime) -> datetime.datetime:
    """When it was written, as it says, but not before or after anybody could believe."""
    try:
        said = datetime.datetime.fromtimestamp(seconds or 0, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return min(came_at, timezone.now())
    is_likely = came_at - mailbox.OLDEST < said <= timezone.now()
    return said if is_likely else min(came_at, timezone.now())


def _unreadable(code: str) -> str:
    return {
        "depth": _("A letter is nested too deeply: it was refused as dangerous."),
        "parts": _("A letter has more than a hundred parts: it was refused as dangerous."),
        "slow": _("A letter took too long to read: it was cut off."),
    }.get(code, _("A letter cannot be read."))


def open_letter(pk: int, *, fetcher: Fetcher | None = None) -> int:
    """Make articles of the letter's links to the outlet, or of the letter itself where there are none; returns how many.

    Links that count readers are followed to the outlet's door as whoever opens the letter would, one after another. Those
    that cannot be are left out; the pages themselves are fetched later, as politely as any.
    """
    letter = SourceLetter.objects.select_related("source__outlet").filter(pk=pk, opened_at=None).first()
    if letter is None:
        return 0
    fetcher, hosts = fetcher or Fetcher(), own_hosts(letter.source)
    ends_at, links = time.monotonic() + FOLLOW_SECONDS, list(letter.links)
    while links and time.monotonic() < ends_at:
        link = links[0]
        try:
            address = fetcher.leads_to(link["url"], lambda url: _is_of(url, hosts))
        except FetchError as error:
            address, letter.problem = "", str(error)[:300]
        if address and urlsplit(address).path not in ("", "/"):
            told = {"url": bare(address), "title": link["title"], "published": letter.sent_at.timestamp()}
            take_link(letter.source, told)
            letter.article_count += 1
        links.pop(0)
        letter.links = links
        letter.save(update_fields=["links", "article_count", "problem", "updated_at"])
    if links:
        raise jobs.PostponedError(
            _("%(count)d links of the letter are still to be followed.") % {"count": len(links)},
            pause=datetime.timedelta(minutes=1),
        )
    return _close(letter)


@transaction.atomic
def _close(letter: SourceLetter) -> int:
    """The letter keeps nothing but its facts; where no link led to the outlet its text is the article."""
    rows = SourceLetter.objects.select_for_update(of=("self",)).select_related("source__outlet")
    letter = rows.get(pk=letter.pk)
    if letter.opened_at:
        return 0
    text, letter.text, letter.opened_at = letter.text, "", timezone.now()
    if not letter.article_count:
        title = letter.subject or plain(text, 80)
        if text:
            take_text(letter.source, title=title, text=text, published_at=letter.sent_at)
            letter.article_count = 1
        else:
            letter.problem = letter.problem or _("The letter holds neither links of the outlet nor a text.")
        if letter.problem:
            reason = f"{plain(title, 100)}: {letter.problem}" if title else letter.problem
            Source.objects.filter(pk=letter.source_id).exclude(state=SourceState.OFF).update(
                state=SourceState.BROKEN, reason=reason[:300]
            )
    letter.save()
    return letter.article_count


def forget_old_letters(now: datetime.datetime) -> int:
    """A letter's row is there so that it is taken once; what is older than any look goes. Returns how many."""
    old = SourceLetter.objects.filter(created_at__lt=now - 3 * mailbox.OLDEST).exclude(opened_at=None)
    return old.delete()[0]


def own_hosts(source: Source) -> set[str]:
    """Servers of the outlet: of its site and sources; where none is known, the one its letters come from."""
    addresses = [source.outlet.site, *source.outlet.sources.values_list("url", flat=True)]
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in addresses if url}
    return hosts - {""} or {source.sender.rpartition("@")[2]}


def _is_of(url: str, hosts: set[str]) -> bool:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return any(host == own or host.endswith(f".{own}") for own in hosts)


def bare(url: str) -> str:
    """The address without what names the letter and its reader."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if not name.lower().startswith(TRACKING)]
    return url if len(kept) == len(asked) else parts._replace(query=urlencode(kept), fragment="").geturl()
