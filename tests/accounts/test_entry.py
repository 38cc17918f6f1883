"""Logging in and out, passwords, lock-out, and a session that ends in the middle of work."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse

from core.drafts import save_draft
from core.jobs import run
from core.models import AuditEvent, Draft, Job, OutgoingMail
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

LOGIN = reverse("accounts:login")
PASSWORD = "beržai-ir-klevai-7"


@pytest.fixture
def person():
    person = UserFactory(role="specialist", username="ieva", first_name="Ieva", last_name="Juknelytė")
    person.set_password(PASSWORD)
    person.save()
    return person


def log_in(client, password=PASSWORD, username="ieva", **extra):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


def is_in(client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


# --- in and out -----------------------------------------------------------------------------------------------


def test_logging_in_leads_to_my_day_in_ones_own_language(client, person):
    person.language = "en"
    person.save()

    answer = log_in(client)

    assert answer.headers["Location"] == reverse("matters:my_day")
    assert client.get(reverse("accounts:profile")).headers["Content-Language"] == "en"
    assert AuditEvent.objects.get(action="person.logged_in").actor_user == person


def test_a_page_says_its_language_and_offers_the_other(client, person):
    log_in(client)
    switch = reverse("set_language")
    assert '<html lang="lt"' in client.get(reverse("accounts:profile")).content.decode()

    for chosen, other in (("en", "lt"), ("lt", "en")):
        client.post(switch, {"language": chosen, "next": reverse("accounts:profile")})
        page = client.get(reverse("accounts:profile")).content.decode()
        assert f'<html lang="{chosen}"' in page
        assert f'name="language" value="{other}"' in page


def test_logging_in_leads_back_to_the_page_asked_for_but_never_elsewhere(client, person):
    wanted = reverse("accounts:deputies")
    assert client.get(wanted).headers["Location"] == f"{LOGIN}?next={wanted}"
    assert log_in(client, next=wanted).headers["Location"] == wanted

    client.post(reverse("accounts:logout"))
    assert log_in(client, next="https://example.org/").headers["Location"] == reverse("matters:my_day")


def test_logging_out_takes_a_press_not_a_link(client, person):
    log_in(client)

    assert client.get(reverse("accounts:logout")).status_code == 405
    assert is_in(client)
    assert client.post(reverse("accounts:logout")).headers["Location"] == LOGIN
    assert not is_in(client)


def test_the_demonstration_is_named_only_while_it_is_on(client, settings):
    settings.DEMO, settings.EMAIL_FILE_PATH = True, "/var/lib/portalas/mail"
    page = client.get(LOGIN).content.decode()
    assert "alytus-demo" in page
    assert "/var/lib/portalas/mail" in page, "where the director's link lies"

    settings.DEMO = False
    page = client.get(LOGIN).content.decode()
    assert "alytus-demo" not in page
    assert "/var/lib" not in page


@pytest.mark.parametrize(
    ("username", "password"), [("ieva", "kitas"), ("niekas", PASSWORD), ("ie\x00vaa", PASSWORD), ("", "")]
)
def test_a_wrong_pair_is_refused_without_saying_which_half(client, person, username, password):
    page = log_in(client, password, username)

    assert page.status_code == 200
    assert not is_in(client)
    if username and password:
        assert "Naudotojo vardas arba slaptažodis neteisingas." in page.content.decode()


# --- lock-out -------------------------------------------------------------------------------------------------


@pytest.fixture
def failing(client, person):
    for _try in range(settings.AXES_FAILURE_LIMIT):
        answer = log_in(client, "kitas")
    return answer


def test_repeated_failures_lock_the_person_out_in_lithuanian(client, failing):
    page = failing.content.decode()

    assert failing.status_code == 429
    assert "Per daug bandymų" in page
    assert 'lang="lt"' in page
    assert reverse("accounts:password_reset") in page
    assert log_in(client).status_code == 429, "the right password does not open a locked door"
    assert not is_in(client)


def test_a_lock_is_for_one_name_at_one_address(client, failing):
    colleague = UserFactory(username="rasa")
    colleague.set_password(PASSWORD)
    colleague.save()

    assert log_in(client, username="rasa").status_code == 302


def test_someone_elsewhere_may_not_lock_the_person_out_of_her_own_desk(client, person):
    for _try in range(settings.AXES_FAILURE_LIMIT + 1):
        client.post(LOGIN, {"username": "ieva", "password": "kitas"}, REMOTE_ADDR="198.51.100.7")

    assert log_in(client).status_code == 302


def test_success_forgets_earlier_failures(client, person):
    for _round in range(2):
        for _try in range(settings.AXES_FAILURE_LIMIT - 1):
            log_in(client, "kitas")
        assert log_in(client).status_code == 302
        client.post(reverse("accounts:logout"))


# --- passwords ------------------------------------------------------------------------------------------------


def change(client, old, new, again=None):
    return client.post(
        reverse("accounts:password_change"),
        {"old_password": old, "new_password1": new, "new_password2": again or new},
    )


def test_the_password_is_changed_and_other_devices_are_logged_out(client, person):
    other = type(client)()
    log_in(client)
    log_in(other)

    answer = change(client, PASSWORD, "nauji-namai-2026")

    assert answer.headers["Location"] == reverse("accounts:profile")
    assert is_in(client)
    assert not is_in(other)
    person.refresh_from_db()
    assert person.check_password("nauji-namai-2026")
    assert AuditEvent.objects.get(action="person.password_changed").actor_user == person


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("kitas", "nauji-namai-2026", None, "old_password"),
        (PASSWORD, "nauji-namai-2026", "seni-namai-2026", "new_password2"),
        (PASSWORD, "trumpas", None, "new_password2"),
        (PASSWORD, "password123", None, "new_password2"),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(client, person, old, new, again, field):
    log_in(client)

    page = change(client, old, new, again)

    assert list(page.context_data["form"].errors) == [field]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_rules_of_passwords_stand_in_lithuanian(client, person):
    log_in(client)

    page = client.get(reverse("accounts:password_change")).content.decode()

    assert "Your password" not in page
    assert "10 simbolių" in page


def ask_for_letter(client, email):
    return client.post(reverse("accounts:password_reset"), {"email": email})


def send_letters():
    for job in Job.objects.filter(kind="core.send_mail", state="queued"):
        run(job.pk)


def link_of(letter) -> str:
    return re.search(re.escape(settings.PUBLIC_URL) + r"(\S+)", letter.body).group(1)


def test_a_forgotten_password_is_set_by_the_letters_link(client, person, failing):
    assert ask_for_letter(client, "IEVA@example.lt").headers["Location"] == reverse(
        "accounts:password_reset_sent"
    )
    send_letters()
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == ([person.email], "Naujas portalo slaptažodis")
    assert OutgoingMail.objects.get().state == "sent"

    hidden = client.get(link_of(letter)).headers["Location"]
    assert link_of(letter).rsplit(".", 1)[1].strip("/") not in hidden, "no page shows the token"
    assert "Naujas slaptažodis" in client.get(hidden).content.decode()
    answer = client.post(hidden, {"new_password1": "nauji-namai-2026", "new_password2": "nauji-namai-2026"})

    assert answer.headers["Location"] == LOGIN
    assert "Slaptažodis nustatytas." in client.get(LOGIN).content.decode()
    assert log_in(client, "nauji-namai-2026").status_code == 302, "the lock-out is forgotten too"
    assert AuditEvent.objects.get(action="person.password_reset").actor_user == person


def test_a_used_link_says_so_and_offers_a_new_letter(client, person):
    ask_for_letter(client, person.email)
    send_letters()
    link = link_of(mail.outbox[0])
    hidden = client.get(link).headers["Location"]
    client.post(hidden, {"new_password1": "nauji-namai-2026", "new_password2": "nauji-namai-2026"})

    page = type(client)().get(link).content.decode()

    assert "Nuoroda jau panaudota arba nebegalioja." in page
    assert reverse("accounts:password_reset") in page


def test_the_letters_token_is_in_both_texts_of_the_letter_and_never_in_the_database(client, person):
    ask_for_letter(client, person.email)
    waiting = OutgoingMail.objects.values().get()
    send_letters()
    sent = OutgoingMail.objects.values().get()

    letter = mail.outbox[0]
    token = link_of(letter).rsplit(".", 1)[1].strip("/")
    assert token in letter.alternatives[0].content
    for row in (waiting, sent):
        assert person.email in str(row)
        assert token not in str({**row, "secret": bytes(row["secret"])})
    assert (waiting["state"], bytes(sent["secret"])) == ("queued", b"")


@pytest.mark.parametrize("secret", ["x", "x.y", "MQ.abc-def", ".", "..", "MQ."])
def test_an_invented_link_is_refused_without_a_fall(client, person, secret):
    answer = client.get(reverse("accounts:password_reset_confirm", args=[secret]))

    assert answer.status_code == 200
    assert "Nuoroda jau panaudota arba nebegalioja." in answer.content.decode()


def test_an_unknown_or_closed_address_gets_no_letter_and_no_different_answer(client, person):
    person.is_active = False
    person.save()

    answers = [ask_for_letter(client, email) for email in ("niekas@example.lt", person.email)]

    assert {answer.headers["Location"] for answer in answers} == {reverse("accounts:password_reset_sent")}
    assert OutgoingMail.objects.count() == 0


# --- a session that ends --------------------------------------------------------------------------------------


def end_session(client):
    Session.objects.all().delete()


def test_a_part_of_a_page_gets_401_and_never_a_log_in_page(client, person):
    log_in(client)
    end_session(client)

    answer = client.get(
        reverse("accounts:people"), {"q": "ieva"}, headers={"HX-Request": "true", "HX-Target": "list"}
    )

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_draft_of_an_ended_session_gets_401_so_that_the_page_asks_to_log_in(client, person):
    log_in(client)
    end_session(client)

    answer = client.post(reverse("core:draft"), {"key": "x"}, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_page_carries_what_its_log_in_dialog_needs(client, person):
    log_in(client)

    page = client.get(reverse("accounts:people")).content.decode()

    assert 'id="session-dialog"' in page
    assert f'data-login="{LOGIN}"' in page
    assert "core/session" in page


def test_a_form_sent_too_late_leads_back_to_its_page_where_the_draft_is(client, person):
    from tests.matters.factories import make_note

    matter = make_note(person)
    page = reverse("matters:tasks", args=[matter.pk])
    log_in(client)
    save_draft(person, "matters.task:new", '{"title": ["Užsakyti gėlių"]}')
    end_session(client)

    answer = client.post(page, {"title": "Užsakyti gėlių"}, headers={"referer": f"http://testserver{page}"})
    assert answer.headers["Location"] == f"{LOGIN}?next={page}"
    answer = log_in(client, next=page)

    assert answer.headers["Location"] == page
    assert Draft.objects.get(user=person).values == {"title": ["Užsakyti gėlių"]}
    assert matter.tasks.count() == 0


def test_a_verb_sent_too_late_leads_to_the_page_it_stood_on(client, person):
    verb = reverse("matters:restore", args=[1])
    page = "/paskyra/zmones/?q=rasa"

    back = client.post(verb, headers={"referer": f"http://testserver{page}"}).headers["Location"]
    strange = client.post(verb, headers={"referer": "https://example.org/x"}).headers["Location"]

    assert back == f"{LOGIN}?next=/paskyra/zmones/%3Fq%3Drasa"
    assert strange == f"{LOGIN}?next=/"


def test_the_session_state_tells_and_renews_the_token(client, person):
    state = reverse("core:session")
    assert client.get(state).json()["alive"] is False
    log_in(client)

    answer = client.get(state).json()

    assert answer["alive"] is True
    assert answer["csrf"]
