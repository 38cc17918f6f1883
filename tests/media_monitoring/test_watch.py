"""Topics and alerts on their pages; articles sent on; the morning page by links."""

import datetime
import re
from urllib.parse import unquote

import pytest
from django.utils import timezone

from accounts.models import Unit
from core.models import OutgoingMail
from matters.models import Notice, PersonalLink
from media_monitoring import services
from media_monitoring.models import Digest, DigestReader, Forward, Reading, Topic
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_article, make_outlet, make_topic, next_working_day

pytestmark = pytest.mark.django_db
LIST = "/ziniasklaida/"
MORNING = timezone.make_aware(datetime.datetime(2026, 3, 4, 7))  # a Wednesday


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def titles(response):
    return [row.title for row in response.context_data["rows"]]


def link_in(mail):
    """The address a reader would press, its secret put back."""
    from core.mail import whole_texts

    return re.search(r"/n/[\w-]+/", whole_texts(mail)[0]).group()


def test_a_topic_is_saved_from_a_search_and_narrows_the_list(client, specialist, run_jobs):
    make_article("Tiltas per Nemuną")
    make_article("Parko darbai")
    page = client.get("/ziniasklaida/temos/nauja/?q=tiltai")
    assert page.context["form"]["query"].value() == "tiltai"

    client.post(
        "/ziniasklaida/temos/nauja/",
        {
            "name": "Tiltai",
            "query": "tiltai",
            "severity": "urgent",
            "watchers": [specialist.pk],
            "in_digest": "on",
        },
    )
    run_jobs()
    topic = Topic.objects.get()

    assert list(topic.watchers.all()) == [specialist]
    assert titles(client.get(LIST, {"topic": topic.pk})) == ["Tiltas per Nemuną"]
    assert "Tiltas per Nemuną" in client.get(topic.get_absolute_url()).content.decode()


def test_a_topic_without_a_word_is_refused_at_its_field(client, specialist):
    response = client.post(
        "/ziniasklaida/temos/nauja/", {"name": "X", "query": "-tiltas", "severity": "list"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors["query"]
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("severity", "mails", "notices"), [("list", 0, 0), ("notice", 0, 1), ("critical", 1, 1)]
)
def test_an_alert_is_as_loud_as_its_topic(severity, mails, notices):
    watcher = UserFactory(role="specialist", email="a@example.org")
    make_topic("tiltas", severity=severity, watchers=[watcher])

    article = make_article("Tiltas")

    assert OutgoingMail.objects.filter(to=watcher.email).count() == mails
    assert Notice.objects.filter(user=watcher).count() == notices
    assert Reading.objects.get(user=watcher, article=article).severity == severity


def test_the_same_story_is_no_second_alarm():
    watcher = UserFactory(role="specialist", email="a@example.org")
    make_topic("tiltas", severity="critical", watchers=[watcher])
    text = "Naujas tiltas per Nemuną bus atidarytas rugsėjį, sako savivaldybė ir rangovas. " * 3

    make_article("Tiltas", text)
    make_article("Kita antraštė apie tiltą", text, outlet=make_outlet("Nemuno kilpa"))

    assert OutgoingMail.objects.filter(to=watcher.email).count() == 1
    assert Reading.objects.filter(user=watcher).count() == 2


def test_who_may_not_see_the_press_is_not_told():
    watcher = UserFactory(role="accountant", email="a@example.org")
    make_topic("tiltas", severity="critical", watchers=[watcher])

    make_article("Tiltas")

    assert not Notice.objects.filter(user=watcher).exists()


def test_an_old_article_found_late_is_no_news():
    watcher = UserFactory(role="specialist")
    make_topic("tiltas", severity="critical", watchers=[watcher])

    make_article("Tiltas", days_ago=30)

    assert not Reading.objects.exists()


def test_read_and_marked_are_each_persons_own(client, specialist):
    first, second = make_article("Pirmas"), make_article("Antras")
    other = UserFactory(role="head")
    services.mark_article(other, second, on=True)

    client.get(first.get_absolute_url())
    assert titles(client.get(LIST, {"unread": "1"})) == ["Antras", "Pirmas"]  # GET changes nothing
    client.post(f"{LIST}{first.pk}/skaityta/")
    client.post(f"{LIST}{first.pk}/zyme/", {"on": "1"})

    assert titles(client.get(LIST, {"unread": "1"})) == ["Antras"]
    assert titles(client.get(LIST, {"marked": "1"})) == ["Pirmas"]
    client.post(f"{LIST}skaityta/", {"article": [first.pk, second.pk]})
    assert titles(client.get(LIST, {"unread": "1"})) == []
    client.post(f"{LIST}{first.pk}/zyme/", {"on": "0"})
    assert titles(client.get(LIST, {"marked": "1"})) == []


def test_an_alert_stands_on_my_day_until_it_is_read(client, specialist):
    make_topic("tiltas", watchers=[specialist])
    article = make_article("Tiltas per upę")
    assert "press-alerts" in client.get("/").content.decode()

    client.post(f"{LIST}{article.pk}/skaityta/")

    assert "press-alerts" not in client.get("/").content.decode()


def test_counts_by_month_follow_the_filters(client, specialist):
    make_article("Tiltas")
    make_article("Tiltas kitur", days_ago=70)
    make_article("Parkas")

    chart = client.get(f"{LIST}menesiai/", {"q": "tiltai"}).context["chart"]
    part = client.get(f"{LIST}menesiai/", {"q": "tiltai"}, headers={"HX-Request": "true"}).content.decode()

    assert sum(int(cells[0]) for _month, cells in chart.rows) == 2
    assert len(chart.rows) in (3, 4)  # months without any stand between
    assert "<svg" in part
    assert "<title" in part
    assert "<desc" in part
    assert "<html" not in part


def test_a_file_of_a_search_holds_all_of_it(client, specialist):
    for number in range(30):
        make_article(f"Tiltas {number}", "Ilgas tekstas")
    make_article("Parkas")

    response = client.get(LIST, {"q": "tiltai", "export": "csv"})

    assert client.get(LIST, {"q": "tiltai"}).context_data["count"] == 30
    assert len(response.content.decode().strip().splitlines()) == 31
    assert "30-straipsni" in unquote(response.headers["Content-Disposition"])


def test_an_article_goes_to_the_head_as_a_notice(client, specialist):
    head = UserFactory(role="head", email="vedeja@example.org")
    article = make_article("Tiltas")

    client.post(f"{LIST}{article.pk}/siusti/", {"user": head.pk, "message": "Pažiūrėkite"})

    assert Notice.objects.filter(user=head, url=article.get_absolute_url()).exists()
    assert Forward.objects.get().user == head


def test_a_unit_answers_by_its_link_without_an_account(client, specialist):
    unit = Unit.objects.create(code="FIN", name_lt="Finansų skyrius")
    article = make_article("Tiltas", "Slaptas tęsinys nerodomas. " * 40)
    data = {
        "unit": unit.pk,
        "name": "Rasa Vaičekonė",
        "email": "rasa@example.org",
        "message": "Ar suma teisinga?",
    }
    assert client.post(f"{LIST}{article.pk}/siusti/", data).status_code == 302
    address = link_in(OutgoingMail.objects.get(to="rasa@example.org"))
    client.logout()

    page = client.get(address).content.decode()
    assert "Ar suma teisinga?" in page
    assert article.lead in page
    assert article.text not in page
    assert client.post(f"{address}atsakymas/", {"answer": ""}).status_code == 422
    client.post(f"{address}atsakymas/", {"answer": "Suma – 1 140 eurų."})

    assert Forward.objects.get().answer == "Suma – 1 140 eurų."
    assert "1 140" in client.get(address).content.decode()
    client.force_login(specialist)
    assert "1 140" in client.get(article.get_absolute_url()).content.decode()


def test_the_morning_page_proposes_a_story_once_and_waits_for_people(client, specialist):
    make_topic("tiltas")
    text = "Naujas tiltas per Nemuną bus atidarytas rugsėjį, sako savivaldybė ir rangovas. " * 3
    make_article("Tiltas", text)
    make_article("Kita antraštė", text, outlet=make_outlet("Nemuno kilpa"))
    make_article("Parkas")
    today = next_working_day()

    digest = services.prepare_digest(today, by=specialist.actor)
    [item] = digest.items.all()
    page = client.get(digest.get_absolute_url()).content.decode()
    client.post(f"/ziniasklaida/apzvalgos/{today}/siusti/")

    assert item.article.title == "Tiltas"
    assert item.article.title in page
    digest.refresh_from_db()
    assert digest.is_draft


def test_the_page_goes_by_mail_and_link_once_a_reader(client, specialist):
    reader = DigestReader.objects.create(name="Meras", email="meras@example.org")
    DigestReader.objects.create(name="Buvęs", email="buves@example.org", is_active=False)
    make_topic("tiltas")
    make_article("Tiltas per upę", "Naujas tiltas.")
    digest = services.prepare_digest(next_working_day(), by=specialist.actor)
    [item] = digest.items.all()
    url = f"/ziniasklaida/apzvalgos/straipsnis/{item.pk}/"

    assert client.post(url, {"text": "x" * 301, "revision": 1}).status_code == 422
    client.post(url, {"text": "Tiltas baigtas.", "revision": 1})
    assert client.post(url, {"text": "Pasenęs.", "revision": 1}).status_code == 422
    client.post(f"/ziniasklaida/apzvalgos/{digest.day}/siusti/")
    assert (services.send_digest(digest.pk), services.send_digest(digest.pk)) == (1, 0)

    [mail] = OutgoingMail.objects.filter(subject__contains=" ").filter(to=reader.email)
    assert "Tiltas baigtas." in mail.text
    assert [one.name.endswith(".pdf") for one in mail.attachments.all()] == [True]
    address = link_in(mail)
    client.logout()
    page = client.get(address)
    assert "Tiltas baigtas." in page.content.decode()
    assert page.status_code == 200
    assert b"".join(client.get(f"{address}pdf").streaming_content)[:4] == b"%PDF"
    PersonalLink.objects.update(revoked_at=timezone.now())
    assert "Tiltas baigtas." not in client.get(address).content.decode()


def test_an_empty_day_goes_by_itself_and_says_so(specialist):
    make_topic("tiltas")
    DigestReader.objects.create(name="Meras", email="meras@example.org")

    assert services.keep_mornings(MORNING.replace(hour=5)) == ""
    assert services.keep_mornings(MORNING) == "prepared"
    assert services.keep_mornings(MORNING.replace(hour=9, minute=40)) == "sent"
    assert services.keep_mornings(MORNING.replace(hour=9, minute=50)) == "prepared"
    services.send_digest(Digest.objects.get().pk)

    assert "nieko nerašė" in OutgoingMail.objects.get(to="meras@example.org").text or (
        "wrote nothing" in OutgoingMail.objects.get(to="meras@example.org").text
    )
    assert services.keep_mornings(MORNING + datetime.timedelta(days=3)) == ""  # Saturday


def test_what_was_taken_off_is_not_proposed_again(specialist):
    make_topic("tiltas")
    make_article("Tiltas")
    day = next_working_day()
    digest = services.prepare_digest(day, by=specialist.actor)
    services.drop_item(digest.items.get(), by=specialist.actor)

    services.prepare_digest(day, by=specialist.actor)

    assert not digest.items.filter(is_left_out=False).exists()


def test_leadership_reads_what_went_out_only(client, specialist):
    digest = services.prepare_digest(next_working_day(), by=specialist.actor)
    client.force_login(UserFactory(role="leadership"))
    assert client.get(digest.get_absolute_url()).status_code == 404

    services.publish_digest(digest, by=specialist.actor)

    assert client.get(digest.get_absolute_url()).status_code == 200
