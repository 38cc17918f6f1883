"""The analysis of a period: figures, pictures with tables beneath, approval, paper and DOCX of the same words."""

import datetime
import io

import pytest
from django.utils import timezone

from accounts.models import Unit
from core.errors import DomainError
from documents import pdf
from matters import approvals
from matters.models import Ladder, LadderStep, Matter
from media_monitoring import services
from media_monitoring.analysis import change_words, read_figures
from media_monitoring.analysis_kind import PAPER, paper, paper_docx, snapshot
from media_monitoring.charts import heat_map, tone_columns
from media_monitoring.models import Analysis, Coding
from media_monitoring.models.analyses import bounds
from tests.accounts.factories import UserFactory
from tests.documents.factories import run_jobs as make_papers
from tests.media_monitoring.factories import make_article, make_outlet, make_topic

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


@pytest.fixture
def month(specialist):
    """Last month: five articles, three of them coded; one the month before."""
    first, _last = bounds("month", timezone.localdate().replace(day=1) - datetime.timedelta(days=1))
    make_topic("tiltas", name="Tiltas")
    unit = Unit.objects.create(code="STA", name_lt="Statybos skyrius")
    for number, tone in enumerate(("positive", "critical", "misleading", "", "")):
        article = make_article(
            f"Tiltas {number}", outlet=make_outlet("Nemuno kilpa" if number else "Radijas")
        )
        moment = timezone.make_aware(
            datetime.datetime.combine(first + datetime.timedelta(days=number), datetime.time(9))
        )
        type(article).objects.filter(pk=article.pk).update(published_at=moment)
        if tone:
            Coding.objects.create(article=article, coder=specialist, tone=tone, unit=unit)
    early = make_article("Tiltas anksčiau")
    moment = timezone.make_aware(
        datetime.datetime.combine(first - datetime.timedelta(days=3), datetime.time(9))
    )
    type(early).objects.filter(pk=early.pk).update(published_at=moment)
    return services.open_analysis(period="month", day=first, responsible=specialist, by=specialist.actor)


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        ("month", DAY(2024, 2, 29), DAY(2024, 2, 1), DAY(2024, 2, 29)),
        ("month", DAY(2026, 12, 31), DAY(2026, 12, 1), DAY(2026, 12, 31)),
        ("quarter", DAY(2026, 5, 31), DAY(2026, 4, 1), DAY(2026, 6, 30)),
        ("quarter", DAY(2026, 11, 25), DAY(2026, 10, 1), DAY(2026, 12, 31)),
        ("year", DAY(2026, 3, 3), DAY(2026, 1, 1), DAY(2026, 12, 31)),
    ],
)
def test_a_period_has_its_bounds(period, day, first, last):
    assert bounds(period, day) == (first, last)


def test_figures_count_what_is_there(month):
    figures = read_figures(month.period, month.starts_on, month.ends_on)

    assert figures["sums"]["articles"] == 5
    assert figures["before"]["articles"] == 1
    assert figures["sums"]["tones"] == {"positive": 1, "neutral": 0, "critical": 1, "misleading": 1}
    assert figures["sums"]["claim_hours"] is None  # nothing answered is no zero
    assert [(row["name"], row["count"], row["percent"]) for row in figures["outlets"]] == [
        ("Nemuno kilpa", 4, 80),
        ("Radijas", 1, 20),
    ]
    assert sum(part["articles"] for part in figures["volume"]) == 5
    assert len(figures["volume"]) == (month.ends_on - month.starts_on).days + 1
    [row] = figures["topics"]["rows"]
    assert (row["topic"], row["total"], row["cells"]) == ("Tiltas", 5, [3, 2])


@pytest.mark.parametrize("period", ["quarter", "year"])
def test_longer_periods_count_the_same_articles(month, period):
    first, last = bounds(period, month.starts_on)
    figures = read_figures(period, first, last)

    assert sum(part["articles"] for part in figures["volume"]) == figures["sums"]["articles"] >= 5


def test_queries_do_not_grow_with_articles(month, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(24) as once:
        read_figures(month.period, month.starts_on, month.ends_on)
    for number in range(5):
        make_article(f"Tiltas dar {number}")
    with django_assert_num_queries(len(once)):
        read_figures(month.period, month.starts_on, month.ends_on)


def test_a_change_is_told_in_words():
    assert change_words(12, 8) == "+4 (+50 %)"
    assert change_words(None, 8) == "–"
    assert change_words(3, 0) == "+3"
    assert change_words(5, 5) == "0"


def test_pictures_stay_inside_and_say_what_they_show(month):
    figures = read_figures(month.period, month.starts_on, month.ends_on)
    chart = tone_columns(figures["volume"])
    assert chart is not None
    assert all(box["y"] >= 0 and box["y"] + box["h"] <= chart.height for box in chart.columns)
    assert all(box["x"] >= 0 and box["x"] + box["w"] <= chart.width for box in chart.columns)
    assert {box["css"] for box in chart.columns} == {"good", "bad", "plain"}
    heat = heat_map(figures["topics"])
    assert heat is not None
    assert heat["table"] == [("Tiltas", ["3", "2", "5"])]
    assert tone_columns([]) is None


def test_the_page_draws_charts_with_tables(client, month):
    page = client.get(month.get_absolute_url()).content.decode()

    assert page.count("<title id=") == 3
    assert page.count("<desc id=") == 3
    assert "Statybos skyrius" in page


def test_one_analysis_of_a_period(client, month):
    response = client.post("/ziniasklaida/analizes/nauja/", {"period": "month", "day": month.starts_on})

    assert response.status_code == 422
    assert response.context["form"].errors["day"]
    assert (
        client.post("/ziniasklaida/analizes/nauja/", {"period": "year", "day": month.starts_on}).status_code
        == 302
    )
    with pytest.raises(DomainError):
        services.open_analysis(
            period="year", day=DAY(2199, 1, 1), responsible=month.responsible, by=month.responsible.actor
        )


def test_it_is_commented_approved_and_its_figures_freeze(client, month, specialist):
    head = UserFactory(role="head")
    ladder = Ladder.objects.create(kind="press_analysis", name="A", is_default=True)
    LadderStep.objects.create(
        ladder=ladder, order=1, label="tvirtina", role=head.groups.get(), channels=["session"]
    )
    assert month.kind_entry.blockers(month)

    client.post(
        f"/ziniasklaida/analizes/{month.pk}/rasyti/",
        {"summary": "Rašė daugiau.", "proposals": "", "revision": 1},
    )
    month = Analysis.objects.get(pk=month.pk)
    assert (month.summary, month.next_step) == ("Rašė daugiau.", "submit")
    approvals.submit(Matter.objects.get(pk=month.pk), by=specialist.actor)
    make_papers()
    month.refresh_from_db()
    assert month.status == "submitted"
    with pytest.raises(DomainError):
        services.save_comment(month, by=specialist.actor, fields=["summary"])
    step = month.rounds.get().steps.get()
    approvals.approve(step, by=head.actor)
    make_papers()

    month.refresh_from_db()
    assert month.status == "approved"
    assert month.documents.filter(kind="documents.approved", state="final").exists()
    make_article("Tiltas vėliau rastas")
    frozen = month.versions.get().content["figures"]["sums"]["articles"]
    assert frozen == 5


def test_paper_and_docx_say_the_same(month):
    from docx import Document as Docx

    from documents import papers

    Analysis.objects.filter(pk=month.pk).update(
        summary="Rašė daugiau.\nTonas blogesnis.", proposals="Atsakyti greičiau."
    )
    analysis = Analysis.objects.get(pk=month.pk)
    source = papers.present_source(Matter.objects.get(pk=month.pk))
    data = papers.build(
        PAPER, source, "lt", matter=Matter.objects.get(pk=month.pk), by=month.responsible.actor
    )
    html = papers.html(
        PAPER, source, "lt", data, matter=Matter.objects.get(pk=month.pk), made_on=DAY(2026, 11, 25)
    )
    made = pdf.render(html, moment=timezone.now())
    docx = Docx(io.BytesIO(paper_docx(paper(snapshot(analysis), "lt", matter=analysis), "lt")))
    words = " ".join(
        [
            *(one.text for one in docx.paragraphs),
            *(cell.text for table in docx.tables for row in table.rows for cell in row.cells),
        ]
    )

    assert made.startswith(b"%PDF")
    for said in (
        "Rašė daugiau.",
        "Tonas blogesnis.",
        "Atsakyti greičiau.",
        "Nemuno kilpa",
        "Statybos skyrius",
    ):
        assert said in words
        assert said in html
