"""Words in any form, with or without marks, phrases and exclusions."""

import pytest

from media_monitoring import search
from media_monitoring.models import EXCERPT, Article
from tests.media_monitoring.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    make_article("Vakarienė", "Savivaldybės priimamų delegacijų išlaidos išaugo, sako tarybos narys Bložė.")
    make_article("Šventė", "Savaitgalį miesto šventėje koncertavo vaikų chorai, o gatvės buvo uždarytos.")
    make_article("Tiltas", "Vyriausioji specialistė kalbėjo apie tiltą per Nemuną ir Alytaus gatves.")


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("delegacija", {"Vakarienė"}),
        ("delegacijoms", {"Vakarienė"}),
        ("sventes", {"Šventė"}),
        ("svente", {"Šventė"}),
        ("gatvė", {"Šventė", "Tiltas"}),
        ("gatve -nemunas", {"Šventė"}),
        ("kalbėti", {"Tiltas"}),
        ('"tarybos narys"', {"Vakarienė"}),
        ('"narys tarybos"', set()),
        ("Bložės", {"Vakarienė"}),
        ("'; DROP & | ! <->", set()),
        ("-", set()),
    ],
)
def test_words_are_found_in_any_form(articles, typed, titles):
    assert {article.title for article in search.found(Article.objects.all(), typed)} == titles


def test_those_who_may_not_read_texts_search_titles(articles):
    assert {a.title for a in search.found(Article.objects.all(), "tiltai", titles_only=True)} == {"Tiltas"}
    assert not search.found(Article.objects.all(), "nemunas", titles_only=True).exists()


def test_a_snippet_is_short_and_marks_what_was_sought():
    text = "Pradžia kalba apie kitką. " * 40 + "Miesto delegacijos atvyko vakar. " + "Pabaiga ilga. " * 40
    make_article("Ilgas", text)

    pieces = search.snippet(text, search.marks_of("delegacija"))

    assert [piece for piece, is_hit in pieces if is_hit] == ["delegacijos"]
    assert len("".join(piece for piece, _hit in pieces)) <= EXCERPT
