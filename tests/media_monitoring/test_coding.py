"""Coding by people, the agreement of two, the machine that learns from them and never decides."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.models import Norm
from media_monitoring import coding
from media_monitoring.models import Coding, Proposal, ToneModel
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article

pytestmark = pytest.mark.django_db
GOOD = (
    "Gyventojai džiaugiasi parku",
    "Tėvai džiaugiasi darželiu",
    "Sportininkai dėkoja už gražią salę",
    "Senjorai dėkoja bibliotekai",
    "Gražus parkas džiugina vaikus",
    "Svečiai džiaugiasi švente ir dėkoja",
    "Mokiniai dėkoja mokytojams",
    "Visi džiaugiasi gražia aikšte",
)
BAD = (
    "Vairuotojai piktinasi duobėmis",
    "Keleiviai kritikuoja vėlavimą",
    "Gyventojai piktinasi triukšmu",
    "Opozicija kritikuoja biudžetą",
    "Pėstieji piktinasi ledu ir duobėmis",
    "Verslininkai kritikuoja mokesčius",
    "Tėvai piktinasi eilėmis",
    "Tarybos narys kritikuoja delsimą",
)


def code(article, person, tone="neutral", **fields):
    from media_monitoring.services.codings import code_article

    return code_article(article, by=person.actor, tone=tone, genre="fact", **fields)


def url_of(article):
    return reverse("media_monitoring:coding", args=[article.pk])


def test_alpha_is_that_of_the_textbook():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability, section B: nominal data, two observers."""
    one = "a a b b d c c c e d d a".split()
    other = "b a b b b c c c e d d d".split()

    assert coding.krippendorff_alpha(zip(one, other, strict=True)) == pytest.approx(0.692, abs=0.001)
    assert coding.krippendorff_alpha([("a", "a"), ("b", "b")]) == 1
    assert coding.krippendorff_alpha([("a", "a"), ("a",)]) is None


def test_the_first_reading_is_in_force_and_the_second_coder_is_blind(client):
    article = make_article("Tiltas", "Tiltas remontuojamas.")
    first, second = UserFactory(role="specialist"), UserFactory(role="head")
    client.force_login(first)
    assert client.post(url_of(article), {"genre": "fact"}).status_code == 422
    client.post(url_of(article), {"tone": "critical", "genre": "opinion", "mentions": ["mayor", "council"]})
    client.force_login(second)

    page = client.get(url_of(article))
    assert page.context_data["is_blind"] is True
    assert page.context_data["others"] == []
    client.post(url_of(article), {"tone": "neutral", "genre": "fact"})

    assert [(row.coder, row.tone, row.is_second) for row in article.codings.all()] == [
        (first, "critical", False),
        (second, "neutral", True),
    ]
    assert [row.coder for row in client.get(url_of(article)).context_data["others"]] == [first]
    assert Coding.objects.in_force().get().mentions == ["mayor", "council"]
    assert client.get(reverse("media_monitoring:coders")).context_data["agreement"]["count"] == 1


def test_what_misleads_wants_a_reason(client):
    article = make_article("Tiltas")
    client.force_login(UserFactory(role="specialist"))

    response = client.post(url_of(article), {"tone": "misleading", "genre": "fact"})

    assert response.status_code == 422
    assert response.context_data["form"].errors.keys() == {"reason"}


def test_who_only_reads_does_not_code(client):
    article = make_article("Tiltas")
    client.force_login(UserFactory(role="leadership"))

    assert client.get(url_of(article)).status_code == 403
    assert client.get(reverse("media_monitoring:coders")).status_code == 403


def test_the_machine_learns_only_from_enough_says_how_often_it_is_right_and_never_codes(client):
    call_command("sync_rules", verbosity=0)
    person = UserFactory(role="specialist")
    for good, bad in zip(GOOD, BAD, strict=True):
        code(make_article(good), person, "positive")
        code(make_article(bad), person, "critical")
    assert coding.learn() is None  # sixteen codings are too few
    assert coding.propose() == 0
    Norm.objects.filter(code="TONE_LEARNS_FROM").update(value=5)

    model = coding.learn()
    assert model.samples == 16
    assert model.is_useful
    assert model.accuracy > 0.7 > model.baseline
    assert coding.learn() == model  # nothing was coded since
    article = make_article("Duobės", "Vairuotojai piktinasi duobėtomis gatvėmis, kritikuoja delsimą.")
    assert coding.propose() == 1
    assert coding.propose() == 0
    assert Proposal.objects.get().tone == "critical"
    assert not article.codings.exists()

    client.force_login(person)
    page = client.get(url_of(article))
    assert f"{model.percent}" in page.content.decode()
    assert page.context_data["form"]["tone"].value() is None  # nothing is chosen beforehand
    client.post(url_of(article), {"tone": "neutral", "genre": "fact"})
    row = article.codings.get()
    assert (row.tone, row.proposed_tone, row.model) == ("neutral", "critical", model)


def test_a_machine_no_better_than_the_commonest_tone_keeps_silent():
    ToneModel.objects.create(
        samples=400,
        classes=["neutral"],
        accuracy=0.5,
        baseline=0.6,
        macro_f1=0.3,
        baseline_f1=0.4,
        weights=b"",
    )
    make_article("Tiltas")

    assert coding.propose() == 0
