"""Invented claims, facts, journalists and codings for the demonstration office."""

from __future__ import annotations

import datetime

from django.utils import timezone

from accounts.models import Unit, User
from core.actor import Actor
from matters.models import Matter
from media_monitoring.choices import EvidenceState
from media_monitoring.models import Article, Claim, Fact, Journalist, Outlet
from media_monitoring.seed_keeping import Invented
from media_monitoring.services import (
    answers,
    claims,
    codings,
    enquiries,
    evidence,
    fact_bank,
    facts,
    journalists,
)

QUOTE = "Vienai delegacijos vakarienei savivaldybė išleido 4 800 eurų."
# title begins with, tone, mentions, reason
READINGS = (
    ("Kiek kainuoja", "misleading", ["council"], "Suma nesutampa su sąmata."),
    ("Alytus ir Cėsys", "positive", ["administration"], ""),
    ("Parko takai", "critical", ["administration"], ""),
    ("Rytinis pokalbis", "neutral", ["administration"], ""),
)


def run() -> str:
    if Claim.objects.exists():
        return "press desk: there already"
    article = Article.objects.filter(title__startswith="Kiek kainuoja svečiai").first()
    person = User.objects.filter(groups__name="specialist").first()
    head = User.objects.filter(groups__name="head").first()
    if article is None or person is None or head is None:
        return "press desk: no articles or people"
    by = Actor.of(person)
    unit = Unit.objects.filter(name_lt__icontains="finans").first() or Unit.objects.first()
    _claims(article, person, head, unit, by)
    _enquiries(article.outlet, person, by)
    for title, tone, mentions, reason in READINGS:
        found = Article.objects.filter(title__startswith=title).first()
        if found:
            codings.code_article(found, by=by, tone=tone, mentions=mentions, reason=reason, genre="fact")
            if tone != "neutral":
                codings.code_article(
                    found,
                    by=Actor.of(head),
                    tone="critical" if tone == "misleading" else tone,
                    genre="fact",
                )
    return f"press desk: {Claim.objects.count()} claims"


def _claims(article: Article, person: User, head: User, unit: Unit | None, by: Actor) -> None:
    claim = claims.note_claim(
        [article],
        title="Vakarienė svečiams esą kainavo 4 800 eurų",
        quote=QUOTE,
        place="3 pastraipa",
        responsible=person,
        unit=unit,
        by=by,
    )
    for record in article.evidence.filter(state=EvidenceState.ASKED):
        evidence.take_evidence(record.pk, fetcher=Invented(article))
        evidence.name_readers(record, [person, head, *record.readers.all()], by=by)
    asked = facts.ask_facts(
        claim,
        unit=unit,
        name="Vardenė Pavardenė",
        email="finansai@alytus.example",
        question="Kiek kainavo balandžio delegacijos vakarienė? Kiek buvo asmenų?",
        hours=4,
        by=by,
    )
    facts.answer_facts(
        asked,
        text="Vakarienės sąmata – 1 140 eurų, 22 asmenys. Sąskaita apmokėta visa.",
        by=Actor(name="Vardenė Pavardenė"),
    )
    fact = fact_bank.save_fact(
        Fact(
            title="Delegacijos vakarienės kaina",
            text="Delegacijos vakarienės sąmata – 1 140 eurų, 22 asmenys.",
            unit=unit,
            source=f"padalinio atsakymas, {claim.number}",
            valid_until=timezone.localdate() + datetime.timedelta(days=180),
        ),
        by=by,
        fields=[],
    )
    fact_bank.approve_fact(fact, by=Actor.of(head))
    paper = Article.objects.filter(title__startswith="Parko takai").first()
    if paper is None:
        return
    other = claims.note_claim(
        [paper],
        title="Parko takų konkursas esą užmirštas",
        quote="Savivaldybė apie takus užmiršo.",
        responsible=person,
        by=by,
    )
    claims.judge_claim(
        other,
        verdict="lacks_context",
        our_facts="Konkursas skelbiamas antrą kartą, nes pirmajame nebuvo dalyvių.",
        reason="Nutylėta, kodėl konkursas kartojamas.",
        revision=other.revision,
        by=by,
    )
    other.refresh_from_db()
    answers.word_answer(
        other,
        revision=other.revision,
        by=by,
        answer_kind="comment",
        answer_reason="",
        answer_to="„Dzūkų žinių“ redakcijai",
        answer_title="Dėl Dailidės parko takų konkurso",
        answer_text="Pirmajame konkurse pasiūlymų negauta, todėl jis skelbiamas antrą kartą.\n\n"
        "Pasiūlymų laukiame iki mėnesio pabaigos.",
        signatory="Vardenė Pavardenė, skyriaus vedėja",
    )


def _enquiries(outlet: Outlet, person: User, by: Actor) -> None:
    journalist = Journalist(
        first_name="Rasa",
        last_name="Rašytoja",
        outlet=outlet,
        post="žurnalistė",
        beats="savivaldybė, biudžetas",
        languages=["lt", "en"],
        consent_on=timezone.localdate() - datetime.timedelta(days=60),
        consent_note="laišku",
    )
    contacts = {"email": "rasa@dainavoskrastas.example", "phone": "8 000 00 000"}
    journalists.save_journalist(journalist, by=by, fields=[], contacts=contacts)
    journalists.ask_accreditation(
        journalist,
        event="Miesto šventė",
        valid_until=timezone.localdate() + datetime.timedelta(days=30),
        by=by,
    )
    visit = Matter.objects.filter(kind="visit").open().order_by("pk").first()
    if visit is not None:
        row = journalists.ask_accreditation(
            journalist,
            matter=visit,
            valid_until=timezone.localdate() + datetime.timedelta(days=60),
            by=by,
        )
        journalists.decide_accreditation(row, granted=True, by=by)
    enquiry = enquiries.receive_enquiry(
        by=by,
        title="Kiek delegacijų priimta šiemet",
        journalist=journalist,
        received_at=timezone.now() - datetime.timedelta(hours=3),
        channel="mail",
        question="Kiek užsienio delegacijų šiemet priėmė savivaldybė ir kiek tai kainavo?",
        time_class="gather",
        responsible=person,
    )
    answers.word_enquiry(
        enquiry,
        answer_text="Šiemet priimtos 38 delegacijos.",
        is_refusal=False,
        signatory="Viešųjų ir užsienio ryšių skyrius",
        revision=enquiry.revision,
        by=by,
    )
