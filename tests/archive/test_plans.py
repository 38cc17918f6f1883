"""The documentation plan: copied, approved by somebody else, supplemented, printed; terms as dated data."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive import services
from archive.models import CaseFile, Plan, PlanLine, RetentionPoint
from archive.services.plans import changes_since
from core.errors import DomainError
from documents import conformance
from tests.accounts.factories import UserFactory
from tests.archive.factories import YEAR, line_of, make_index, make_plan, queries_of, run_jobs, words_of_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def archivist():
    return UserFactory(role="archivist")


@pytest.fixture
def page(client, archivist):
    client.force_login(archivist)
    return client


def line_data(plan, **changes):
    point = plan.retention_index.points.get(code="gifts")
    return {
        "index": "5.20",
        "heading": "Dovanų registras",
        "point": point.pk,
        "medium": "electronic",
        **changes,
    }


def test_index_comes_with_its_unverified_terms_marked(page):
    make_index()

    answer = page.get(reverse("archive:retention"))

    assert answer.context_data["count"] == 38
    assert answer.context_data["unverified"] == RetentionPoint.objects.filter(is_verified=False).count() == 35
    assert "palyginkite su galiojančia rodykle" in answer.content.decode()


def test_archivist_verifies_a_term(page):
    make_index()
    point = RetentionPoint.objects.get(code="visits")
    data = {
        "name_lt": point.name_lt,
        "rule": "years",
        "years": "",
        "counted_from": "closing",
        "number": "4.1",
        "is_verified": "on",
    }
    url = reverse("archive:point", args=[point.pk])
    assert page.post(url, data).status_code == 422

    assert page.post(url, {**data, "years": "10"}).status_code == 302

    point.refresh_from_db()
    assert (point.years, point.number, point.is_verified, point.term) == (10, "4.1", True, point.term)
    assert point.rank == 10


def test_years_stand_only_with_their_rule():
    make_index()
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionPoint.objects.filter(code="agreements").update(years=5)


def test_plan_is_written_submitted_and_approved_by_another(client, archivist):
    make_index()
    head = UserFactory(role="head")
    client.force_login(archivist)
    client.post(reverse("archive:plan_new"), {"year": YEAR})
    plan = Plan.objects.get()

    wrong = client.post(reverse("archive:line_add", args=[YEAR]), line_data(plan, index="penki"))
    assert (wrong.status_code, "index" in wrong.context_data["form"].errors) == (422, True)
    client.post(reverse("archive:line_add", args=[YEAR]), line_data(plan))
    assert client.post(reverse("archive:plan_approve", args=[YEAR])).status_code == 403
    client.post(reverse("archive:plan_submit", args=[YEAR]))
    client.force_login(head)
    assert reverse("archive:plan", args=[YEAR]) in client.get("/").content.decode()
    answer = client.get(reverse("archive:plan", args=[YEAR]))
    assert answer.context_data["may_approve"]
    client.post(reverse("archive:plan_approve", args=[YEAR]))

    plan.refresh_from_db()
    assert (plan.state, plan.approved_by, plan.approved_name) == ("approved", head, head.full_name)
    assert CaseFile.objects.get().state == "planned"


def test_head_returns_the_plan_with_words(client):
    plan = make_plan(approved=False)
    services.submit_plan(plan, by=UserFactory(role="archivist").actor)
    client.force_login(UserFactory(role="head"))

    client.post(reverse("archive:plan_return", args=[YEAR]), {"note-note": "Trūksta dovanų bylos"})

    plan.refresh_from_db()
    assert (plan.state, plan.return_note) == ("draft", "Trūksta dovanų bylos")


def test_nobody_approves_what_she_submitted():
    plan, head = make_plan(approved=False), UserFactory(role="head")
    services.submit_plan(plan, by=head.actor)

    with pytest.raises(DomainError):
        services.approve_plan(plan, by=head.actor)
    assert Plan.objects.get().state == "submitted"


def test_copy_takes_files_over_and_tells_what_differs(page, archivist):
    plan = make_plan(YEAR - 1)
    page.post(reverse("archive:plan_copy", args=[YEAR - 1]))
    copy = Plan.objects.get(year=YEAR)
    assert list(copy.lines.values_list("index", "heading")) == list(
        plan.lines.values_list("index", "heading")
    )
    assert changes_since(copy) == []

    line = line_of(copy, "5.12")
    services.delete_line(line, by=archivist.actor)
    page.post(reverse("archive:line_add", args=[YEAR]), line_data(copy))

    changes = changes_since(copy)
    assert [change.index for change in changes] == ["5.12", "5.20"]
    assert [bool(change.before) for change in changes] == [True, False]


def test_approved_plan_takes_only_supplements_with_a_reason(page):
    plan = make_plan()
    url = reverse("archive:line_add", args=[YEAR])

    answer = page.post(url, line_data(plan))
    assert answer.status_code == 422
    assert "reason" in answer.context_data["form"].errors
    page.post(url, line_data(plan, reason="Gauta dovanų"))

    line = line_of(plan, "5.20")
    assert (line.reason, line.supplemented_on is not None, line.files.count()) == ("Gauta dovanų", True, 1)
    line.heading = "Kita"
    with pytest.raises(DomainError):
        services.save_line(plan, line, by=UserFactory(role="archivist").actor)


def test_a_stale_line_shows_both_texts(page, archivist):
    plan = make_plan(approved=False)
    line = line_of(plan)
    stale = line.revision
    line.heading = "Antraštė, kurią įrašė kita"
    services.save_line(plan, line, by=archivist.actor, revision=line.revision)

    answer = page.post(
        reverse("archive:line", args=[line.pk]),
        line_data(plan, index="5.3", heading="Mano antraštė", revision=stale),
    )

    assert answer.status_code == 409
    assert "kurią įrašė kita" in answer.content.decode()


def test_plan_is_printed_as_a_valid_paper(page):
    plan = make_plan()
    run_jobs("archive.draw_plan")
    plan.refresh_from_db()

    answer = page.get(reverse("archive:plan_pdf", args=[YEAR]))
    content = b"".join(answer.streaming_content)
    assert conformance.check(content) == []
    with pikepdf.open(io.BytesIO(content)) as made:
        assert len(made.pages) == 1
    assert "popierius" in page.get(reverse("archive:plan", args=[YEAR])).content.decode()


def test_plan_has_filters_a_file_and_steady_queries(page):
    plan = make_plan()
    url = reverse("archive:plan", args=[YEAR])
    queries_of(page, url)
    counted = queries_of(page, url)
    point = plan.retention_index.points.get(code="gifts")
    for number in (30, 31, 32):
        PlanLine.objects.create(plan=plan, index=f"5.{number}", heading=f"Byla {number}", point=point)
    assert queries_of(page, url) == counted

    assert [row.index for row in page.get(url, {"q": "Byla 31"}).context_data["rows"]] == ["5.31"]
    assert [row.index for row in page.get(url).context_data["rows"]] == [
        "5.3",
        "5.12",
        "5.30",
        "5.31",
        "5.32",
    ]
    assert "Byla 32" in words_of_book(page.get(url, {"export": "xlsx"}))


def test_specialist_reads_the_plan_and_changes_nothing(client):
    make_plan()
    client.force_login(UserFactory(role="specialist"))
    assert client.get(reverse("archive:plan", args=[YEAR])).status_code == 200
    assert client.get(reverse("archive:line_add", args=[YEAR])).status_code == 403
    assert client.post(reverse("archive:plan_copy", args=[YEAR])).status_code == 403
    client.force_login(UserFactory(role="unit_contact"))
    assert client.get(reverse("archive:plan", args=[YEAR])).status_code == 403
