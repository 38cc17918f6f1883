"""An article at a glance: its tone, claims, topics, story and evidence, each to those who may know of it."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from media_monitoring.models import Article, Story
from media_monitoring.services import claims, evidence
from media_monitoring.services.codings import code_article
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    call_command("sync_rules", verbosity=0)
    author = UserFactory(role="specialist", last_name="Koduotoja")
    watched = make_topic("delegacija", name="Delegacijų išlaidos")
    article = make_article(
        "Kiek kainuoja delegacija",
        "Delegacijos vakarienė kainavo.",
        medium="web",
        url="https://pavyzdys.example/1",
        outlet=make_outlet(keeps="evidence"),
    )
    other = make_article("Perspaudė delegaciją", outlet=make_outlet("Nemuno kilpa"))
    story = Story.objects.create(title="Viena")
    Article.objects.filter(pk__in=[article.pk, other.pk]).update(story=story)
    code_article(article, by=author.actor, tone="critical", genre="opinion", reason="Suma neteisinga.")
    claims.note_claim(
        [article], title="Vakarienė brangi", quote="Brangu.", responsible=author, by=author.actor
    )
    evidence.keep_evidence(article, ground=watched.name, by=author.actor)
    return Article.objects.get(pk=article.pk)


def page_of(client, article, role):
    client.force_login(UserFactory(role=role))
    response = client.get(article.get_absolute_url())
    return response, " ".join(response.content.decode().split())


def test_all_of_it_stands_at_a_glance(client, article):
    response, page = page_of(client, article, "specialist")
    context = response.context_data
    [claim] = context["claims"]

    assert [(row.tone, row.is_second) for row in context["codings"]] == [("critical", False)]
    facts = page[page.index('<ul class="facts">') : page.index("</ul>", page.index('<ul class="facts">'))]
    assert "kritinis" in facts
    assert claim.number in facts
    assert claim.get_absolute_url() in facts
    assert "1 perspauda" in facts
    assert f"{len(context['evidence'])} įrodym" in facts
    assert "Suma neteisinga." in page
    assert "Koduotoja" in page
    assert [topic.name for topic in context["topics"]] == ["Delegacijų išlaidos"]


def test_what_is_not_coded_asks_for_it(client, article):
    article.codings.all().delete()

    _response, page = page_of(client, article, "head")

    assert "dar neįvertinta" in page
    assert 'class="btn btn-primary" href="/ziniasklaida/' in page


def test_leadership_sees_no_coding_and_no_evidence(client, article):
    response, page = page_of(client, article, "leadership")

    assert (response.context_data["codings"], response.context_data["evidence"]) == ([], [])
    assert "kritinis" not in page
    assert "Koduotoja" not in page


def test_a_claim_of_named_people_is_not_told_of(client, article):
    claim = article.claims.get()
    claim.access = "named"
    claim.save(update_fields=["access"])

    response, page = page_of(client, article, "specialist")

    assert response.context_data["claims"] == []
    assert claim.title not in page


def test_the_page_asks_as_often_with_many_reprints_as_with_one(
    client, article, django_assert_max_num_queries
):
    client.force_login(UserFactory(role="specialist"))
    client.get(article.get_absolute_url())
    with django_assert_max_num_queries(20) as once:
        client.get(article.get_absolute_url())
    for number in range(5):
        other = make_article(f"Kita {number}", outlet=make_outlet(f"Leidinys {number}"))
        Article.objects.filter(pk=other.pk).update(story=article.story)
    with django_assert_max_num_queries(len(once)):
        assert len(client.get(article.get_absolute_url()).context_data["reprints"]) == 6
