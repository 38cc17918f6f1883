"""Our own release with its reprints, and a screenshot, for the demonstration office; no server is asked."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from core.actor import Actor
from media_monitoring import services
from media_monitoring.fetch import Fetched, Fetcher, FetchError
from media_monitoring.models import Article, Outlet
from media_monitoring.services import evidence, stories

RELEASE = (
    "Nuo pirmadienio Alytaus miesto savivaldybė pradeda Dailidės ežerėlių pakrantės tvarkymo darbus. "
    "Bus atnaujinti pėsčiųjų takai, įrengtas apšvietimas ir trys poilsio aikštelės prie vandens. "
    "Darbus atliks konkursą laimėjusi įmonė, jiems skirta 486 tūkst. eurų savivaldybės ir valstybės lėšų. "
    "Takai bus uždaromi dalimis, todėl pakrantė liks pasiekiama nuo Pulko ir Jaunimo gatvių. "
    "Baigti darbus planuojama iki kitų metų gegužės pabaigos."
)
REPRINTS = (
    ("Nemuno kilpa", 6, "Prie Dailidės ežerėlių – nauji takai ir šviestuvai", RELEASE),
    (
        "Regiono diena",
        9,
        "Pakrantę tvarkys iki gegužės: kur nepraeisite",
        "Alytiškiai netrukus nebeatpažins mėgstamos vietos. "
        + RELEASE.split(". ", 1)[1].rsplit(". ", 1)[0]
        + ".",
    ),
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


class Invented(Fetcher):
    """Answers with a page made of the article itself."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article

    def get(self, url: str, **more: Any) -> Fetched:
        if url != self.article.url:
            raise FetchError("", status=404)
        paragraphs = "".join(f"<p>{line}</p>" for line in self.article.text.splitlines())
        body = (
            f'<!doctype html><html lang="lt"><meta charset="utf-8"><title>{self.article.title}</title>'
            f"<h1>{self.article.title}</h1>{paragraphs}</html>"
        ).encode()
        kind = "text/html; charset=utf-8"
        return Fetched(url, 200, body, {"content-type": kind}, body, (("Content-Type", kind),))


def run(by: Actor, criticised: Article) -> None:
    now = timezone.now()
    stories.watch_own_text(
        title="Pradedama tvarkyti Dailidės ežerėlių pakrantė",
        text=RELEASE,
        released_at=now - datetime.timedelta(hours=12),
        by=by,
    )
    for number, (name, hours, title, text) in enumerate(REPRINTS, 1):
        services.enter_article(
            outlet=Outlet.objects.get(name=name),
            medium="web",
            title=title,
            text=text,
            url=f"https://pavyzdys.example/pakrante/{number}",
            published_at=now - datetime.timedelta(hours=hours),
            by=by,
        )
    readers = list(User.objects.filter(username__in=("specialiste", "vedeja")))
    shot = SimpleUploadedFile("ekranas.png", PNG, content_type="image/png")
    evidence.keep_screenshot(
        criticised, shot, ground="Teiginys apie vakarienės kainą", by=by, readers=readers
    )
