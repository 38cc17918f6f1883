"""Saved queries: matched as articles come in, never other than a search finds; alerts by severity and quiet hours."""

import datetime
import random

import pytest
from django.db import connection

from core.errors import DomainError
from core.language.queries import Matcher, Query
from core.models import Job
from media_monitoring import search, services
from media_monitoring.models import Article, Topic
from media_monitoring.services.topics import check_query
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_topic

pytestmark = pytest.mark.django_db

# Forms of a few words, names no dictionary has, and what people type of them.
WRITTEN = (
    "miestas miesto mieste miestai šventė šventės šventę šventėje gatvė gatvės gatvių tiltas tilto tiltą statyti "
    "stato statė delegacija delegacijos delegacijoms Cesiulis Cesiulio Cesiuliui Bložė Bložės Bložei Aurimas Aurimo "
    "taryba tarybos narys nario Cėsys Cėsių Alytus Alytaus kaina kainos kainavo nekainavo parkas parke darbai"
).split()
TYPED = (
    "miestas miesto svente sventes šventė gatve gatvės tiltas tilta statyti stato delegacija delegacijai Cesiulis "
    "cesiulio Blože bloze Bložė Aurimas taryba narys nariai Cesys cesiu alytus kaina kainuoti nekainuoja parkai darbas"
).split()


def some_query(rng: random.Random) -> str:
    def piece() -> str:
        if rng.random() < 0.35:
            return '"' + " ".join(rng.choices(TYPED, k=rng.choice((2, 2, 3)))) + '"'
        return rng.choice(TYPED)

    parts = [piece() for _turn in range(rng.choice((1, 1, 2, 2, 3)))]
    if len(parts) > 1 and rng.random() < 0.4:
        parts.insert(1, "|")
    if rng.random() < 0.35:
        parts.append("-" + piece())
    return " ".join(parts)


def some_text(rng: random.Random, most: int = 14) -> str:
    return " ".join(rng.choices(WRITTEN, k=rng.randint(1, most)))


def test_the_database_and_the_worker_read_a_query_alike():
    """Two thousand generated pairs of a query and a text, narrow and wide, whole and by title."""
    rng = random.Random(875)
    search.learn({word.lower() for word in WRITTEN})
    queries = {
        text: search.query_of(text, wide=rng.random() < 0.3) for text in (some_query(rng) for _ in range(100))
    }
    cases, answers = [], []
    for _turn in range(20):
        read = search.read_words(some_text(rng, 5), some_text(rng, 30))
        for query in queries.values():
            cases.append((read.vector, query.tsquery()))
            answers.append(query.matches(read.places))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v::tsvector @@ q::tsquery FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS t(v, q, n) ORDER BY n",
            [[vector for vector, _q in cases], [query for _v, query in cases]],
        )
        told = [row[0] for row in cursor.fetchall()]

    assert told == answers
    assert 50 < sum(answers) < 1950  # both happen


def test_a_thousand_queries_are_told_as_one_by_one():
    rng = random.Random(5)
    search.learn({word.lower() for word in WRITTEN})
    queries = dict(enumerate(search.query_of(some_query(rng)) for _ in range(1000)))
    matcher = Matcher(lambda key: len(key) % 7)
    for pk, query in queries.items():
        matcher.put(pk, query)
    matcher.drop(17)
    matcher.put(18, Query.from_json(queries[18].as_json()))

    for _turn in range(15):
        places = search.read_words(some_text(rng), some_text(rng, 40)).places
        expected = {pk for pk, query in queries.items() if pk != 17 and query.matches(places)}
        assert matcher.match(places) == expected


@pytest.mark.parametrize("seed", range(4))
def test_an_alert_and_a_search_never_differ(seed, run_jobs):
    """After each article, whatever words it taught: topics it is put to are those whose search finds it."""
    rng = random.Random(seed)
    topics = [make_topic(some_query(rng), is_wide=number % 4 == 3) for number in range(12)]
    for _turn in range(10):
        article = make_article(some_text(rng, 4), some_text(rng, 20))
        if rng.random() < 0.3:
            services.keep_text(article, article.title, some_text(rng, 20))
        for topic in topics:
            found = search.found(
                Article.objects.filter(pk=article.pk), topic.query, wide=topic.is_wide
            ).exists()
            assert article.hits.filter(topic=topic).exists() == found, topic.query
    run_jobs()
    for topic in topics:
        found = search.found(Article.objects.all(), topic.query, wide=topic.is_wide)
        assert set(found.values_list("pk", flat=True)) == set(topic.hits.values_list("article", flat=True))


def test_a_query_typed_without_marks_learns_the_word_from_the_first_article_that_has_it():
    topic = make_topic("zibuokles")
    compiled = topic.compiled

    make_article("Miške žydi žibuoklės")

    topic.refresh_from_db()
    assert topic.compiled != compiled
    assert topic.query == "zibuokles"
    assert topic.hits.count() == 1


def test_names_are_found_in_all_cases_and_exclusions_hold():
    topic = make_topic('"Rimgaudas Bložė" | Vaičekonė -krepšinis')
    yes = [
        make_article("Rimgaudo Bložės klausimas"),
        make_article("Klausta Rimgaudui Bložei"),
        make_article("Kalbėjosi su Vaičekone"),
    ]
    make_article("Bložė Rimgaudas")
    make_article("Rimgaudą Bložę matė krepšinio varžybose")

    assert set(topic.hits.values_list("article", flat=True)) == {article.pk for article in yes}


@pytest.mark.parametrize("text", ["", "-", "  -vien -draudimai", '""'])
def test_a_topic_must_look_for_something(text):
    with pytest.raises(DomainError) as refused:
        check_query(text)
    assert refused.value.field == "query"


def test_what_was_published_before_is_matched_by_a_job_without_alerts(run_jobs):
    watcher = UserFactory(role="specialist")
    make_article("Senas tiltas")
    topic = make_topic("tiltai", watchers=[watcher])
    assert not topic.hits.exists()

    run_jobs()

    assert topic.hits.count() == 1
    assert not watcher.press_readings.exists()


def test_a_changed_normaliser_compiles_saved_queries_anew(run_jobs, monkeypatch):
    topic = make_topic("tiltas")
    article = make_article("Tiltai")
    Topic.objects.filter(pk=topic.pk).update(compiled={"wanted": [[[["old"]]]], "refused": []})
    monkeypatch.setattr(search, "INDEX_VERSION", search.INDEX_VERSION + 1)

    assert services.recompile_stale() == 1
    assert services.index_stale() == 1
    run_jobs()

    assert list(topic.hits.values_list("article", flat=True)) == [article.pk]
    assert Job.objects.filter(kind="media_monitoring.match_topic", key=str(topic.pk), state="done").exists()


def test_a_wider_topic_finds_what_a_wider_reading_means():
    narrow, wide = make_topic("gatvė"), make_topic("gatves", is_wide=True)
    make_article("Remontuojamos gatvės")

    assert (narrow.hits.count(), wide.hits.count()) == (1, 1)
    assert search.query_of("gatvės", wide=True).marks > search.query_of("gatvės").marks


def test_an_edited_article_leaves_the_topic_it_answers_no_more():
    topic = make_topic("tiltas")
    article = make_article("Naujiena", "Statomas tiltas.")
    assert topic.hits.exists()

    services.keep_text(article, "Naujiena", "Statoma gatvė.")

    assert not topic.hits.exists()


def at(hour: int, day: int = 4) -> datetime.datetime:
    """An hour of a working day of March 2026, a Wednesday unless another is named."""
    from django.utils import timezone

    return timezone.make_aware(datetime.datetime(2026, 3, day, hour))


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (at(10), at(10)),
        (at(23), at(7, 5)),
        (at(5), at(7)),
        (at(21, 6), at(7, 9)),  # Friday evening: Monday
        (at(12, 7), at(7, 9)),
        (at(9, 11), at(7, 12)),  # the eleventh of March is a holiday
    ],
)
def test_a_letter_waits_for_the_end_of_quiet_hours(moment, told):
    from media_monitoring.models import QuietHours

    assert services.quiet_until(moment, QuietHours()) == told
