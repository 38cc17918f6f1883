"""A claim from the article to the published correction: facts by link, verdict, approval, sending, outcome."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import deadlines
from core.errors import DomainError
from core.files import store
from core.mail import whole_texts
from core.models import OutgoingMail
from matters import approvals
from matters.models import Ladder, Notice
from media_monitoring import services as press
from media_monitoring.models import Article, Claim, ClaimArticle, Evidence, Fact, FactRequest
from media_monitoring.services import answers, claims, fact_bank, facts
from tests.accounts.factories import UnitFactory, UserFactory
from tests.media_monitoring.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db
QUOTE = "Vienai delegacijos vakarienei savivaldybė išleido 4 800 eurų."
REPRINTED = (
    "Savivaldybės priimamų delegacijų išlaidos šiemet išaugo, sako tarybos narys. Vienai delegacijos vakarienei "
    "savivaldybė išleido 4 800 eurų, teigia jis, o iki metų pabaigos laukiama dar septynių svečių grupių iš miestų partnerių."
)


@pytest.fixture(autouse=True)
def rules():
    for command in ("sync_rules", "sync_ladders"):
        call_command(command, verbosity=0)


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def make_claim(by=None, *articles, **fields):
    by = by or UserFactory(role="specialist")
    rows = articles or (make_article("Kiek kainuoja svečiai", "Vakarienė kainavo 4 800 eurų."),)
    values = {"title": "Vakarienė už 4 800 eurų", "quote": QUOTE, "responsible": by, **fields}
    return claims.note_claim(rows, by=by.actor, **values)


def judge(claim, verdict="false"):
    claims.judge_claim(
        claim,
        verdict=verdict,
        our_facts="Vakarienės sąmata – 1 140 eurų, 22 asmenys.",
        reason="",
        revision=claim.revision,
        by=claim.responsible.actor,
    )
    claim.refresh_from_db()


def word(claim, kind="denial", **fields):
    values = {
        "answer_kind": kind,
        "answer_reason": "",
        "answer_to": "„Dainavos krašto“ redakcijai",
        "answer_title": "Prašymas paneigti",
        "answer_text": "Vakarienė kainavo 1 140 eurų.",
        "signatory": "Vardenė Pavardenė, skyriaus vedėja",
        **fields,
    }
    answers.word_answer(claim, revision=claim.revision, by=claim.responsible.actor, **values)
    claim.refresh_from_db()


def approve(claim):
    head = UserFactory(role="head")
    approval = approvals.submit(claim, by=claim.responsible.actor)
    approvals.open_round(
        approval.version, store(b"%PDF-1.7 frozen", name="v.pdf", media_type="application/pdf")
    )
    approvals.approve(approval.steps.get(), by=head.actor)
    claim.refresh_from_db()


def letter_to(address):
    return OutgoingMail.objects.filter(to=address).order_by("-pk").first()


def page_of(address):
    return reverse("links:page", args=[re.search(r"/n/([\w-]+)/", whole_texts(letter_to(address))[0])[1]])


# --- noting -------------------------------------------------------------------------------------------------


def test_a_claim_is_noted_from_an_article_with_its_reprints(client, specialist):
    first = make_article("Kiek kainuoja svečiai", REPRINTED, days_ago=2)
    reprint = make_article("Svečiai kainuoja", REPRINTED, outlet=make_outlet("Nemuno kilpa"))
    first.refresh_from_db()
    reprint.refresh_from_db()
    assert first.story_id == reprint.story_id is not None
    url = reverse("media_monitoring:claim_note", args=[first.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"title": "Vakarienė"}).status_code == 422
    client.post(
        url, {"title": "Vakarienė", "quote": QUOTE, "responsible": specialist.pk, "also": [reprint.pk]}
    )

    claim = Claim.objects.get()
    assert (claim.status, claim.next_step, claim.phase) == ("noted", "ask", "active")
    assert claim.outlet == first.outlet
    assert [row.article for row in claim.said_in.all()] == [first, reprint]
    assert claim.due_on == deadlines.add_working_days(timezone.localdate(), 1)
    assert client.get(claim.get_absolute_url()).status_code == 200


def test_an_article_is_added_once_and_the_last_one_stays(client, specialist):
    claim = make_claim(specialist)
    other = make_article("Kita")
    url = reverse("media_monitoring:claim_add", args=[claim.pk, other.pk])

    client.post(url)
    client.post(url)
    assert claim.said_in.count() == 2
    for said in claim.said_in.all():
        client.post(reverse("media_monitoring:claim_drop", args=[claim.pk, said.pk]))
    assert claim.said_in.count() == 1


# --- facts by link --------------------------------------------------------------------------------------------


def test_a_unit_is_asked_with_a_clock_and_answers_on_its_page_with_a_file(client, specialist):
    claim, unit = make_claim(specialist), UnitFactory()
    url = reverse("media_monitoring:facts_ask", args=[claim.pk])
    assert client.get(url).context_data["form"].initial["hours"] == 4
    client.post(
        url,
        {"unit": unit.pk, "name": "Ona", "email": "ona@finansai.example", "question": "Kiek?", "hours": 4},
    )
    asked = FactRequest.objects.get()
    claim.refresh_from_db()
    assert asked.due_at == deadlines.add_working_hours(asked.asked_at, 4)
    assert (claim.status, claim.next_step, claim.phase) == ("asking", "wait_facts", "waiting")
    page = page_of("ona@finansai.example")
    client.logout()
    shown = client.get(page)
    assert QUOTE in shown.content.decode()
    assert "Kiek?" in shown.content.decode()
    assert FactRequest.objects.get().answered_at is None

    assert client.post(f"{page}atsakymas/", {"answer": ""}).status_code == 422
    file = SimpleUploadedFile("Sąmata.pdf", b"%PDF-1.7\n%%EOF", content_type="application/pdf")
    client.post(f"{page}atsakymas/", {"answer": "Sąmata – 1 140 eurų.", "files": file})

    asked.refresh_from_db()
    claim.refresh_from_db()
    assert (asked.answer, asked.papers.count()) == ("Sąmata – 1 140 eurų.", 1)
    assert (claim.status, claim.next_step) == ("noted", "judge")
    assert Notice.objects.filter(user=specialist, key__startswith=f"facts:{asked.pk}").count() == 1


def test_a_silent_unit_is_reminded_twice_after_its_hours_and_no_more():
    claim = make_claim()
    asked = facts.ask_facts(
        claim, name="Ona", email="ona@finansai.example", question="Kiek?", hours=2, by=claim.responsible.actor
    )
    assert facts.chase(asked.due_at - datetime.timedelta(minutes=1)) == 0
    moment = asked.due_at
    told = []
    for _turn in range(5):
        told.append(facts.chase(moment))
        told.append(facts.chase(moment))  # safe to run again
        moment = deadlines.add_working_hours(moment, 2)

    assert told == [1, 0, 1, 0, 1, 0, 0, 0, 0, 0]
    assert OutgoingMail.objects.filter(to="ona@finansai.example").count() == 3  # asked, reminded twice
    assert Notice.objects.filter(key__startswith=f"facts-silent:{asked.pk}").count() == 3


def test_a_withdrawn_request_takes_no_answer(client):
    claim = make_claim()
    asked = facts.ask_facts(
        claim, name="Ona", email="ona@x.example", question="Kiek?", hours=2, by=claim.responsible.actor
    )
    page = page_of("ona@x.example")
    facts.withdraw(asked, by=claim.responsible.actor)

    client.post(f"{page}atsakymas/", {"answer": "Vėlu."})

    asked.refresh_from_db()
    assert asked.answer == ""


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-11-25T16:10", 4, "2026-11-26T11:10"),
        ("2026-11-27T15:00", 2, "2026-11-30T09:15"),  # Friday closes at 15.45
        ("2026-11-28T12:00", 1, "2026-11-30T09:00"),  # a Saturday
        ("2026-12-23T16:00", 2, "2026-12-28T09:00"),  # Christmas
    ],
)
def test_working_hours_run_only_while_people_work(moment, hours, due):
    start, end = (timezone.make_aware(datetime.datetime.fromisoformat(text)) for text in (moment, due))

    assert deadlines.add_working_hours(start, hours) == end


# --- verdict, answer, approval --------------------------------------------------------------------------------


def test_nothing_is_called_false_without_our_facts(client, specialist):
    claim = make_claim(specialist)
    url, form = claim.get_absolute_url(), {"verdict": "false", "our_facts": "", "revision": claim.revision}

    response = client.post(url, form)
    assert response.status_code == 422
    assert response.context_data["form"].errors.keys() == {"our_facts"}
    response = client.post(url, {**form, "our_facts": "Sąmata – 1 140 eurų."})
    claim.refresh_from_db()
    assert (claim.status, claim.next_step) == ("writing", "write")


def test_fair_criticism_is_not_denied():
    claim = make_claim()
    judge(claim, "fair")

    with pytest.raises(DomainError):
        word(claim)
    word(claim, "comment")
    assert claim.next_step == "submit"


def test_the_whole_way_of_an_answer(client, specialist):
    claim = make_claim(specialist)
    judge(claim)
    word(claim)
    assert client.get(reverse("media_monitoring:claim_answer", args=[claim.pk])).status_code == 200
    with pytest.raises(DomainError):
        answers.send_answer(claim, sent_by="mail", where="red@dk.example", by=specialist.actor)
    approve(claim)
    assert (claim.status, claim.next_step) == ("approved", "send")
    url = reverse("media_monitoring:claim_send", args=[claim.pk])

    assert client.post(url, {"sent_by": "mail", "where": ""}).status_code == 422
    client.post(url, {"sent_by": "mail", "where": "red@dk.example"})

    claim.refresh_from_db()
    assert (claim.status, claim.next_step) == ("sent", "watch")
    letter = letter_to("red@dk.example")
    assert "1 140 eurų" in letter.text
    [attached] = letter.attachments.all()
    assert attached.read() == b"%PDF-1.7 frozen"
    assert claim.due_on == deadlines.compute("DENIAL_PUBLISH", timezone.localdate()).due_on
    with pytest.raises(DomainError):
        word(claim, "comment")
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "2.24" in page  # the clock names its law


def test_changing_the_words_after_approval_wants_a_new_one():
    claim = make_claim()
    judge(claim)
    word(claim)
    approve(claim)

    word(claim, answer_text="Vakarienė kainavo 1 140 eurų, ne 4 800.")

    assert (claim.status, claim.next_step) == ("writing", "submit")


def test_giving_no_answer_is_a_decision_with_a_reason():
    claim = make_claim()
    judge(claim, "lacks_context")
    with pytest.raises(DomainError):
        word(claim, "none", answer_text="")
    word(claim, "none", answer_reason="Atsakymas tik paskleistų teiginį.")
    approve(claim)

    assert (claim.status, claim.next_step) == ("settled", "close")
    with pytest.raises(DomainError):
        answers.send_answer(claim, sent_by="mail", where="a@b.example", by=claim.responsible.actor)


def test_the_second_ladder_asks_leadership_too():
    assert Ladder.objects.filter(kind="claim").count() == 2


# --- the outcome ----------------------------------------------------------------------------------------------


def test_an_edited_article_is_told_of_once_and_the_correction_keeps_both_versions(client, specialist):
    article = make_article(
        "Svečiai", "Vakarienė kainavo 4 800 eurų.", medium="web", url="https://dk.example/1", days_ago=1
    )
    claim = make_claim(specialist, article)
    judge(claim)
    word(claim)
    approve(claim)
    answers.send_answer(claim, sent_by="word", where="redaktorė", by=specialist.actor)
    press.keep_text(Article.objects.get(pk=article.pk), "Svečiai", "Vakarienė kainavo 1 140 eurų.")

    assert [claims.watch(timezone.now()), claims.watch(timezone.now())] == [1, 0]
    assert Article.objects.get(pk=article.pk).next_check_at is not None
    said = ClaimArticle.objects.get()
    url = reverse("media_monitoring:claim_outcome", args=[claim.pk, said.pk])
    page = client.get(url).content.decode()
    assert "4 800" in page
    assert "1 140" in page
    assert client.post(url, {"outcome": "corrected", "on": ""}).status_code == 422
    client.post(url, {"outcome": "corrected", "on": timezone.localdate().isoformat()})

    said.refresh_from_db()
    claim.refresh_from_db()
    assert (said.version_before.number, said.version_after.number) == (1, 2)
    assert said.days_to_outcome == 0
    assert Evidence.objects.filter(article=article).count() == 2  # as it was noted, and as it was corrected
    assert (claim.status, claim.next_step) == ("settled", "close")
    client.post(reverse("matters:close", args=[claim.pk]))
    claim.refresh_from_db()
    assert (claim.status, claim.phase) == ("closed", "closed")


def test_a_claim_neither_answered_nor_left_does_not_close(client, specialist):
    claim = make_claim(specialist)

    client.post(reverse("matters:close", args=[claim.pk]))

    claim.refresh_from_db()
    assert claim.phase == "active"


def test_leaders_are_told_and_read_but_do_not_judge(client, specialist):
    claim, leader = make_claim(specialist), UserFactory(role="leadership")
    url = reverse("media_monitoring:claim_leaders", args=[claim.pk])
    assert client.post(url, {}).status_code == 422
    client.post(url, {"people": [leader.pk]})

    assert Notice.objects.get(user=leader).url == claim.get_absolute_url()
    client.force_login(leader)
    assert client.get(claim.get_absolute_url()).status_code == 200
    assert client.post(claim.get_absolute_url(), {"verdict": "fair"}).status_code == 403
    assert client.post(url, {"people": [leader.pk]}).status_code == 403
    client.force_login(UserFactory(role="accountant"))
    assert client.get(claim.get_absolute_url()).status_code == 403


# --- the bank of facts ----------------------------------------------------------------------------------------


def test_a_units_answer_becomes_a_fact_that_is_found_once_approved_until_its_day(client, specialist):
    claim = make_claim(specialist)
    asked = facts.ask_facts(
        claim, name="Ona", email="ona@x.example", question="Kiek?", hours=2, by=specialist.actor
    )
    facts.answer_facts(asked, text="Delegacijos vakarienės sąmata – 1 140 eurų.", by=specialist.actor)
    until = timezone.localdate() + datetime.timedelta(days=30)
    client.post(
        reverse("media_monitoring:facts_keep", args=[asked.pk]),
        {"title": "Vakarienės kaina", "valid_until": until.isoformat()},
    )
    fact = Fact.objects.get()
    text = "Už delegacijų vakarienes mokama per daug."
    assert fact_bank.touching(text) == []
    assert client.post(reverse("media_monitoring:fact_approve", args=[fact.pk])).status_code == 403
    fact_bank.approve_fact(fact, by=UserFactory(role="head").actor)

    assert fact_bank.touching(text) == [fact]
    assert fact_bank.touching(text, today=until + datetime.timedelta(days=1)) == []
    assert fact_bank.touching("Parko takai laukia rangovo.") == []
    assert client.get(reverse("media_monitoring:facts")).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_the_register_of_claims_asks_the_database_as_often(
    client, specialist, django_assert_max_num_queries, count
):
    for number in range(count):
        make_claim(specialist, make_article(str(number)))
    client.get(reverse("media_monitoring:claims"))

    with django_assert_max_num_queries(14):
        response = client.get(reverse("media_monitoring:claims"))
    assert len(response.context_data["rows"]) == count


# --- papers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["denial", "reply", "comment", "own_post", "none"])
def test_each_kind_of_answer_has_its_paper(kind):
    from docx import Document as Docx

    from media_monitoring import answer_papers
    from media_monitoring.claim_kind import snapshot

    claim = make_claim()
    judge(claim)
    reason = "Nedidinsime." if kind == "none" else ""
    word(claim, kind, answer_reason=reason)
    claim = Claim.objects.get(pk=claim.pk)

    data = answer_papers.answer(snapshot(claim), "lt", matter=claim)

    text = "\n".join(p.text for p in Docx(io.BytesIO(answer_papers.answer_docx(data, "lt"))).paragraphs)
    assert QUOTE in text
    assert ("2.24" in text) == (kind == "denial")
    assert (reason or "Vakarienė kainavo 1 140 eurų.") in text


def test_each_article_shows_its_evidence_before_and_after(client, specialist, django_assert_max_num_queries):
    outlet = make_outlet("Portalas", keeps="evidence")
    article = make_article(
        "Kaina", "4 800 eurų.", medium="web", url="https://pavyzdys.example/1", outlet=outlet
    )
    only_linked = make_article(
        "Kaina ir čia",
        "4 800.",
        medium="web",
        url="https://pavyzdys.example/2",
        outlet=make_outlet("Kitas", keeps="link"),
    )
    claim = make_claim(specialist, article, only_linked)
    said = claim.said_in.get(article=article)
    press.keep_text(article, "Kaina", "1 140 eurų.")
    claims.set_outcome(said, outcome="corrected", on=timezone.localdate(), by=specialist.actor)
    said.refresh_from_db()
    before, after = said.evidence_before, said.evidence_after

    response = client.get(claim.get_absolute_url())

    told = {row.article.pk: row.evidence for row in response.context_data["said"]}
    assert [one for _word, one in told[article.pk]] == [before, after]
    assert all(word for word, _one in told[article.pk])
    assert told[only_linked.pk] == []
    page = response.content.decode()
    assert before.get_absolute_url() in page
    assert after.get_absolute_url() in page
    outcome = client.get(reverse("media_monitoring:claim_outcome", args=[claim.pk, said.pk]))
    assert after.get_absolute_url() in outcome.content.decode()
    client.force_login(UserFactory(role="leadership"))
    seen = client.get(claim.get_absolute_url())
    assert [row.evidence for row in seen.context_data["said"]] == [[], []]

    client.force_login(specialist)
    with django_assert_max_num_queries(40) as once:
        client.get(claim.get_absolute_url())
    for number in range(4):
        more = make_article(
            f"{number}", "x", medium="web", url=f"https://pavyzdys.example/v{number}", outlet=outlet
        )
        claims.add_article(claim, more, by=specialist.actor)
    with django_assert_max_num_queries(len(once)):
        client.get(claim.get_absolute_url())
