"""A form keeps its words on the server until it is taken."""

import json

import pytest
from django.test import override_settings
from django.urls import reverse

from core import drafts
from core.models import Draft
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def test_draft_save_keeps_the_last_words(client, person):
    for title in ("Op", "Opolės"):
        answer = client.post(
            reverse("core:draft"), {"key": "visit:new", "values": json.dumps({"title": [title]})}
        )

    assert answer.status_code == 200
    assert "išsaugotas" in answer.json()["text"] or "saved" in answer.json()["text"]
    assert [draft.values for draft in Draft.objects.filter(user=person)] == [{"title": ["Opolės"]}]


@pytest.mark.parametrize("values", ["no json", '["a list"]', json.dumps({"text": ["a" * 300_000]})])
def test_draft_save_refuses_what_it_cannot_keep(client, person, values):
    answer = client.post(reverse("core:draft"), {"key": "visit:new", "values": values})

    assert answer.status_code == 422
    assert answer.json()["text"]
    assert not Draft.objects.exists()


def test_draft_keeps_the_rest_of_what_the_database_cannot_take(client, person):
    """Half an emoji, cut off by a field's bound, and a NUL out of a pasted file."""
    client.force_login(person)

    answer = client.post(
        reverse("core:draft"), {"key": "visit", "values": '{"title": ["Priima \\ud83d", "Al\\u0000ytus"]}'}
    )

    assert answer.status_code == 200
    assert Draft.objects.get(user=person).values == {"title": ["Priima ?", "Alytus"]}


def test_draft_is_shown_only_to_its_person(person):
    drafts.save_draft(person, "visit:new", '{"title": ["x"]}')

    assert drafts.find_draft(UserFactory(), "visit:new") is None


def test_taken_form_drops_its_draft(client, person):
    drafts.save_draft(person, "views", '{"name": ["x"]}')

    client.post(
        reverse("core:saved_view_add"),
        {"_draft": "views", "name": "Mano", "list_code": "x", "query": "a=1", "path": "/"},
    )

    assert not Draft.objects.exists()


def test_refused_form_keeps_its_draft(client, person):
    drafts.save_draft(person, "visit:new", '{"title": ["x"]}')

    client.post(reverse("core:draft"), {"_draft": "visit:new", "key": "", "values": "{}"})

    assert Draft.objects.count() == 1


def test_session_state_tells_whether_the_session_lives(client):
    with override_settings(LANGUAGE_CODE="lt"):
        assert client.get(reverse("core:session")).json()["alive"] is False
        client.force_login(UserFactory())
        assert client.get(reverse("core:session")).json()["alive"] is True
