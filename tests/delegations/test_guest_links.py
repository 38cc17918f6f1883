from __future__ import annotations

import datetime
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core.files import store
from core.mail import whole_texts
from core.models import AuditEvent, Job, OutgoingMail, PersonalValue
from delegations import services
from delegations.guest_page import NAMES, approved_of
from delegations.papers import content as read
from delegations.papers.for_leadership import page as leadership_page
from delegations.services import guest_links
from documents.services.filing import add_version
from matters import amendments, approvals
from matters.models import Amendment, Ladder, LadderStep, PersonalLink, Version
from matters.models.approvals import current_content
from partners.choices import Language
from tests.accounts.factories import UserFactory
from tests.delegations.factories import clock, make_item, make_member, make_place, make_visit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def rules(db):
    call_command("sync_rules", verbosity=0)


def make_guest(visit, name="Zbigniew Łączyński", *, email="zbigniew@opole.example", consent=True, **fields):
    values = {"email": email, "phone": "+48 600 100"} if email else {}
    return make_member(visit, name, values=values, consented_on=TODAY() if consent else None, **fields)


def make_going_on(**fields):
    """A visit that began today."""
    return make_visit(starts_on=TODAY(), **fields)


def approve(visit):
    """Frozen as it stands and approved by the head, whose paper is there."""
    visit.refresh_from_db()
    if not Ladder.objects.filter(kind="visit").exists():
        ladder = Ladder.objects.create(kind="visit", name="Programa", is_default=True)
        LadderStep.objects.create(
            ladder=ladder, order=1, label="tvirtina", user=UserFactory(role="head"), channels=["session"]
        )
    approval = approvals.submit(visit, by=visit.responsible.actor)
    approvals.open_round(
        approval.version, store(b"%PDF-1.7 frozen", name="v.pdf", media_type="application/pdf")
    )
    step = approval.steps.get()
    approvals.approve(step, by=step.user.actor)
    visit.refresh_from_db()
    return Version.objects.get(pk=approval.version_id)


def letters_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def page_in(letter):
    return re.search(r"/n/[\w-]+/", whole_texts(letter)[0])[0]


def page_of(visit, member, address="zbigniew@opole.example"):
    guest_links.send_guest_links(visit, by=visit.responsible.actor, members=[member])
    return page_in(letters_to(address)[-1])


# --- giving the links ---------------------------------------------------------------------------------------


def test_letters_go_to_guests_with_an_address_and_a_consent_once(client):
    visit = make_going_on()
    make_guest(visit)
    make_guest(visit, "Be Sutikimo", email="be@opole.example", consent=False)
    make_guest(visit, "Be Adreso", email="")
    client.force_login(visit.responsible)
    url = reverse("delegations:guest_links_send", args=[visit.pk])

    first = client.post(url, follow=True)
    client.post(url)

    assert [letter.to for letter in OutgoingMail.objects.all()] == ["zbigniew@opole.example"]
    said = " ".join(str(message) for message in first.context["messages"])
    assert "Be Sutikimo" in said
    assert "Be Adreso" in said
    link = PersonalLink.objects.get()
    assert (link.purpose, link.email, link.language, link.name) == ("guest", "", "pl", "Zbigniew Łączyński")
    letter = letters_to("zbigniew@opole.example")[0]
    assert read.words("pl")["letter"] in letter.text
    assert page_in(letter).split("/")[2] not in letter.text + letter.html


def test_addresses_stay_in_personal_values_alone():
    visit = make_going_on()
    make_guest(visit)

    guest_links.send_guest_links(visit, by=visit.responsible.actor)

    for event in AuditEvent.objects.all():
        assert "zbigniew@opole" not in str(event.data)
    assert not PersonalLink.objects.exclude(email="").exists()
    assert not any("zbigniew@opole" in str(job.payload) + job.key for job in Job.objects.all())
    assert "zbigniew@opole" not in OutgoingMail.objects.get().subject


def test_links_end_with_the_visit_and_follow_it():
    visit = make_going_on(days=3)
    member = make_guest(visit)
    guest_links.send_guest_links(visit, by=visit.responsible.actor)
    before = PersonalLink.objects.get().expires_at

    visit.refresh_from_db()
    services.change_visit(
        visit,
        revision=visit.revision,
        by=visit.responsible.actor,
        ends_on=visit.ends_on + datetime.timedelta(days=7),
    )

    assert (before.date() - visit.ends_on).days >= 7
    assert PersonalLink.objects.get().expires_at > before
    assert guest_links.member_of(PersonalLink.objects.get()) == member


def test_sheet_prints_a_code_for_everyone_and_keeps_no_token(client):
    visit = make_going_on()
    make_guest(visit)
    make_guest(visit, "Be Sutikimo", email="", consent=False)
    client.force_login(visit.responsible)

    response = client.post(reverse("delegations:guest_links_sheet", args=[visit.pk]))

    text = response.content.decode()
    assert text.count('class="qr"') == 2
    assert "Zbigniew Łączyński" in text
    assert " style=" not in text
    assert PersonalLink.objects.count() == 2
    assert not OutgoingMail.objects.exists()
    assert "no-store" in response["Cache-Control"]
    assert client.get(reverse("delegations:guest_links_sheet", args=[visit.pk])).status_code == 405


def test_revoked_links_are_gone_at_once(client):
    visit = make_going_on()
    member = make_guest(visit)
    page = page_of(visit, member)
    assert client.get(page).status_code == 200
    client.force_login(visit.responsible)

    client.post(reverse("delegations:guest_links_revoke", args=[visit.pk, member.pk]))

    assert client.get(page).status_code == 410
    assert client.get(f"{page}kalendorius.ics").status_code == 404


def test_expired_link_is_renewed_to_the_kept_address_while_the_visit_lasts(client):
    visit = make_going_on()
    member = make_guest(visit)
    page = page_of(visit, member)
    PersonalLink.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    PersonalLink.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))

    assert f"{page}nauja/" in client.get(page).content.decode()
    client.post(f"{page}nauja/")
    client.post(f"{page}nauja/")

    assert len(letters_to("zbigniew@opole.example")) == 2
    PersonalValue.objects.all().delete()
    assert f"{page}nauja/" not in client.get(page).content.decode()


def test_who_may_not_change_the_visit_may_not_give_links(client):
    visit = make_going_on()
    member = make_guest(visit)
    client.force_login(UserFactory(role="auditor"))

    for name, args in (
        ("guest_links_send", ()),
        ("guest_links_sheet", ()),
        ("guest_links_revoke", (member.pk,)),
    ):
        assert client.post(reverse(f"delegations:{name}", args=[visit.pk, *args])).status_code == 403
    assert client.get(reverse("delegations:guest_links", args=[visit.pk])).status_code == 403
    assert not PersonalLink.objects.exists()


# --- the page -----------------------------------------------------------------------------------------------


def test_page_says_it_is_being_prepared_until_the_programme_is_approved(client):
    visit = make_going_on()
    member = make_guest(visit)
    make_item(visit, title="Priima meras", pl="Spotkanie z merem")
    page = page_of(visit, member)

    before = client.get(page).content.decode()
    approve(visit)
    services.change_item(
        visit.items.get(), by=visit.responsible.actor, revision=None, texts={"lt": ("Nepatvirtinta", "")}
    )
    after = client.get(page).content.decode()

    assert read.words("pl")["preparing"] in before
    assert "Spotkanie z merem" not in before
    assert "Spotkanie z merem" in after
    assert "Nepatvirtinta" not in after


def test_page_shows_her_own_items_today_first_and_nothing_internal(client):
    visit = make_going_on()
    visit.responsible.phone = "+370 600 00001"
    visit.responsible.save()
    host = UserFactory(
        first_name="Ona", last_name="Priėmėja", phone="+370 600 99999", email="ona@alytus.example"
    )
    member = make_guest(visit)
    other = make_guest(visit, "Paweł Gąsiorek", email="pawel@opole.example")
    place = make_place(
        "Rotušė", address="Rotušės a. 4", name_en="Town Hall", latitude="54.396", longitude="24.041"
    )
    make_item(visit, "10.00", pl="Spotkanie", place=place, host=host, notes="Slapta pastaba")
    make_item(visit, "12.00", pl="Cudzy obiad", is_for_all=False, participants=[other])
    make_item(visit, "13.00", pl="Własny spacer", is_for_all=False, participants=[member])
    make_item(visit, "9.00", day=2, pl="Jutro")
    approve(visit)

    response = client.get(page_of(visit, member))

    text = response.content.decode()
    assert '<html lang="pl">' in text
    assert [row["what"] for row in response.context["today"]["rows"]] == ["Spotkanie", "Własny spacer"]
    assert [len(day["rows"]) for day in response.context["days"]] == [2, 1]
    assert text.index(read.words("pl")["today"]) < text.index("Jutro")
    for words in (
        "Town Hall (Rotušė), Rotušės a. 4",
        "+370 600 00001",
        "112",
        "Ona Priėmėja",
        "openstreetmap.org",
    ):
        assert words in text
    for words in (
        "Cudzy obiad", "Slapta pastaba", "+370 600 99999", "ona@alytus", "Gąsiorek", "+48 600", "pawel@",
        "zbigniew@", "/delegacijos/",
    ):  # fmt: skip
        assert words not in text


def test_page_speaks_each_language_of_the_visit_and_falls_back(client):
    visit = make_going_on(languages=["pl", "uk", "ka"])
    member = make_guest(visit)
    make_item(visit, pl="Spotkanie")
    approve(visit)
    page = page_of(visit, member)

    for code in ("pl", "uk", "ka", "en", "lt"):
        text = client.get(page, {"kalba": code}).content.decode()
        assert f'<html lang="{code}">' in text
        assert read.words(code)["all_days"] in text
    assert '<html lang="pl">' in client.get(page, {"kalba": "xx"}).content.decode()


def test_words_are_whole_in_every_language():
    every = read.paper_words()

    assert {code: sorted(words) for code, words in every.items()} == {
        code: sorted(every["en"]) for code in every
    }
    assert {"lt", "en", "pl", "uk", "ka"} <= set(every)
    assert set(NAMES) == set(Language.values)


def test_what_changed_today_is_said_on_the_item(client):
    visit = make_going_on()
    member = make_guest(visit)
    place = make_place("Rotušė")
    moved = make_item(visit, "10.00", "11.00", pl="Spotkanie", place=place)
    make_item(visit, "15.00", pl="Bez zmian")
    version = approve(visit)
    page = page_of(visit, member)
    Version.objects.filter(pk=version.pk).update(approved_at=timezone.now() - datetime.timedelta(days=1))
    assert read.words("pl")["changed"] not in client.get(page).content.decode()

    services.move_item(moved, by=visit.responsible.actor, on=moved.on, starts=clock("10.10"))
    assert read.words("pl")["changed"] not in client.get(page).content.decode()  # not published yet
    amendments.publish_amendment(visit, by=visit.responsible.actor)
    today = client.get(page)
    Amendment.objects.update(published_at=timezone.now() - datetime.timedelta(days=1))
    tomorrow = client.get(page).content.decode()

    rows = {row["what"]: row for row in today.context["today"]["rows"]}
    assert (rows["Spotkanie"]["change"], rows["Spotkanie"]["was"]) == ("changed", "10:00–11:00")
    assert rows["Bez zmian"]["change"] == ""
    assert read.words("pl")["changed"] in today.content.decode()
    assert read.words("pl")["changed"] not in tomorrow


def test_called_off_visit_says_so_and_shows_no_programme(client):
    visit = make_going_on()
    member = make_guest(visit)
    make_item(visit, pl="Spotkanie")
    approve(visit)
    page = page_of(visit, member)
    services.call_off_visit(visit, reason="Liga", by=visit.responsible.actor)

    text = client.get(page).content.decode()

    assert read.words("pl")["called_off"] in text
    assert "Spotkanie" not in text
    assert "Liga" not in text


def test_page_of_a_guest_taken_off_is_gone_and_links_open_nobody_elses(client):
    visit, other = make_going_on(), make_visit(title="Kita delegacija")
    member, stranger = make_guest(visit), make_guest(other, "Svetimas Svečias", email="s@kita.example")
    page = page_of(visit, member)
    link = PersonalLink.objects.get()

    PersonalLink.objects.filter(pk=link.pk).update(subject=f"delegations.guest:{stranger.pk}")
    assert client.get(page).status_code == 410  # bound to its own visit
    PersonalLink.objects.filter(pk=link.pk).update(subject=link.subject)
    services.remove_member(member, by=visit.responsible.actor)
    assert client.get(page).status_code == 410
    assert client.post(f"{page}atsakymas/").status_code == 410


# --- files --------------------------------------------------------------------------------------------------


def test_calendar_holds_her_own_items_and_no_address_of_the_portal(client):
    visit = make_going_on()
    member = make_guest(visit)
    make_item(visit, "10.00", "11.00", pl="Spotkanie", place=make_place("Rotušė"), notes="Slapta")
    make_item(
        visit, "12.00", pl="Cudze", is_for_all=False, participants=[make_guest(visit, "Kita", email="")]
    )
    page = page_of(visit, member)
    assert not Calendar.from_ical(client.get(f"{page}kalendorius.ics").content).walk("VEVENT")
    approve(visit)

    response = client.get(f"{page}kalendorius.ics")

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Spotkanie"]
    assert events[0]["dtstart"].dt.isoformat() == f"{TODAY()}T10:00:00{timezone.localtime():%z}"[:-2] + ":00"
    assert response["Content-Type"].startswith("text/calendar")
    assert b"/delegacijos/" not in response.content
    assert "Slapta" not in response.content.decode()


def test_card_of_the_approved_version_alone_is_given(client):
    visit = make_going_on()
    member = make_guest(visit)
    make_item(visit)
    version = approve(visit)
    page = page_of(visit, member)
    assert client.get(f"{page}kortele.pdf").status_code == 404
    assert set(visit.documents.filter(kind="delegations.pocket_card").values_list("language", flat=True)) == {
        "pl",
        "lt",
    }  # ordered when the link was given

    document = visit.documents.get(kind="delegations.pocket_card", language="pl")
    by = visit.responsible.actor
    file = store(b"%PDF-1.7 card", name="k.pdf", media_type="application/pdf")
    add_version(document, file, name="k.pdf", by=by, is_draft=True)
    assert client.get(f"{page}kortele.pdf").status_code == 404
    add_version(document, file, name="k.pdf", by=by, source=version)

    response = client.get(f"{page}kortele.pdf")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 card"
    assert "kortele.pdf" in client.get(page).content.decode()


def test_approved_of_compares_with_what_stood_in_the_morning():
    visit = make_going_on()
    make_guest(visit)
    make_item(visit)
    first = approve(visit)
    assert approved_of(visit, TODAY()).before == first.content  # approved today: nothing has changed since
    Version.objects.filter(pk=first.pk).update(approved_at=timezone.now() - datetime.timedelta(days=3))
    make_item(visit, "18.00", title="Nauja")
    second = approve(visit)

    found = approved_of(visit, TODAY())
    assert found.version == second
    assert found.before == current_content(first)


# --- on the staff host --------------------------------------------------------------------------------------


def test_list_of_links_and_the_page_beforehand(client, django_assert_max_num_queries):
    visit = make_going_on()
    members = [make_guest(visit, f"Svečias {n}", email=f"s{n}@opole.example") for n in range(3)]
    guest_links.send_guest_links(visit, by=visit.responsible.actor)
    client.force_login(visit.responsible)
    url = reverse("delegations:guest_links", args=[visit.pk])
    client.get(url)

    with django_assert_max_num_queries(19):
        response = client.get(url)

    assert [row["mailed"] for row in response.context_data["rows"]] == [True] * 3
    assert "@opole" not in response.content.decode()
    preview = client.get(reverse("delegations:guest_preview", args=[visit.pk, members[0].pk]))
    assert read.words("pl")["preparing"] in preview.content.decode()


def test_whom_a_guest_accompanies_is_frozen_and_shown_as_a_change_that_needs_no_approval(client):
    visit = make_visit()
    head = make_member(visit, "Zbigniew Łączyński", kind="head")
    guest = make_member(visit, "Ewa Łączyńska", kind="companion")
    make_item(visit, "10.00", "11.00")
    approve(visit)

    services.change_member(guest, revision=guest.revision, by=visit.responsible.actor, companion_of=head)

    visit.refresh_from_db()
    [change] = amendments.pending_changes(visit)
    assert (change.before, change.after, change.is_material) == ("", "Zbigniew Łączyński", False)
    client.force_login(visit.responsible)
    page = client.get(reverse("delegations:programme", args=[visit.pk])).content.decode()
    assert change.field in page
    content = amendments.publish_amendment(visit, by=visit.responsible.actor).content
    assert leadership_page(content, "lt")["guests"][1]["kind"].endswith("lydi: Zbigniew Łączyński")
