"""Invented articles of invented outlets for the demonstration office."""

from __future__ import annotations

import datetime

from django.utils import timezone

from accounts.models import User
from core.actor import Actor
from media_monitoring import seed_keeping, services
from media_monitoring.choices import SourceState
from media_monitoring.models import Article, Outlet, Source

OUTLETS = (
    ("Dainavos kraštas", "news_portal"),
    ("Nemuno kilpa", "news_portal"),
    ("Dzūkų žinios", "newspaper"),
    ("Regiono diena", "news_portal"),
    ("Radijas „Pušynas“", "radio"),
)
REPRINT = (
    "Alytaus ir Cėsių savivaldybės susitarė dėl keturių naujų mokinių mainų. Pirmosios grupės išvyks rugsėjį.\n"
    "Mainų išlaidas miestai dalijasi po lygiai, o mokyklos temas renkasi pačios."
)
# outlet, hours ago, medium, title, text
ARTICLES = (
    (0, 3, "web", "Kiek kainuoja svečiai: vakarienė už biudžeto pinigus", "Savivaldybės priimamų delegacijų išlaidos šiemet išaugo, sako tarybos narys Rimgaudas Bložė.\nVienai delegacijos vakarienei savivaldybė išleido 4 800 eurų, teigia jis."),
    (1, 5, "web", "Alytus ir Cėsys: ketveri nauji mainai mokykloms", REPRINT),
    (0, 8, "web", "Mokiniai iš Alytaus vyks į Cėsis", REPRINT),
    (3, 12, "web", "Savaitgalį – miesto šventė: kas atvyks ir kada bus uždarytos gatvės", "Šventės metu eismas centre bus ribojamas nuo penktadienio vakaro.\nSvečių laukiama iš penkių miestų partnerių."),
    (2, 30, "print", "Parko takai laukia rangovo", "Dailidės parko takų konkursas skelbiamas antrą kartą. 4 puslapis."),
    (4, 33, "radio", "Rytinis pokalbis apie miesto biudžetą", "Vedėja klausė apie kultūros lėšas; savivaldybės atstovė paaiškino eilės tvarką."),
)  # fmt: skip


def run() -> str:
    services.sync_outlets()
    outlets = [
        Outlet.objects.get_or_create(
            name=name, defaults={"kind": kind, "scope": "regional", "note": "Išgalvotas leidinys parodymui."}
        )[0]
        for name, kind in OUTLETS
    ]
    if Article.objects.filter(outlet__in=outlets).exists():
        return "press: there already"
    by = Actor.of(User.objects.filter(groups__name="specialist").first() or User.objects.first())
    now = timezone.now()
    made: list[Article] = []
    for index, hours, medium, title, text in ARTICLES:
        address = f"https://pavyzdys.example/{len(made) + 1}" if medium == "web" else ""
        made.append(
            services.enter_article(
                outlet=outlets[index],
                medium=medium,
                title=title,
                text=text,
                url=address,
                published_at=now - datetime.timedelta(hours=hours),
                by=by,
            )
        )
    services.keep_text(made[0], made[0].title, ARTICLES[0][4].replace("4 800 eurų", "1 140 eurų"))
    seed_keeping.run(by, made[0])
    # Names in ".example" belong to nobody: the demonstration asks no server.
    Source.objects.create(
        outlet=outlets[1],
        url="https://pavyzdys.example/naujienos.xml",
        state=SourceState.BROKEN,
        reason="Serveris atsakė: 500.",
        last_good_at=now - datetime.timedelta(days=2),
        next_poll_at=now + datetime.timedelta(days=1),
    )
    Source.objects.create(
        outlet=outlets[0], url="https://pavyzdys.example/rss", state=SourceState.OFF, last_good_at=now
    )
    return f"press: {len(made)} articles"
