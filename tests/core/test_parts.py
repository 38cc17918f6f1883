"""Tags and parts: slots, icons, and the sheet of all parts."""

import pytest
from django.db import OperationalError
from django.template import Context, Template
from django.urls import reverse

from core.templatetags.house import draw_icon, initials, percent_of, undo_url
from tests.accounts.factories import UserFactory


def render(source, **context):
    return Template(source).render(Context(context))


def test_part_puts_body_and_slots_in_their_places():
    html = render(
        '{% part "panel" id="p" title=title count=2 %}<b>{{ word }}</b>{% slot "footer" %}<i>{{ word }}</i>{% endslot %}{% endpart %}',
        title="Svečiai <9>",
        word="a&b",
    )

    assert 'aria-labelledby="p"' in html
    assert "Svečiai &lt;9&gt;" in html
    assert '<div class="body"><b>a&amp;b</b></div>' in html
    assert "<footer><i>a&amp;b</i></footer>" in html


def test_part_knows_nothing_else_of_the_page():
    assert "secret" not in render('{% part "panel" id="p" title="x" %}{% endpart %}', note="secret")


def test_icon_is_silent_beside_a_word_and_named_alone():
    assert 'aria-hidden="true"' in draw_icon("car")
    assert 'role="img" aria-label="a &quot;b&quot;"' in draw_icon("car", 'a "b"')


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ieva Juknelytė", "IJ"), ("ნინო გელაშვილი", "ნგ"), ("", ""), ("Ąžuolas", "Ą"), ("A b C", "AC")],
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("value", "whole", "share"), [(5980, 7000, 85.4), (9, 3, 100), (1, 0, 0), (None, 5, 0), (-1, 5, 0)]
)
def test_percent_of(value, whole, share):
    assert percent_of(value, whole) == share


def test_undo_url_is_found_among_the_tags():
    assert undo_url("undo:/reikalai/5/atkurti/ success") == "/reikalai/5/atkurti/"
    assert undo_url("success") == ""


@pytest.mark.django_db
def test_sheet_of_parts_is_for_administrators(client):
    client.force_login(UserFactory())
    assert client.get(reverse("core:parts")).status_code == 403

    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("core:parts"))
    assert page.status_code == 200
    assert 'style="' not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(OperationalError("gone"), 503, "nepasiekiami"), (ValueError("wrong"), 500, "suklydo")],
)
def test_fall_says_whether_the_database_is_away(client, monkeypatch, error, status, words):
    def fall(*args, **kwargs):
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr("core.views_shell.get_token", fall)

    page = client.get(reverse("core:session"))

    assert page.status_code == status
    assert words in page.content.decode()
