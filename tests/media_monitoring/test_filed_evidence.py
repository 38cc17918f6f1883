"""The press archive: evidence and morning pages are documents of a case file, exported with it, ended on their day."""

import datetime
import io

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from archive import services as archive
from archive.models import CaseExport, Placement, PlanLine
from archive.services import exporting
from core.models import AccessRecord
from documents.models import Document
from media_monitoring.models import Digest, Evidence
from media_monitoring.services import claims
from media_monitoring.services import evidence as services
from media_monitoring.services.digests import prepare_digest, publish_digest, send_digest
from tests.accounts.factories import UserFactory
from tests.archive.factories import make_plan
from tests.media_monitoring.factories import make_article, page

pytestmark = pytest.mark.django_db
BODY = page("Tvarkys parką", "Takai bus uždaryti iki birželio.")
LINES = (
    ("5.8", "Žiniasklaidos stebėsenos apžvalgos", "media_digests"),
    ("5.15", "Atsakymai žiniasklaidai ir paneigimai", "media_replies"),
)


@pytest.fixture
def archivist():
    return UserFactory(role="archivist")


@pytest.fixture
def article(stand, archivist):
    make_plan(lines=LINES)
    stand.pages["/1"] = (200, {"Content-Type": "text/html; charset=utf-8"}, BODY)
    return make_article("Tvarkys parką", text="Takai bus uždaryti.", medium="web", url=stand.url("/1"))


@pytest.fixture
def of_claim(article, stand):
    """Evidence of a claim, asked for when it was noted, taken by a worker."""
    by = UserFactory(role="specialist")
    claims.note_claim([article], title="Takai", quote="Takai uždaryti", responsible=by, by=by.actor)
    found = Evidence.objects.get()
    services.take_evidence(found.pk, fetcher=stand.fetcher())
    found.refresh_from_db()
    return found


def place_of(document):
    return Placement.objects.standing().select_related("file__line").get(document=document)


def test_evidence_of_a_claim_lies_in_its_file_print_first_and_record_behind_it(of_claim, client, archivist):
    shown, record = of_claim.document, of_claim.document.parts.get()

    assert (shown.matter.kind, shown.versions.get().file) == ("claim", of_claim.snapshot)
    assert record.versions.get().file == of_claim.record
    assert {place_of(shown).file.signature, place_of(record).file.signature} == {"5.15"}
    client.force_login(archivist)
    inventory = client.get(place_of(shown).file.get_absolute_url()).content.decode()
    assert shown.title in inventory
    assert of_claim.get_absolute_url() in client.get(shown.get_absolute_url()).content.decode()
    assert shown.get_absolute_url() in client.get(of_claim.get_absolute_url()).content.decode()
    assert (
        of_claim.get_absolute_url()
        in client.get(shown.matter.get_absolute_url(), follow=True).content.decode()
    )


def test_only_those_named_see_its_document_and_each_opening_is_logged(of_claim, client, archivist):
    version = of_claim.document.versions.get()
    address = reverse("documents:download", args=[version.pk])
    stranger = UserFactory(role="head")
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert client.get(of_claim.document.get_absolute_url()).status_code == 404
    inventory = client.get(place_of(of_claim.document).file.get_absolute_url()).content.decode()
    assert of_claim.document.title not in inventory
    tab = client.get(reverse("documents:matter", args=[of_claim.document.matter_id])).content.decode()
    assert of_claim.document.title not in tab

    client.force_login(archivist)
    assert client.get(address).status_code == 200
    log = AccessRecord.objects.get()
    assert (log.subject_type, log.subject_pk, log.actor_user, log.fields) == (
        "documents.restricted",
        of_claim.document_id,
        archivist,
        ["file"],
    )
    client.force_login(stranger)
    client.post(reverse("media_monitoring:evidence_readers", args=[of_claim.pk]), {"readers": [stranger.pk]})
    assert client.get(address).status_code == 200
    client.force_login(archivist)
    assert client.get(address).status_code == 404


def test_export_holds_the_print_and_the_record_with_their_sums(of_claim, client, archivist):
    file = place_of(of_claim.document).file
    client.force_login(UserFactory(role="head"))
    assert exporting.export_job(file) is None
    made = exporting.export_file(file, by=archivist.actor)

    first, second = made.manifest["entries"]
    assert (first["sha256"], first["not_printed"]) == (of_claim.snapshot.sha256, "")
    assert second["not_printed"] == ""  # what the record holds is listed on a sheet
    record = next(one for one in second["files"] if one["sha256"] == of_claim.record.sha256)
    assert record["relationship"] == "Source"
    with pikepdf.open(io.BytesIO(made.pdf.read())) as pdf:
        assert pdf.attachments[record["name"]].get_file().read_bytes() == of_claim.record.read()
    client.force_login(archivist)
    client.get(reverse("archive:export_pdf", args=[file.pk, made.number]))
    logged = AccessRecord.objects.filter(fields=["export"]).values_list("subject_pk", flat=True)
    assert set(logged) == {of_claim.document_id, of_claim.document.parts.get().pk}
    assert not CaseExport.objects.readable_by(UserFactory(role="head")).exists()


def test_its_day_ends_it_in_the_file_and_in_every_export_unless_the_file_is_held(
    of_claim, archivist, django_capture_on_commit_callbacks
):
    Evidence.objects.update(destroy_on=timezone.localdate())
    shown, file = of_claim.document, place_of(of_claim.document).file
    made = exporting.export_file(file, by=archivist.actor)
    stored = [of_claim.record, of_claim.snapshot, made.pdf]
    archive.hold_file(file, reason="Teismas", by=archivist.actor)
    assert services.destroy_due(timezone.localdate()) == 0

    archive.lift_hold(file, reason="Baigta", by=archivist.actor)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.destroy_due(timezone.localdate()) == 1

    of_claim.refresh_from_db(), shown.refresh_from_db(), made.refresh_from_db()
    assert (of_claim.state, shown.state, made.pdf) == ("destroyed", "destroyed", None)
    assert not any(one.file.storage.exists(str(one.file.name)) for one in stored)
    again = exporting.export_file(file, by=archivist.actor)  # its place remains, a note tells what was there
    entry = again.manifest["entries"][0]
    with pikepdf.open(io.BytesIO(again.pdf.read())) as pdf:
        told = pdf.attachments[entry["files"][0]["name"]].get_file().read_bytes().decode()
    assert stored[1].sha256 in told
    assert entry["not_printed"] == ""


def test_evidence_of_no_claim_goes_with_the_year_of_watching(article, stand):
    by = UserFactory(role="specialist")
    kept = services.keep_evidence(article, ground="Tema: parkas", by=by.actor)
    services.take_evidence(kept.pk, fetcher=stand.fetcher())

    kept.refresh_from_db()
    assert (kept.document.matter.kind, place_of(kept.document).file.signature) == ("press_year", "5.8")


def test_morning_page_is_filed_once_when_it_goes_out(article, archivist, client):
    by = UserFactory(role="specialist")
    day = timezone.localdate()
    while day.weekday() != 1:
        day -= datetime.timedelta(days=1)
    digest = prepare_digest(day, by=by.actor)
    publish_digest(digest, by=by.actor)
    send_digest(digest.pk)
    send_digest(digest.pk)

    digest = Digest.objects.get()
    document = Document.objects.get(kind="media_monitoring.digest")
    version = document.versions.get()
    assert (version.file, version.level, document.state) == (digest.paper, "2a ua1", "final")
    assert place_of(document).file.signature == "5.8"
    made = exporting.export_file(place_of(document).file, by=archivist.actor)
    assert made.manifest["entries"][0]["sha256"] == digest.paper.sha256
    assert PlanLine.objects.get(index="5.8").files.get().placements.count() == 1
