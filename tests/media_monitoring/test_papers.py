"""The papers of the press desk as they leave the house: PDF/A-2a and PDF/UA-1, of a full day and of an empty one."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from documents import conformance, papers, pdf
from matters.models import Matter
from media_monitoring import services
from media_monitoring.analysis_kind import PAPER
from media_monitoring.models import Analysis, Article, Coding, Digest
from media_monitoring.models.analyses import bounds
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet, make_topic, next_working_day

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TEXT = (
    "Savivaldybė ir rangovas sako, kad tiltas bus atidarytas rugsėjo 1 d., o darbai kainavo 4,8 mln. eurų. "
)
# What outlets print: marks and letters that no typeface of a paper has among them.
TITLES = (
    "Tiltas per Nemuną: „Atidarysime laiku“ – sako mérė Ąžuolaitė 🎉",
    "Мост через Неман откроют в сентябре",
    "Tiltas 大桥: kinų rangovas traukiasi",
    "Labai ilga antraštė apie tiltą, " + "kuri tęsiasi ir tęsiasi per kelias eilutes, " * 6,
)


def own_text(number: int) -> str:
    """A text that reprints no other: two stories would be one line of the page."""
    words = [
        f"{root}{ending}"
        for root in ("tilt", "park", "mokykl", "gatv", "tarny")
        for ending in ("as", "ui", "ose")
    ]
    return " ".join(
        f"{words[(number * 7 + step * (number + 2)) % 15]} {number * 31 + step}" for step in range(60)
    )


def read(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def look(content: bytes, name: str) -> None:
    """Kept for a person's eyes when asked: LOOK=folder."""
    if folder := os.environ.get("LOOK"):
        Path(folder, f"{name}.pdf").write_bytes(content)


@pytest.fixture
def editor():
    return UserFactory(role="specialist")


def sent(editor, note: str = "") -> Digest:
    digest = services.prepare_digest(next_working_day(), by=editor.actor)
    if note:
        services.save_digest_note(digest, note, by=editor.actor)
    for item in digest.items.all():
        text = item.text or item.article.title[:300]
        services.word_item(item, text, by=editor.actor, revision=item.revision)
    services.publish_digest(digest, by=editor.actor)
    services.send_digest(digest.pk)
    digest.refresh_from_db()
    return digest


def test_the_morning_page_of_a_full_day(editor):
    make_topic("tiltas | мост", in_digest=True)
    for number, title in enumerate(TITLES):
        make_article(
            title,
            TEXT * 2 + own_text(number),
            outlet=make_outlet(f"Leidinys {number}"),
            days_ago=0.1 * number,
        )
    for number in range(12):
        make_article(f"Tiltas, {number} pranešimas", own_text(20 + number), medium="radio", days_ago=0.5)
    Article.objects.filter(title__startswith="Tiltas per").update(
        medium="web", url="https://pavyzdys.example/" + "labai-ilgas-adresas-" * 20
    )

    digest = sent(editor, "Savaitės tema – tiltas 🎉: penki leidiniai rašo tą patį.")

    content = digest.paper.read()
    look(content, "digest")
    words = read(content)
    assert conformance.check(content) == []
    assert "Tiltas per Nemuną: „Atidarysime laiku“" in words
    assert "Мост через Неман" in words
    assert "Ąžuolaitė Leidinys 0" in words  # its picture went
    assert "U+1F389" not in words
    assert digest.items.count() > 10


def test_the_morning_page_of_an_empty_day(editor):
    digest = sent(editor)

    content = digest.paper.read()
    look(content, "digest-empty")
    assert conformance.check(content) == []
    assert "žiniasklaida nieko nerašė" in read(content)


@pytest.mark.parametrize("is_full", [True, False])
def test_the_analysis_of_a_month(editor, is_full):
    first, _last = bounds("month", timezone.localdate().replace(day=1) - datetime.timedelta(days=1))
    if is_full:
        make_topic("tiltas", name="Tiltas")
        for number in range(24):
            outlet = make_outlet(f"Leidinys {number % 7}")
            article = make_article(f"{TITLES[number % 4]} {number}", outlet=outlet)
            day = first + datetime.timedelta(days=number)
            moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
            Article.objects.filter(pk=article.pk).update(published_at=moment)
            tone = ("positive", "critical", "neutral", "misleading")[number % 4]
            Coding.objects.create(article=article, coder=editor, tone=tone)
    analysis = services.open_analysis(period="month", day=first, responsible=editor, by=editor.actor)
    if is_full:
        Analysis.objects.filter(pk=analysis.pk).update(
            summary="Rašė daugiau.", proposals="Atsakyti greičiau."
        )
    matter = Matter.objects.get(pk=analysis.pk)
    data = papers.build(PAPER, papers.present_source(matter), "lt", matter=matter, by=editor.actor)

    html = papers.html(
        PAPER, papers.present_source(matter), "lt", data, matter=matter, made_on=timezone.localdate()
    )

    content = pdf.render(html, moment=timezone.now())
    look(content, f"analysis-{is_full}")
    assert conformance.check(content) == []


@pytest.mark.parametrize("field", ["summary", "proposals"])
def test_a_comment_no_paper_could_print_is_refused_by_name(client, editor, field):
    first, _last = bounds("month", timezone.localdate().replace(day=1) - datetime.timedelta(days=1))
    analysis = services.open_analysis(period="month", day=first, responsible=editor, by=editor.actor)
    client.force_login(editor)

    response = client.post(
        f"/ziniasklaida/analizes/{analysis.pk}/rasyti/",
        {"summary": "", "proposals": "", field: "Puiku 🎉", "revision": analysis.revision},
    )

    assert response.status_code == 422
    assert "🎉" in str(response.context["form"].errors[field])
