"""Evidence: the bytes as they came, a print made of them alone, named readers, a day on which it goes."""

import base64
import datetime
import gzip
import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from warcio.archiveiterator import ArchiveIterator

from core.errors import DomainError
from core.models import AccessRecord, AuditEvent, StoredFile
from documents import typefaces
from media_monitoring import snapshot
from media_monitoring.choices import EvidenceState
from media_monitoring.models import Article, Evidence, Topic
from media_monitoring.services import evidence as services
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet, page

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
BODY = page("Tvarkys parką", "Takai bus uždaryti iki birželio.", "Vedėja ramina gyventojus.").replace(
    b"<nav>",
    b'<link rel="stylesheet" href="/s.css"><img src="/p.png" alt=""><img src="/nera.png" alt=""><nav>',
)


@pytest.fixture
def article(stand):
    stand.pages["/1"] = (200, {"Content-Type": "text/html; charset=utf-8", "X-Kas": "svetaine"}, BODY)
    stand.pages["/s.css"] = (200, {"Content-Type": "text/css"}, b"h1{color:#a00}")
    stand.pages["/p.png"] = (200, {"Content-Type": "image/png"}, PNG)
    return make_article("Tvarkys parką", medium="web", url=stand.url("/1"))


def said(content):
    """The digest as a WARC record says it."""
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode()


def kept(article, stand, by=None, **more):
    by = by or UserFactory(role="specialist")
    evidence = services.keep_evidence(article, ground="Teiginys apie takus", by=by.actor, **more)
    services.take_evidence(evidence.pk, fetcher=stand.fetcher())
    evidence.refresh_from_db()
    return evidence


def test_the_record_holds_the_bytes_as_they_came_and_the_print_is_made_of_it(article, stand):
    evidence = kept(article, stand)

    assert (evidence.state, evidence.problem, evidence.snapshot_problem) == (EvidenceState.KEPT, "", "")
    content = evidence.record.read()
    assert hashlib.sha256(content).hexdigest() == evidence.sha256
    rows = [
        (row.rec_headers["WARC-Target-URI"], row.rec_headers["WARC-Payload-Digest"], row.raw_stream.read())
        for row in ArchiveIterator(io.BytesIO(content), check_digests="raise")
    ]
    assert [url for url, _digest, _body in rows] == [
        stand.url("/1"),
        stand.url("/s.css"),
        stand.url("/p.png"),
    ]
    assert rows[0][2] == BODY
    assert rows[0][1] == said(BODY)
    assert evidence.payload_sha256 == hashlib.sha256(BODY).hexdigest()
    asked = len(stand.asked)
    services.take_evidence(evidence.pk, fetcher=stand.fetcher())
    assert len(stand.asked) == asked  # what is kept is not fetched again
    with pikepdf.open(io.BytesIO(evidence.snapshot.read())) as pdf:
        assert len(pdf.pages) == 1


def test_a_packed_page_is_kept_packed(article, stand):
    packed = gzip.compress(BODY)
    stand.pages["/1"] = (
        200,
        {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"},
        packed,
    )
    evidence = kept(article, stand)
    first = next(iter(ArchiveIterator(io.BytesIO(evidence.record.read()))))
    assert first.rec_headers["WARC-Payload-Digest"] == said(packed)
    assert evidence.snapshot is not None


def test_the_print_asks_no_server(article, stand):
    """The address of the record answers no more, and a picture stands elsewhere: the print is made all the same."""
    content = kept(article, stand).record.read()
    stand.close()
    assert snapshot.draw(content, "pastaba", str(typefaces.fontconfig_file())).startswith(b"%PDF")


def test_what_cannot_be_fetched_says_why(article, stand):
    stand.pages["/1"] = (404, {}, b"")
    evidence = kept(article, stand)
    assert evidence.state == EvidenceState.FAILED
    assert "404" in evidence.problem


def test_robots_hold_for_evidence_too(article, stand):
    stand.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /")
    evidence = kept(article, stand)
    assert evidence.state == EvidenceState.FAILED
    assert [path for path, _heads in stand.asked] == ["/robots.txt"]


def test_of_an_outlet_kept_as_links_there_is_no_evidence(stand):
    article = make_article(
        medium="web", url=stand.url("/1"), outlet=make_outlet("Nemuno kilpa", keeps="link")
    )
    with pytest.raises(DomainError):
        services.keep_evidence(article, ground="Tema", by=UserFactory(role="head").actor)
    assert not Evidence.objects.exists()


def test_named_persons_open_it_and_the_log_knows(article, stand, client):
    by, other = UserFactory(role="specialist"), UserFactory(role="head")
    evidence = kept(article, stand, by)
    address = reverse("media_monitoring:evidence_open", args=[evidence.pk, "snapshot"])

    client.force_login(other)
    assert client.post(address).status_code == 403
    assert reverse("media_monitoring:evidence_open", args=[evidence.pk, "record"]) not in (
        client.get(evidence.get_absolute_url()).content.decode()
    )
    assert not AccessRecord.objects.exists()
    client.post(reverse("media_monitoring:evidence_readers", args=[evidence.pk]), {"readers": [other.pk]})
    answer = client.post(address)

    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    record = AccessRecord.objects.get()
    assert (record.subject_pk, record.fields, record.actor_user) == (evidence.pk, ["snapshot"], other)
    client.force_login(by)
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405


def test_a_screenshot_is_marked_as_a_persons(article, client):
    client.force_login(UserFactory(role="specialist"))
    file = SimpleUploadedFile("ekranas.png", PNG, content_type="image/png")

    client.post(
        reverse("media_monitoring:evidence_keep", args=[article.pk]), {"ground": "Tema", "file": file}
    )

    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.state) == ("screenshot", EvidenceState.KEPT)
    assert evidence.record.read() == PNG
    page = client.get(evidence.get_absolute_url()).content.decode()
    assert escape(evidence.get_kind_display()) in page
    assert escape(evidence.get_kind_display()) in client.get(article.get_absolute_url()).content.decode()


def test_print_and_air_ask_for_a_file(client):
    article = make_article("Laida")
    client.force_login(UserFactory(role="specialist"))
    answer = client.post(reverse("media_monitoring:evidence_keep", args=[article.pk]), {"ground": "Tema"})
    assert answer.status_code == 422
    text = SimpleUploadedFile("x.txt", b"tekstas", content_type="text/plain")
    answer = client.post(
        reverse("media_monitoring:evidence_keep", args=[article.pk]), {"ground": "Tema", "file": text}
    )
    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_it_goes_on_its_day_unless_held(article, stand, client, django_capture_on_commit_callbacks):
    evidence = kept(article, stand)
    sha256, name, storage = evidence.sha256, evidence.record.file.name, evidence.record.file.storage
    day = evidence.destroy_on
    assert day == timezone.localdate() + datetime.timedelta(days=article.outlet.evidence_days)
    client.force_login(UserFactory(role="head"))
    client.post(reverse("media_monitoring:evidence_hold", args=[evidence.pk]), {"reason": "Byla teisme"})

    assert services.destroy_due(day) == 0
    client.post(reverse("media_monitoring:evidence_release", args=[evidence.pk]))
    assert services.destroy_due(day - datetime.timedelta(days=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.destroy_due(day) == 1

    evidence.refresh_from_db()
    assert (evidence.record, evidence.snapshot, evidence.sha256) == (None, None, sha256)
    assert evidence.state == EvidenceState.DESTROYED
    assert not storage.exists(name)
    assert not StoredFile.objects.filter(sha256=sha256).exists()
    assert services.destroy_due(day) == 0
    assert AuditEvent.objects.filter(action="evidence.destroyed").count() == 1
    assert client.get(evidence.get_absolute_url()).status_code == 200


def test_what_a_watched_topic_touches_is_kept_by_itself_where_the_rule_says_so(stand):
    watcher = UserFactory(role="specialist")
    topic = Topic(name="Takai", query="takai")
    outlet = make_outlet("Nemuno kilpa", keeps="evidence")
    article = Article.objects.create(
        outlet=outlet, url=stand.url("/1"), title="T", published_at=timezone.now(), sha256="x"
    )
    topic.save()
    topic.watchers.add(watcher)

    first = services.keep_for_topics(article, [topic.pk])
    assert first.ground == "Takai"
    assert list(first.readers.all()) == [watcher]
    assert services.keep_for_topics(article, [topic.pk]) is None


def test_the_list_tells_what_is_kept(article, stand, client, django_assert_max_num_queries):
    for _turn in range(3):
        kept(article, stand)
    client.force_login(UserFactory(role="head"))
    with django_assert_max_num_queries(14):
        answer = client.get(reverse("media_monitoring:evidence_list"))
    assert len(answer.context_data["rows"]) == 3
    client.force_login(UserFactory(role="leadership"))
    assert client.get(reverse("media_monitoring:evidence_list")).status_code == 403
