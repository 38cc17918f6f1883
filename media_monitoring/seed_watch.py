"""Topics, a quarter of invented articles with their tones, morning pages and an analysis for the demonstration office."""

from __future__ import annotations

import datetime
import random

from django.utils import timezone

from accounts.models import Unit, User
from core import deadlines
from core.actor import Actor
from core.choices import Channel
from media_monitoring import services
from media_monitoring.models import Article, Coding, Digest, DigestReader, Outlet, Topic
from media_monitoring.models.analyses import bounds
from media_monitoring.services.digests import send_digest
from media_monitoring.services.topics import match_topic

TOPICS = (
    ("Delegacijos ir reprezentacija", "delegacija | svečiai | reprezentacija -sportas", "urgent"),
    ("Miestai partneriai", '"miestas partneris" | Cėsys | Suvalkai | mainai', "notice"),
    ("Miesto biudžetas", "biudžetas | lėšos | išlaidos", "notice"),
    ("Miesto šventės", '"miesto šventė" | koncertas | mugė', "list"),
    ("Tarybos narys Rimgaudas Bložė", '"Rimgaudas Bložė" | "R. Bložė"', "notice"),
)
TITLES = (
    (
        "Mokyklų mainai su Cėsimis tęsis ir kitąmet",
        "Mokyklos ir miestai partneriai susitarė dėl naujų mainų.",
    ),
    (
        "Biudžeto lėšos kelių remontui: ko laukti",
        "Svarstoma, kaip paskirstyti miesto biudžeto lėšas gatvėms.",
    ),
    ("Miesto šventė sutraukė minias", "Koncertas ir amatininkų mugė vyko du vakarus."),
    ("Svečiai iš Suvalkų lankėsi bibliotekoje", "Delegacija domėjosi skaitmeninimo patirtimi."),
    ("R. Bložė klausia apie išlaidas kelionėms", "Tarybos narys prašo paaiškinti komandiruočių išlaidas."),
    ("Dailidės parke atnaujinti takai", "Parke pasodinta šimtas liepų, atnaujinti suolai."),
    (
        "Ar verta kviesti delegacijas žiemą?",
        "Nuomonė: delegacija žiemą pamato mažiau, o išlaidos tos pačios.",
    ),
    ("Kultūros lėšos dalijamos naujai", "Komisija aptarė kultūros projektų biudžetą."),
)
TONES = ("neutral", "neutral", "positive", "positive", "critical", "positive", "critical", "neutral")
READERS = (
    ("Aldona Meškauskienė", "mero patarėja", "patareja@pavyzdys.example"),
    ("Vytenis Gudaitis", "administracijos direktorius", "direktorius@pavyzdys.example"),
)


def run() -> str:
    if Topic.objects.exists():
        return "press topics: there already"
    specialist = User.objects.filter(groups__name="specialist").order_by("pk").first() or User.objects.first()
    assert specialist is not None
    by = Actor.of(specialist)
    heads = list(User.objects.active().filter(groups__name="head")[:1])
    topics = []
    for name, query, severity in TOPICS:
        topic = Topic(name=name, query=query, severity=severity)
        topics.append(services.save_topic(topic, by=by, fields=[], watchers=[specialist, *heads]))
    made = _articles(specialist)
    for topic in topics:
        match_topic(topic.pk)
    _alert(by)
    _pages(by)
    _analysis(specialist)
    return f"press topics: {len(topics)}, {made} articles"


def _articles(specialist: User) -> int:
    """A quarter and a half: enough for a picture of months, tones and units."""
    rng = random.Random(11)
    outlets = list(Outlet.objects.filter(note="Išgalvotas leidinys parodymui.").order_by("pk"))
    units = list(Unit.objects.filter(kind="unit").order_by("pk")[:5]) or list(Unit.objects.order_by("pk")[:5])
    now = timezone.now()
    count = 0
    for day in range(2, 75):
        for _turn in range(rng.choice((0, 0, 1, 1, 2))):
            which = rng.randrange(len(TITLES))
            title, text = TITLES[which]
            count += 1
            article = services.enter_article(
                outlet=rng.choice(outlets[:4]),
                medium="print",
                title=title,
                text=f"{text} Daugiau – leidinio {day % 12 + 1} puslapyje.",
                published_at=now - datetime.timedelta(days=day, hours=rng.randrange(9)),
                by=Actor.of(specialist),
            )
            Article.objects.filter(pk=article.pk).update(found_at=article.published_at)
            if rng.random() < 0.8:
                unit = units[which % len(units)] if units else None
                Coding.objects.create(article=article, coder=specialist, tone=TONES[which], unit=unit)
    return count


def _alert(by: Actor) -> None:
    """One article of this morning alerts whoever watches; a unit is asked about another and answers."""
    outlet = Outlet.objects.get(name="Nemuno kilpa")
    article = services.enter_article(
        outlet=outlet,
        medium="web",
        title="Delegacija iš Cėsių: ką parsivežė Alytus",
        url="https://pavyzdys.example/cesys",
        text="Delegacija iš Cėsių tris dienas lankėsi Alytuje. Susitarta dėl keturių mokyklų mainų.",
        published_at=timezone.now() - datetime.timedelta(hours=2),
        by=by,
    )
    unit = Unit.objects.order_by("pk").first()
    if unit is not None:
        forward = services.forward_article(
            article,
            by=by,
            unit=unit,
            name="Rasa Vaičekonė",
            email="rasa@pavyzdys.example",
            message="Ar mainų mokyklų skaičius teisingas?",
        )
        services.answer_forward(
            forward, "Taip, keturios mokyklos.", by=Actor(name="Rasa Vaičekonė", channel=Channel.LINK)
        )


def _pages(by: Actor) -> None:
    """Yesterday's page went out, today's waits for its lines."""
    for name, post, email in READERS:
        DigestReader.objects.create(name=name, post=post, email=email)
    today = timezone.localdate()
    before = today - datetime.timedelta(days=1)
    while not deadlines.is_working_day(before):
        before -= datetime.timedelta(days=1)
    digest = services.prepare_digest(before, by=by)
    for item in digest.items.all():
        services.word_item(item, item.text or item.article.title, by=by)
    services.publish_digest(Digest.objects.get(pk=digest.pk), by=by)
    send_digest(digest.pk)
    went = timezone.make_aware(datetime.datetime.combine(before, datetime.time(9, 10)))
    Digest.objects.filter(pk=digest.pk).update(published_at=went)
    if deadlines.is_working_day(today):
        services.prepare_digest(today, by=by)


def _analysis(specialist: User) -> None:
    first, _last = bounds("month", timezone.localdate().replace(day=1) - datetime.timedelta(days=1))
    analysis = services.open_analysis(
        period="month", day=first, responsible=specialist, by=Actor.of(specialist)
    )
    analysis.summary = (
        "Apie miestą rašyta tolygiai; kritiški straipsniai daugiausia lietė išlaidas delegacijoms ir kelionėms.\n"
        "Palankiausiai vertinti mokyklų mainai ir atnaujintas parkas."
    )
    analysis.proposals = "Kas ketvirtį skelbti delegacijų išlaidas su paaiškinimu."
    services.save_comment(analysis, by=Actor.of(specialist), fields=["summary", "proposals"])
