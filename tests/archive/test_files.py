"""Case files: the list, the checklist, closing and what comes late, hold, volumes, whose eyes see which names."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive import checklist, services
from archive.models import CaseFile, Placement
from core.errors import DomainError
from documents.services import await_number
from matters.choices import Access
from matters.search import index
from matters.services import change_access, create_task, finish_task
from tests.accounts.factories import UserFactory
from tests.archive.factories import (
    YEAR,
    line_of,
    make_document,
    make_plan,
    make_register,
    queries_of,
    run_jobs,
    words_of_book,
)
from tests.matters.factories import make_ladder, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def archivist():
    return UserFactory(role="archivist")


@pytest.fixture
def page(client, archivist):
    client.force_login(archivist)
    return client


def file_of(plan, index="5.3", volume=1):
    return CaseFile.objects.select_related("line__plan", "line__point").get(
        line=line_of(plan, index), volume=volume
    )


def hide(document):
    matter = document.matter
    change_access(matter, access=Access.NAMED, people=[matter.responsible], by=matter.responsible.actor)


def stopping(file, user):
    return [item.detail for item in checklist.of_file(file, user) if item.stops]


def test_file_names_only_what_the_reader_may_see(page):
    plan = make_plan()
    make_document(title="Matomas raštas")
    hide(make_document(title="Paslaptis"))

    answer = page.get(file_of(plan).get_absolute_url())

    assert [entry["is_named"] for entry in answer.context_data["entries"]] == [True, False]
    assert answer.context_data["file"].documents == 2
    assert "Paslaptis" not in answer.content.decode()
    words = words_of_book(page.get(reverse("archive:file_inventory", args=[file_of(plan).pk])))
    assert ("Matomas raštas" in words, "Paslaptis" in words) == (True, False)


def test_obstacles_are_named_with_their_links_until_they_are_gone(page, archivist):
    plan = make_plan()
    document = make_document()
    matter, specialist = document.matter, document.matter.responsible
    task = create_task(matter, title="Parašyti padėką", assignee=specialist, due_on=None, by=specialist.actor)
    await_number(document, make_register(), by=specialist.actor)
    make_ladder({"role": "head"})
    submit_note(matter, specialist)
    file = file_of(plan)

    answer = page.get(file.get_absolute_url())
    stops = [item for item in answer.context_data["items"] if item.stops]
    assert {item.url for item in stops} == {
        f"{document.get_absolute_url()}#registration",
        reverse("matters:tasks", args=[matter.pk]),
        matter.get_absolute_url(),
    }
    listed = page.get(reverse("archive:files")).context_data["rows"]
    assert {row.pk: row.stops for row in listed}[file.pk] == 3
    page.post(reverse("archive:file_close", args=[file.pk]))
    assert file_of(plan).state == "begun"

    finish_task(task, by=specialist.actor, note="")
    assert len(stopping(file, archivist)) == 2


def test_a_hidden_obstacle_stops_without_its_name(page, archivist):
    plan = make_plan()
    document = make_document(title="Paslaptis")
    await_number(document, make_register(), by=document.matter.responsible.actor)
    hide(document)

    answer = page.get(file_of(plan).get_absolute_url())

    assert answer.context_data["stopping"] == 1
    assert "Paslaptis" not in answer.content.decode()


def test_closed_file_takes_nothing_and_the_late_one_lies_in_the_next_volume(page):
    plan = make_plan()
    document = make_document()
    file = file_of(plan)
    page.post(reverse("archive:file_close", args=[file.pk]))
    file.refresh_from_db()
    assert (file.state, file.event_on) == ("finished", document.placements.get().filed_on)

    late = make_document(title="Vėluojantis")

    placement = late.placements.get()
    assert (placement.file.volume, placement.is_late) == (2, True)
    assert checklist.kept_until(file_of(plan), file_of(plan).line.point) == datetime.date(
        file.event_on.year + 5, 12, 31
    )
    with pytest.raises(DomainError):
        services.move_document(
            document, line_of(plan, "5.12"), reason="ne čia", by=UserFactory(role="archivist").actor
        )


def test_only_the_archivist_reopens_and_only_with_a_reason(client, archivist):
    plan = make_plan()
    make_document()
    file = services.close_file(file_of(plan), by=archivist.actor)
    url = reverse("archive:file_reopen", args=[file.pk])
    client.force_login(UserFactory(role="head"))
    assert client.post(url, {"reason-reason": "reikia"}).status_code == 403
    client.force_login(archivist)
    html = client.get(reverse("archive:file_facts", args=[file.pk])).content.decode()
    assert (html.count('name="reason-reason"'), html.count('id="id_reason-reason"')) == (2, 1)
    client.post(url, {"reason-reason": " "})
    assert file_of(plan).state == "finished"

    client.post(url, {"reason-reason": "Rasta klaida"})

    file.refresh_from_db()
    assert (file.state, file.closed_on, file.event_on) == ("begun", None, None)
    assert "Rasta klaida" in client.get(reverse("archive:file_history", args=[file.pk])).content.decode()


def test_empty_file_is_not_closed(archivist):
    plan = make_plan()
    with pytest.raises(DomainError):
        services.close_file(file_of(plan), by=archivist.actor)


def test_hold_has_its_reason_and_forbids_destruction(page):
    plan = make_plan()
    file = file_of(plan)
    page.post(reverse("archive:file_hold", args=[file.pk]), {"reason-reason": "Teismo byla"})
    file.refresh_from_db()
    assert file.hold_reason == "Teismo byla"
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFile.objects.filter(pk=file.pk).update(
            state="destroyed", opened_on=file.held_on, closed_on=file.held_on, closed_name="x"
        )

    page.post(reverse("archive:file_lift", args=[file.pk]), {"reason-reason": "Byla baigta"})

    file.refresh_from_db()
    assert (file.held_on, file.hold_reason) == (None, "")


def test_longest_term_prevails_and_the_mixture_is_warned_of(page, archivist):
    plan = make_plan(lines=(("5.3", "Vizitai", "visits"), ("5.2", "Sutartys", "agreements")))
    document = make_document()
    Placement.objects.filter(document=document).update(point=line_of(plan, "5.2").point)

    answer = page.get(file_of(plan).get_absolute_url())

    assert answer.context_data["longest"].rule == "permanent"
    assert answer.context_data["is_mixed"]
    assert answer.context_data["kept_until"] is None


def test_paper_volume_is_split_by_the_norm_of_sheets(page, archivist):
    plan = make_plan(medium="paper")
    first, second = make_document(title="Pirmas"), make_document(title="Antras")
    file = file_of(plan)
    assert any(item.stops for item in checklist.of_file(file, archivist))  # sheets not counted
    for document in (first, second):
        page.post(
            reverse("archive:extent", args=[document.placements.get().pk]), {"sheets": "130", "pages": ""}
        )
    assert [item.action for item in checklist.of_file(file, archivist) if item.stops]

    page.post(reverse("archive:file_split", args=[file.pk]))

    assert [row.file.volume for row in (first.placements.get(), second.placements.get())] == [1, 2]
    assert not [item for item in checklist.of_file(file_of(plan), archivist) if item.stops]


def test_list_is_filtered_and_asks_as_much_for_one_file_as_for_many(page):
    plan = make_plan()
    make_document()
    url = reverse("archive:files")
    queries_of(page, url)
    counted = queries_of(page, url)
    for number in range(4):
        make_document(title=f"Dar {number}")
    other = make_plan(YEAR - 1)
    assert queries_of(page, url) == counted

    rows = page.get(url, {"year": YEAR - 1}).context_data["rows"]
    assert {row.line.plan for row in rows} == {other}
    assert [row.pk for row in page.get(url, {"state": "begun"}).context_data["rows"]] == [file_of(plan).pk]
    assert page.get(url, {"export": "xlsx"}).status_code == 200


def test_inventory_asks_as_much_for_one_document_as_for_many(page):
    plan = make_plan()
    make_document()
    url = file_of(plan).get_absolute_url()
    queries_of(page, url)
    counted = queries_of(page, url)
    for number in range(4):
        make_document(title=f"Dar {number}")
    assert queries_of(page, url) == counted


def test_pages_are_counted_by_a_worker(page):
    plan = make_plan()
    make_document(pages=7)
    run_jobs("archive.count_pages")
    assert page.get(file_of(plan).get_absolute_url()).context_data["file"].pages == 7


def test_my_day_of_the_archivist_names_files_to_close(page):
    plan = make_plan(YEAR - 1)
    document = make_document()
    make_plan()
    services.move_document(
        document, line_of(plan), reason="Praėjusių metų", by=UserFactory(role="archivist").actor
    )

    answer = page.get("/")

    assert file_of(plan).get_absolute_url() in answer.content.decode()


def test_search_finds_the_file_by_any_form_of_its_words(page):
    from core import registry

    plan = make_plan()
    index(registry.register_search_source["case_files"], None)

    answer = page.get(reverse("matters:search"), {"q": "delegacija priėmimas"})

    assert file_of(plan).get_absolute_url() in answer.content.decode()
