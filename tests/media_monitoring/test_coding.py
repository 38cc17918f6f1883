"""Coding by people, the agreement of two, the machine that learns from them and never decides."""

from __future__ import annotations

import datetime
import json
import random
import subprocess
import sys
import tempfile

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.models import Norm
from media_monitoring import coding, learner, proposals
from media_monitoring.choices_desk import Tone
from media_monitoring.models import Coding, CodingModel, Proposal
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article

pytestmark = pytest.mark.django_db
needs_library = pytest.mark.skipif(not learner.is_there(), reason="installed by requirements-learning.txt")
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


@pytest.fixture
def coded():
    """Sixteen articles coded by one person, and an office that learns from five of a label."""
    call_command("sync_rules", verbosity=0)
    person = UserFactory(role="specialist")
    for good, bad in zip(GOOD, BAD, strict=True):
        code(make_article(good), person, "positive")
        code(make_article(bad), person, "critical")
    Norm.objects.filter(code="TONE_LEARNS_FROM").update(value=5)
    return person


def test_too_little_is_not_learned_and_said_so(client, coded):
    Norm.objects.filter(code="TONE_LEARNS_FROM").update(value=9)
    client.force_login(coded)

    assert proposals.learn() == []
    assert proposals.propose() == 0
    page = client.get(reverse("media_monitoring:coders"))
    [tone, genre, unit] = page.context_data["learned"]
    assert [(row.label, row.count, row.recall) for row, _words in tone["rows"]] == [
        ("critical", 8, None),
        ("positive", 8, None),
    ]
    assert [row.count for row, _words in genre["rows"]] == [16]
    assert not unit["rows"]
    assert page.context_data["needed"] == 9


def test_without_the_library_nothing_is_learned_and_the_pages_say_so(client, coded, monkeypatch):
    monkeypatch.setattr(learner, "find_spec", lambda name: None)
    client.force_login(coded)

    assert proposals.learn() == []
    assert client.get(reverse("media_monitoring:coders")).context_data["can_learn"] is False
    client.force_login(UserFactory(role="administrator"))
    assert "requirements-learning.txt" in client.get(reverse("core:self_check")).content.decode()


@needs_library
def test_it_learns_once_a_day_is_measured_and_shown_only_after_the_decision(client, coded):
    [model] = proposals.learn()

    assert (model.aspect, model.samples, model.is_useful) == ("tone", 16, True)
    assert model.accuracy > 0.7 > model.baseline
    assert {row["label"]: row["count"] for row in model.labels} == {"positive": 8, "critical": 8}
    assert "sklearn" not in sys.modules  # the worker stays as small as it was
    assert proposals.learn() == []  # once a day
    article = make_article("Duobės", "Vairuotojai piktinasi duobėtomis gatvėmis, kritikuoja delsimą.")
    assert proposals.propose() == 1
    assert proposals.propose() == 0
    assert Proposal.objects.get().label == "critical"
    assert not article.codings.exists()

    client.force_login(coded)
    page = client.get(url_of(article))
    assert page.context_data["machine"] == []
    assert 'id="machine"' not in page.content.decode()
    assert page.context_data["form"]["tone"].value() is None
    client.post(url_of(article), {"tone": "neutral", "genre": "fact"})
    [(proposal, words)] = client.get(url_of(article)).context_data["machine"]
    assert (proposal.label, proposal.met, proposal.is_met, str(words)) == (
        "critical",
        "neutral",
        False,
        str(Tone.CRITICAL.label),
    )
    assert article.codings.get().tone == "neutral"

    second = UserFactory(role="head")
    client.force_login(second)
    assert client.get(url_of(article)).context_data["machine"] == []  # blind until she has decided, too
    code(article, second, "critical")
    proposal.refresh_from_db()
    assert proposal.met == "neutral"  # the first coder's
    [tone, *_rest] = client.get(reverse("media_monitoring:coders")).context_data["learned"]
    assert tone["since"] == (1, 0)
    assert {row.label: row.recall for row, _words in tone["rows"] if row.recall is not None}.keys() == {
        "positive",
        "critical",
    }


@needs_library
def test_what_was_coded_since_is_learned_the_next_day_and_weighs_alone(coded):
    [first] = proposals.learn()
    assert first.weights
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Coding.objects.update(updated_at=yesterday - datetime.timedelta(days=1))
    CodingModel.objects.update(trained_at=yesterday)
    assert proposals.learn() == []  # nothing was coded since
    code(make_article("Gyventojai dėkoja", days_ago=2), coded, "positive")

    [second] = proposals.learn()

    assert second.samples == 17
    first.refresh_from_db()
    assert not first.weights
    assert proposals.current() == {"tone": second}


@needs_library
@pytest.mark.parametrize("labels", ["ab", "abc"])
def test_the_dot_product_says_what_the_library_says(labels):
    dice = random.Random(4)
    rows = [
        {"words": sorted(dice.sample("klmnoprst", 4)) + [f"apie{label}"], "labels": {"tone": label}}
        for label in labels * 12
    ]
    with tempfile.TemporaryFile() as samples:
        for number, row in enumerate(rows):
            samples.write(json.dumps({**row, "group": str(number)}).encode() + b"\n")
        samples.seek(0)
        learned = learner.learn(samples)["tone"]
    texts = [["apiea", "k", "l"], ["apieb", "unknown"], ["s", "t"]]
    asked = json.dumps([[[row["words"] for row in rows], [row["labels"]["tone"] for row in rows]], texts])
    done = subprocess.run(
        [sys.executable, "-c", LIBRARY], input=asked, capture_output=True, text=True, check=True
    )

    weights = proposals.Weights.unpacked(proposals.Weights.packed(learned))
    for text, (label, share) in zip(texts, json.loads(done.stdout), strict=True):
        assert weights.says(text)[1] == pytest.approx(share, abs=1e-4)
        assert weights.says(text)[0] == label


LIBRARY = """
import json, sys
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
(texts, labels), asked = json.load(sys.stdin)
words = TfidfVectorizer(analyzer=list, binary=True, min_df=2)
machine = LogisticRegression(C=10, class_weight="balanced", max_iter=2000).fit(words.fit_transform(texts), labels)
print(json.dumps([[machine.classes_[row.argmax()], row.max()] for row in machine.predict_proba(words.transform(asked))]))
"""


def test_a_learner_that_falls_is_told_of():
    with tempfile.TemporaryFile() as samples:
        samples.write(b"ne JSON\n")
        samples.seek(0)
        with pytest.raises(learner.NotLearnedError, match="JSONDecodeError"):
            learner.learn(samples)


def test_a_machine_no_better_than_the_commonest_keeps_silent_and_takes_back_what_it_said():
    fields = {"aspect": "tone", "samples": 400, "weights": b""}
    useful = CodingModel.objects.create(**fields, accuracy=0.8, baseline=0.6, macro_f1=0.7, baseline_f1=0.4)
    article = make_article("Tiltas")
    Proposal.objects.create(article=article, aspect="tone", model=useful, label="critical", share=0.9)
    CodingModel.objects.create(**fields, accuracy=0.5, baseline=0.6, macro_f1=0.3, baseline_f1=0.4)

    assert proposals.propose() == 0
    assert not Proposal.objects.exists()
