from __future__ import annotations

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.mail import whole_texts
from core.models import AuditEvent, DeadlineRule, OutgoingMail
from delegations import services
from delegations.choices import ItemKind, MeetingAnswer, Progress
from delegations.models import ItemParticipant, MeetingRequest
from matters.models import Notice, PersonalLink
from resources.models import Place
from tests.accounts.factories import UserFactory
from tests.delegations.factories import clock, make_item, make_member, make_place, make_visit
from tests.delegations.test_guest_links import approve, make_guest
from tests.delegations.test_guest_links import page_of as page_of_guest

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"


def town_hall():
    return Place.objects.filter(name="Savivaldybė").first() or make_place()


def make_request(visit=None, **fields):
    visit = visit or make_visit()
    item = fields.pop("item", None) or make_item(
        visit, "10.00", "11.30", title="Susitikimas komitete", place=town_hall()
    )
    values = {
        "name": "Ona Komitetienė",
        "email": "ona@taryba.example",
        "post": "Švietimo komitetas",
        **fields,
    }
    return services.ask_host(item, by=visit.responsible.actor, **values)


def letters_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def token_in(letter):
    return re.search(r"/n/([\w-]+)/", whole_texts(letter)[0])[1]


def page_of(request):
    return reverse("links:page", args=[token_in(letters_to(request.email)[-1])])


def answer(client, request, **fields):
    return client.post(f"{page_of(request)}atsakymas/", fields)


# --- asking -------------------------------------------------------------------------------------------------


def test_ask_host_writes_a_letter_whose_row_keeps_no_token():
    request = make_request()

    letter = letters_to("ona@taryba.example")[0]
    token = token_in(letter)
    assert token not in letter.text + letter.html
    link = PersonalLink.objects.get()
    assert (link.purpose, link.subject, link.name) == (
        "answer",
        f"delegations.meeting:{request.pk}",
        "Ona Komitetienė",
    )
    assert "Susitikimas komitete" in letter.subject
    assert AuditEvent.objects.filter(action="meeting.asked").count() == 1


def test_ask_form_takes_one_of_ours_or_anybody(client):
    visit, colleague = make_visit(), UserFactory(email="kolege@alytus.example")
    item = make_item(visit, "10.00", "11.00")
    client.force_login(visit.responsible)
    url = reverse("delegations:meeting_ask", args=[visit.pk, item.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"language": "lt"}).status_code == 422
    client.post(url, {"person": colleague.pk, "language": "lt", "message": "Prašome priimti."})
    client.post(url, {"name": "Jonas", "email": "jonas@imone.example", "language": "en"})

    rows = MeetingRequest.objects.order_by("pk")
    assert [(row.name, row.email, row.language) for row in rows] == [
        (colleague.full_name, "kolege@alytus.example", "lt"),
        ("Jonas", "jonas@imone.example", "en"),
    ]
    assert "Could you receive" in letters_to("jonas@imone.example")[0].subject


def test_ask_host_refuses_the_same_address_twice_and_a_day_that_is_over(client):
    request = make_request()
    client.force_login(request.item.visit.responsible)
    url = reverse("delegations:meeting_ask", args=[request.item.visit_id, request.item_id])

    response = client.post(url, {"name": "Ona", "email": "ONA@taryba.example", "language": "lt"})

    assert response.status_code == 422
    assert response.context_data["form"].errors.keys() == {"email"}
    past = make_visit(starts_on=timezone.localdate() - datetime.timedelta(days=9))
    with pytest.raises(DomainError, match="praėjo"):
        make_request(past)


def test_a_reader_may_not_ask(client):
    visit = make_visit()
    item = make_item(visit)
    client.force_login(UserFactory(role="auditor"))

    assert client.get(reverse("delegations:meeting_ask", args=[visit.pk, item.pk])).status_code == 403


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"answer": "confirmed"}, "answered_at_a_moment"),
        ({"answer": "proposed", "answered_at": timezone.now()}, "proposal_has_a_time"),
        ({"answer": "declined", "answered_at": timezone.now()}, "declined_has_reason"),
    ],
)
def test_database_refuses_answers_that_are_not_whole(change, constraint):
    request = make_request()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MeetingRequest.objects.filter(pk=request.pk).update(**change)


# --- the host's page ----------------------------------------------------------------------------------------


def test_host_sees_when_what_and_who_by_name_and_post_alone(client):
    visit = make_visit()
    make_member(
        visit, "Zbigniew Łączyński", post_lt="meras", values={"phone": "+48 600 100", "diet": "be glitimo"}
    )
    item = make_item(visit, "10.00", "11.30", title="Susitikimas komitete", notes="Slapta pastaba")
    request = make_request(visit, item=item, message="Kalbėsime apie mokyklas.")

    before = AuditEvent.objects.count()
    response = client.get(page_of(request))

    text = response.content.decode()
    assert response.status_code == 200
    for words in (
        "Susitikimas komitete",
        "10.00–11.30",
        "Zbigniew Łączyński",
        "meras",
        "Kalbėsime apie mokyklas.",
    ):
        assert words in text
    for words in ("+48 600 100", "be glitimo", "Slapta pastaba"):
        assert words not in text
    assert "no-store" in response["Cache-Control"]
    request.refresh_from_db()
    assert request.answer == MeetingAnswer.WAITING
    assert AuditEvent.objects.count() == before


def test_host_confirms_with_a_note_and_a_paper(client, django_capture_on_commit_callbacks):
    request = make_request()

    response = answer(
        client,
        request,
        answer="confirmed",
        note="Lauksime 2 aukšte.",
        files=SimpleUploadedFile("Komitetas.pdf", PDF, "application/pdf"),
    )

    assert response.status_code == 302
    request.refresh_from_db()
    assert (request.answer, request.note) == ("confirmed", "Lauksime 2 aukšte.")
    paper = request.papers.get()
    assert (paper.matter_id, paper.title, paper.actor_name) == (
        request.item.visit_id,
        "Komitetas",
        "Ona Komitetienė",
    )
    assert PersonalLink.objects.get().used_at
    notice = Notice.objects.get(user=request.item.visit.responsible)
    assert notice.url == reverse("delegations:item", args=[request.item.visit_id, request.item_id])
    assert "Ona Komitetienė" in notice.text
    text = client.get(page_of(request)).content.decode()
    assert "Lauksime 2 aukšte." in text
    assert "Komitetas" in text


def test_host_is_told_what_is_wrong_and_nothing_typed_is_lost(client):
    request = make_request()

    late = answer(
        client, request, answer="proposed", on="2027-06-16", starts="14.00", ends="13.00", note="Posėdis"
    )
    no_reason = answer(client, request, answer="declined", note="")
    program = answer(
        client, request, answer="confirmed", note="Ačiū", files=SimpleUploadedFile("a.pdf", b"MZ\x90\x00")
    )
    nonsense = answer(client, request, answer="waiting")

    assert [late.status_code, no_reason.status_code, program.status_code, nonsense.status_code] == [
        422,
        422,
        422,
        409,
    ]
    assert late.context["forms"]["proposed"].errors.keys() == {"ends"}
    assert "Posėdis" in late.content.decode()
    assert no_reason.context["forms"]["declined"].errors.keys() == {"note"}
    assert program.context["forms"]["confirmed"].errors.keys() == {"files"}
    request.refresh_from_db()
    assert request.answer == MeetingAnswer.WAITING


@pytest.mark.parametrize(
    ("on", "starts", "field"), [("2027-07-01", "9.00", "on"), ("2027-06-15", "10.00", "starts")]
)
def test_proposal_stays_within_the_visit_and_differs(client, on, starts, field):
    response = answer(client, make_request(), answer="proposed", on=on, starts=starts)

    assert response.status_code == 422
    assert field in response.context["forms"]["proposed"].errors


def test_host_changes_her_mind(client):
    request = make_request()

    answer(client, request, answer="declined", note="Atostogos")
    answer(client, request, answer="confirmed", note="")

    request.refresh_from_db()
    assert (request.answer, request.note) == ("confirmed", "")
    assert Notice.objects.count() == 2


def test_answer_needs_a_csrf_token_and_the_right_link():
    from django.test import Client

    request, other = make_request(), make_request(name="Kita", email="kita@imone.example")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{page_of(request)}atsakymas/", {"answer": "confirmed"}).status_code == 403
    assert strict.get(reverse("links:page", args=["x" * 43])).status_code == 404
    # a link bound to a request of another matter opens nothing
    PersonalLink.objects.filter(subject=request.subject).update(subject=other.subject)
    assert strict.get(page_of(request)).status_code == 404


def test_expired_link_offers_a_new_one_to_the_same_address(client):
    request = make_request()
    page = page_of(request)
    PersonalLink.objects.update(expires_at=timezone.now() - datetime.timedelta(hours=1))

    shown = client.get(page)
    client.post(f"{page}nauja/")
    client.post(f"{page}nauja/")

    assert shown.status_code == 410
    assert len(letters_to("ona@taryba.example")) == 2
    assert client.get(page_of(request)).status_code == 200


# --- what becomes of the answer -----------------------------------------------------------------------------


def proposed(client, request, on="2027-06-16", starts="14.00", ends="15.00"):
    answer(client, request, answer="proposed", on=on, starts=starts, ends=ends)
    request.refresh_from_db()
    assert request.answer == MeetingAnswer.PROPOSED


def test_proposed_time_is_taken_with_warnings_and_the_host_learns(client):
    visit = make_visit()
    make_member(visit)
    request = make_request(visit)
    make_item(visit, "14.00", "15.00", day=2, title="Muziejus")
    proposed(client, request)
    client.force_login(visit.responsible)

    response = client.post(reverse("delegations:meeting_take", args=[visit.pk, request.pk]), follow=True)

    request.refresh_from_db()
    request.item.refresh_from_db()
    assert (request.item.on.isoformat(), request.item.starts, request.item.ends) == (
        "2027-06-16",
        clock("14.00"),
        clock("15.00"),
    )
    assert request.answer == MeetingAnswer.CONFIRMED
    assert not request.is_moved
    assert "warning" in {message.level_tag for message in response.context["messages"]}
    assert len(letters_to(request.email)) == 2
    assert client.get(page_of(request)).status_code == 200


def test_proposed_time_is_refused_with_words_and_the_question_opens_again(client):
    request = make_request()
    proposed(client, request)
    client.force_login(request.item.visit.responsible)
    url = reverse("delegations:meeting_refuse", args=[request.item.visit_id, request.pk])

    client.post(url, {"words": ""})
    request.refresh_from_db()
    assert request.answer == MeetingAnswer.PROPOSED
    client.post(url, {"words": "Tuo metu svečiai Vilniuje."})

    request.refresh_from_db()
    assert (request.answer, request.refusal) == ("waiting", "Tuo metu svečiai Vilniuje.")
    assert "Tuo metu svečiai Vilniuje." in letters_to(request.email)[-1].text
    assert "Tuo metu svečiai Vilniuje." in client.get(page_of(request)).content.decode()


def test_moved_item_keeps_no_yes_and_asks_again(client):
    request = make_request()
    visit = request.item.visit
    answer(client, request, answer="confirmed")
    services.move_item(request.item, by=visit.responsible.actor, on=request.item.on, starts=clock("16.00"))

    request = MeetingRequest.objects.select_related("item").get(pk=request.pk)
    assert request.is_moved
    assert list(MeetingRequest.objects.to_settle()) == [request]
    refused = answer(client, request, answer="declined", note="Ne")
    assert refused.status_code == 409

    client.force_login(visit.responsible)
    client.post(reverse("delegations:meeting_again", args=[visit.pk, request.pk]))
    request = MeetingRequest.objects.select_related("item").get(pk=request.pk)
    assert (request.answer, request.asked_starts, request.is_moved) == ("waiting", clock("16.00"), False)
    assert not MeetingRequest.objects.to_settle().exists()
    assert "16.00" in letters_to(request.email)[-1].text


@pytest.mark.parametrize("how", ["removed", "cancelled", "called off", "withdrawn"])
def test_request_is_withdrawn_with_its_item(client, how):
    request = make_request()
    visit, by, page = request.item.visit, request.item.visit.responsible.actor, page_of(request)

    if how == "removed":
        services.remove_item(request.item, by=by)
    elif how == "cancelled":
        services.say_outcome(request.item, progress=Progress.CANCELLED, note="Liga", by=by)
    elif how == "called off":
        services.call_off_visit(visit, reason="Neatvyksta", by=by)
    else:
        client.force_login(visit.responsible)
        client.post(reverse("delegations:meeting_withdraw", args=[visit.pk, request.pk]))

    request.refresh_from_db()
    assert request.withdrawn_at
    assert client.get(page).status_code == 410
    assert len(letters_to(request.email)) == 2
    assert "/n/" not in letters_to(request.email)[-1].text


def test_silent_hosts_are_chased_by_the_rule_and_not_for_ever():
    call_command("sync_rules", verbosity=0)
    visit = make_visit()
    request = make_request(visit)
    MeetingRequest.objects.update(
        asked_at=datetime.datetime(2027, 6, 1, 12, tzinfo=datetime.UTC)
    )  # a Tuesday

    counts = [services.chase_hosts(datetime.date(2027, 6, day)) for day in (3, 4, 4, 9, 14)]

    assert counts == [0, 1, 0, 1, 1]  # three working days each; twice a letter, then a person telephones
    assert len(letters_to(request.email)) == 3
    assert Notice.objects.filter(user=visit.responsible).count() == 3
    assert services.chase_hosts(datetime.date(2027, 6, 15)) == 0


def test_nobody_is_chased_without_a_rule_or_after_an_answer(client):
    request = make_request()
    DeadlineRule.objects.filter(code="MEETING_ANSWER").delete()
    assert services.chase_hosts(datetime.date(2027, 6, 14)) == 0
    call_command("sync_rules", verbosity=0)
    answer(client, request, answer="confirmed")

    assert services.chase_hosts(datetime.date(2027, 6, 14)) == 0
    assert len(letters_to(request.email)) == 1


# --- where it is seen ---------------------------------------------------------------------------------------


def test_item_builder_list_and_my_day_show_how_the_request_stands(client):
    visit = make_visit()
    request = make_request(visit)
    answer(client, request, answer="declined", note="Komitetas posėdžiauja")
    client.force_login(visit.responsible)

    item = client.get(reverse("delegations:item", args=[visit.pk, request.item_id]))
    board = client.get(reverse("delegations:programme", args=[visit.pk]))
    day = client.get(reverse("matters:my_day"))

    assert list(item.context_data["requests"]) == [request]
    assert "Komitetas posėdžiauja" in item.content.decode()
    assert board.context_data["board"].items[0].asked["icon"] == "user-x"
    assert "Komitetas posėdžiauja" in day.content.decode()


def test_signs_of_requests_are_read_at_once(client, django_assert_num_queries):
    from delegations.views.meetings import mark_requests

    visit = make_visit()
    for hour in ("9.00", "11.00", "13.00"):
        make_request(visit, item=make_item(visit, hour, kind=ItemKind.MEETING))
    items = list(visit.items.all())

    with django_assert_num_queries(1):
        mark_requests(items)

    assert {item.asked["icon"] for item in items} == {"user-question"}


def test_a_paper_marked_for_the_guests_stands_on_the_page_of_those_who_meet_the_host(client):
    """On the link host, for the guests of that item alone, until it is taken off again."""
    call_command("sync_rules", verbosity=0)
    request = make_request()
    visit, item = request.item.visit, request.item
    answer(
        client, request, answer="confirmed",
        files=SimpleUploadedFile("Komitetas.pdf", PDF, "application/pdf"),
    )  # fmt: skip
    paper = request.papers.get()
    mine, other = make_guest(visit, "Anna Nowak"), make_guest(visit, "Jan Kowal", email="jan@opole.example")
    item.is_for_all = False
    item.save(update_fields=["is_for_all"])
    ItemParticipant.objects.create(item=item, member=mine)
    approve(visit)
    page, theirs = page_of_guest(visit, mine), page_of_guest(visit, other, "jan@opole.example")
    file = {"nr": str(paper.pk)}
    client.force_login(visit.responsible)
    mark = reverse("delegations:meeting_paper", args=[visit.pk, request.pk])

    hidden = (client.get(page).content.decode(), client.get(f"{page}priedas", file).status_code)
    client.post(mark, {"paper": paper.pk, "on": "1"})
    shown = client.get(page).content.decode()
    got = client.get(f"{page}priedas", file)

    assert "Komitetas" not in hidden[0]
    assert hidden[1] == 404
    assert "Komitetas" in shown
    assert f"priedas?kalba=pl&amp;nr={paper.pk}" in shown
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert got["Content-Disposition"].startswith("attachment")
    assert "Komitetas" not in client.get(theirs).content.decode()
    assert client.get(f"{theirs}priedas", file).status_code == 404
    assert client.get(f"{page}priedas", {"nr": "x"}).status_code == 404
    client.post(mark, {"paper": paper.pk})
    assert client.get(f"{page}priedas", file).status_code == 404
    assert AuditEvent.objects.filter(action="meeting.paper_shown").exists()
