"""Newsletters taken from a real mailbox: by Dovecot over TLS, with the letters outlets send and those nobody should."""

import datetime
import html
import io
import zipfile

import pytest
from django.utils import timezone

from core.models import Job
from media_monitoring import services, tasks
from media_monitoring.choices import SourceState
from media_monitoring.models import Article, Host, Mailbox, Source, SourceLetter
from media_monitoring.services import newsletters
from tests.accounts.factories import UserFactory
from tests.media_monitoring.factories import make_outlet, newsletter, page

pytestmark = pytest.mark.django_db
SENDER = "naujienos@dainava.example"
PAGE = "/ziniasklaida/saltiniai/"
TEXT = "Alytaus miesto taryba posėdyje patvirtino kitų metų kultūros renginių planą ir biudžetą. " * 3


@pytest.fixture
def source(stand):
    outlet = make_outlet(site=stand.url("/"))
    return Source.objects.create(outlet=outlet, kind="newsletter", sender=SENDER)


@pytest.fixture
def look(stand, tracker):
    """Look into the mailbox and open what was taken, as the worker would, the test's servers being the world."""

    def look() -> int:
        taken = newsletters.look_into_mailbox()
        fetcher = stand.fetcher()
        fetcher.open_to = (stand.address, tracker.address)
        for pk in SourceLetter.objects.filter(opened_at=None).values_list("pk", flat=True):
            newsletters.open_letter(pk, fetcher=fetcher)
        return taken

    return look


def link(url: str, words: str) -> str:
    return f'<p><a href="{url}">{words}</a></p>'


def test_links_of_the_outlet_become_articles_whose_pages_are_read(inbox, source, stand, look):
    stand.pages["/tiltas"] = (200, {}, page("Tiltas per Nemuną baigtas", TEXT, TEXT[::-1]))
    inbox.put(
        newsletter(
            link(
                stand.url("/tiltas?utm_source=laiskas&utm_medium=email"), "Tiltas per Nemuną baigtas anksčiau"
            )
            + link("https://facebook.example/dainava", "Mūsų naujienos socialiniame tinkle")
            + link(stand.url("/"), "Dainavos kraštas, visos naujienos")
            + link(stand.url("/unsubscribe?id=7"), "Nebenorite gauti šių laiškų? Spauskite")
        )
    )

    assert look() == 1

    article = Article.objects.get()
    assert (article.url, article.source, article.medium) == (stand.url("/tiltas"), source, "web")
    assert article.title == "Tiltas per Nemuną baigtas anksčiau"
    assert stand.read(article)
    assert "taryba" in article.text
    source.refresh_from_db()
    assert (source.state, source.last_good_at is None) == (SourceState.WORKS, False)
    assert not [path for path, _heads in stand.asked if "unsub" in path]


def test_a_link_that_counts_readers_is_followed_to_the_outlets_door(inbox, source, stand, tracker, look):
    tracker.pages["/c/1"] = (302, {"Location": "/c/2"}, b"")
    tracker.pages["/c/2"] = (302, {"Location": stand.url("/parkas?mc_eid=skaitytojas7")}, b"")
    tracker.pages["/c/kitur"] = (200, {}, b"x" * 6_000_000)
    tracker.pages["/c/vidus"] = (302, {"Location": "http://169.254.169.254/latest/"}, b"")
    inbox.put(
        newsletter(
            "<h2>Parko takai laukia rangovo jau vasarą</h2>"
            + "".join(link(tracker.url(f"/c/{name}"), "Skaityti daugiau") for name in ("1", "kitur", "vidus"))
        )
    )

    look()

    assert list(Article.objects.values_list("url", "title")) == [
        (stand.url("/parkas"), "Parko takai laukia rangovo jau vasarą")
    ]
    assert stand.asked == []  # the outlet's page waits for its turn
    letter = SourceLetter.objects.get()
    assert (letter.links, letter.text, letter.article_count) == ([], "", 1)


def test_a_letter_without_links_of_the_outlet_is_the_article(inbox, source, look):
    inbox.put(newsletter("<style>p{}</style><h1>Savaitė mieste</h1><p>Tiltas baigtas.</p><p>Parkas laukia.</p>",
                         text=TEXT, Subject="Savaitė Alytuje: tiltas ir parkas"))  # fmt: skip

    look()

    article = Article.objects.get()
    assert (article.medium, article.url, article.title) == ("letter", "", "Savaitė Alytuje: tiltas ir parkas")
    assert article.text == TEXT.strip()
    assert not SourceLetter.objects.exclude(text="").exists()


def test_of_an_outlet_kept_as_links_the_letter_leaves_its_excerpt(inbox, source, look):
    type(source.outlet).objects.update(keeps="link")
    inbox.put(newsletter(text=TEXT * 3))

    look()

    article = Article.objects.get()
    assert article.text == ""
    assert 0 < len(article.lead) <= 300


def test_a_letter_is_taken_once_however_often_it_lies_there(inbox, source, look):
    letter = newsletter(text=TEXT)
    inbox.put(letter)
    inbox.put(letter)
    look()
    newsletters.look_again()
    inbox.put(letter)

    look()

    assert Article.objects.count() == SourceLetter.objects.count() == 1


def test_the_look_goes_on_where_it_stopped(inbox, source, look, monkeypatch):
    for number in range(5):
        inbox.put(newsletter(text=f"{number} {TEXT}", Subject=f"Laiškas {number}"))
    monkeypatch.setattr(newsletters, "MOST_LETTERS", 2)

    assert [look(), look(), look(), look()] == [2, 2, 1, 0]
    assert Article.objects.count() == 5
    assert Mailbox.objects.get().last_uid == 5


def test_a_mailbox_numbered_anew_is_read_from_its_beginning(inbox, source, look):
    inbox.put(newsletter(text=TEXT))
    look()
    Mailbox.objects.update(validity=1, last_uid=900)
    inbox.put(newsletter(text=TEXT, Subject="Antra"))

    assert look() == 1
    assert Mailbox.objects.get().last_uid == 2


@pytest.mark.parametrize("folder", ["", "Žiniasklaida"])
def test_letters_stay_or_go_to_the_folder_of_the_settings(inbox, source, look, settings, folder):
    settings.PRESS_IMAP_MOVE_TO = folder
    inbox.put(newsletter(text=TEXT))
    inbox.put(newsletter(text=TEXT, From="kitas@svetimas.example"))

    look()

    assert inbox.lies_in() == (1 if folder else 2)
    if folder:
        assert inbox.lies_in(folder) == 1
    inbox.line.select_folder("INBOX", readonly=True)
    assert not inbox.line.search("SEEN")


def test_strangers_are_counted_and_never_kept(client, inbox, source, look):
    for _turn in range(3):
        inbox.put(newsletter(link("http://127.0.0.1:1/x", "Labai svarbi žinia jums visiems"), From="reklama@svetimas.example"))  # fmt: skip
    inbox.put(newsletter(text=TEXT, From=f"{SENDER}, kitas@svetimas.example"))
    client.force_login(UserFactory(role="head"))

    assert look() == 0

    assert "reklama@svetimas.example" in client.get(PAGE).content.decode()
    assert {row["address"]: row["count"] for row in Mailbox.objects.get().strangers} == {
        "reklama@svetimas.example": 3,
        "": 1,
    }
    assert not Article.objects.exists()
    assert not SourceLetter.objects.exists()


def test_a_stranger_made_a_source_has_letters_that_lay_there_taken(client, inbox, stand, look):
    inbox.put(newsletter(text=TEXT, From="Kilpa <Laiskai@Kilpa.example>"))
    look()
    client.force_login(UserFactory(role="head"))
    form = client.get(f"{PAGE}naujas/", {"sender": "laiskai@kilpa.example"}).context["form"]
    assert (form["kind"].value(), form["sender"].value()) == ("newsletter", "laiskai@kilpa.example")
    data = {
        "outlet": make_outlet().pk,
        "kind": "newsletter",
        "sender": "LAISKAI@kilpa.example",
        "every_minutes": 15,
    }
    twice = dict(data)

    assert client.post(f"{PAGE}naujas/", {**data, "sender": ""}).status_code == 422
    assert client.post(f"{PAGE}naujas/", data).status_code == 302
    assert client.post(f"{PAGE}naujas/", twice).status_code == 422

    assert look() == 1
    assert Mailbox.objects.get().unknown == {}
    assert Article.objects.get().source.sender == "laiskai@kilpa.example"


def test_without_a_mailbox_the_page_of_sources_says_so(client, settings):
    settings.PRESS_IMAP_HOST = ""
    client.force_login(UserFactory(role="specialist"))

    assert "PRESS_IMAP_HOST" in client.get(PAGE).content.decode()
    assert newsletters.look_into_mailbox() == 0
    assert not Mailbox.objects.exists()


def _wrong_password(settings):
    settings.PRESS_IMAP_PASSWORD = "netikras"


def _no_server(settings):
    settings.PRESS_IMAP_PORT = 1


def _no_trust(settings):
    settings.PRESS_IMAP_CA = ""


def _no_folder(settings):
    settings.PRESS_IMAP_FOLDER = "Nera"


@pytest.mark.parametrize("spoil", [_wrong_password, _no_server, _no_trust, _no_folder])
def test_a_mailbox_that_cannot_be_read_says_why_and_its_last_good_day(
    client, inbox, source, look, settings, spoil
):
    inbox.put(newsletter(text=TEXT))
    look()
    good_at = Source.objects.get().last_good_at
    names = ("PRESS_IMAP_PASSWORD", "PRESS_IMAP_PORT", "PRESS_IMAP_CA", "PRESS_IMAP_FOLDER")
    whole = {name: getattr(settings, name) for name in names}
    spoil(settings)

    assert look() == 0

    source.refresh_from_db()
    assert (source.state, source.last_good_at) == (SourceState.BROKEN, good_at)
    client.force_login(UserFactory(role="specialist"))
    shown = html.unescape(client.get(PAGE).content.decode())
    assert shown.count(source.reason) == 2  # at the mailbox and at the source
    for name, value in whole.items():
        setattr(settings, name, value)
    look()
    source.refresh_from_db()
    assert (source.state, source.reason) == (SourceState.WORKS, "")


def deep() -> bytes:
    head = f"From: {SENDER}\r\nMessage-ID: <gilus@x>\r\nSubject: Gilus\r\n"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3000))
    return (head + "MIME-Version: 1.0\r\n" + parts + "\r\nlabas\r\n").encode()


def many() -> bytes:
    letter = newsletter(text=TEXT)
    for number in range(150):
        letter.add_attachment(f"{number}", filename=f"{number}.txt")
    return letter.as_bytes()


def huge() -> bytes:
    letter = newsletter(text=TEXT)
    letter.add_attachment(b"x" * 50_000_000, maintype="application", subtype="zip", filename="viskas.zip")
    return letter.as_bytes()


@pytest.mark.parametrize("make", [deep, many, huge])
def test_a_hostile_letter_is_refused_with_its_reason_and_the_next_is_taken(inbox, source, look, make):
    inbox.put(make())
    look()
    source.refresh_from_db()
    assert (source.state, bool(source.reason)) == (SourceState.BROKEN, True)
    assert not Article.objects.exists()
    inbox.put(newsletter(text=TEXT, Subject="Geras"))

    look()

    assert Article.objects.get().title == "Geras"
    source.refresh_from_db()
    assert (source.state, source.reason) == (SourceState.WORKS, "")


def test_attachments_are_not_opened(inbox, source, look):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomba.txt", b"0" * 20_000_000)
    letter = newsletter(text=TEXT)
    letter.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="naujienos.zip")
    letter.add_attachment(b"<a href='http://127.0.0.1:1/'>Svetima nuoroda svetimame faile</a>", maintype="text", subtype="html", filename="x.html")  # fmt: skip
    inbox.put(letter)

    look()

    assert Article.objects.get().text == TEXT.strip()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "nera-tokio", "us-ascii"])
def test_a_wrong_charset_is_read_as_lithuanian(inbox, source, look, charset):
    head = (
        f"From: {SENDER}\r\nMessage-ID: <a@b>\r\nSubject: =?{charset}?Q?Tiltas?=\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    inbox.put(head.encode() + "Ąžuolų giraitėje vyks šventė. ".encode("windows-1257") * 5)

    look()

    assert "Ąžuolų giraitėje vyks šventė." in Article.objects.get().text


def test_heads_that_would_inject_lines_are_flat_words(inbox, source, look):
    letter = (
        f"From: =?utf-8?q?Kra=C5=A1tas=0D=0ABcc=3A_visiems=40x.lt?= <{SENDER}>\r\nMessage-ID: <a\tb\r\n c@d>\r\n"
        "Subject: =?utf-8?b?VGlsdGFzDQpCY2M6IHZpc2llbXNAeC5sdA0KDQo8c2NyaXB0Pg==?=\r\nDate: Kada nors\r\n\r\n"
    )
    inbox.put(letter.encode() + TEXT.encode())

    look()

    article = Article.objects.get()
    assert article.title == "Tiltas Bcc: visiems@x.lt"
    assert SourceLetter.objects.get().message_id.isprintable()


@pytest.mark.parametrize(
    "raw", [b"\x00\xff\xfe" * 2000, b"", b"From: " + b"a" * 200_000 + b"\r\n\r\nx", b"\r\n\r\n"]
)
def test_letters_that_are_none_stop_nothing(inbox, source, look, raw):
    inbox.put(raw or b"\r\n")
    inbox.put(newsletter(text=TEXT, Subject="Geras"))

    assert look() == 1
    assert Article.objects.get().title == "Geras"


def test_a_letter_the_line_breaks_over_is_passed_at_the_next_look(inbox, source, look, monkeypatch):
    from media_monitoring import mailbox

    inbox.put(newsletter(text=TEXT, Subject="Lūžęs"))
    inbox.put(newsletter(text=TEXT, Subject="Geras"))
    with monkeypatch.context() as patch:
        patch.setattr(mailbox.Line, "body", lambda line, uid: line.client.shutdown() or line.client.noop())
        assert look() == 0
    source.refresh_from_db()
    assert source.state == SourceState.BROKEN

    assert look() == 1
    assert Article.objects.get().title == "Geras"


def test_a_day_to_come_is_the_day_it_came(inbox, source, look):
    inbox.put(newsletter(text=TEXT, Date="Fri, 31 Dec 9999 23:59:59 +0200"))

    look()

    assert Article.objects.get().published_at <= timezone.now()


def test_the_clock_looks_into_the_mailbox_once_in_a_while(inbox, source, run_jobs):
    inbox.put(newsletter(text=TEXT))

    services.ask_what_is_due()
    run_jobs()
    run_jobs()
    services.ask_what_is_due()

    assert Article.objects.count() == 1
    assert Job.objects.get(kind="media_monitoring.look_into_mailbox").state == "done"


def test_links_that_take_long_are_followed_later(inbox, source, stand, tracker, look, monkeypatch):
    from core.jobs import PostponedError

    tracker.pages["/c"] = (302, {"Location": stand.url("/parkas")}, b"")
    inbox.put(newsletter(link(tracker.url("/c"), "Parko takai laukia rangovo")))
    with monkeypatch.context() as patch:
        patch.setattr(newsletters, "FOLLOW_SECONDS", 0)
        with pytest.raises(PostponedError):
            look()

    look()

    assert Article.objects.get().url == stand.url("/parkas")
    assert Host.objects.count() == 0


def test_a_link_nobody_can_follow_leaves_the_text_and_says_so(inbox, source, look):
    letter = newsletter(link("http://169.254.169.254/c", "Parko takai laukia rangovo"), text=TEXT)
    inbox.put(letter)

    look()

    assert Article.objects.get().text == TEXT.strip()
    source.refresh_from_db()
    assert source.state == SourceState.BROKEN
    assert "Dienos naujienos" in source.reason


def test_letters_are_forgotten_once_no_look_reaches_them(source):
    now = timezone.now()
    for name, days, opened_at in (("sena", 91, now), ("nauja", 89, now), ("neatverta", 91, None)):
        letter = SourceLetter.objects.create(source=source, message_id=name, sent_at=now, opened_at=opened_at)
        SourceLetter.objects.filter(pk=letter.pk).update(created_at=now - datetime.timedelta(days=days))

    tasks.keep_house()

    assert set(SourceLetter.objects.values_list("message_id", flat=True)) == {"nauja", "neatverta"}
