"""Lists for those who serve: each shows its own columns alone, goes by mail, and goes again only to whom a change touches."""

from __future__ import annotations

import datetime
import io
import re
import subprocess

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.db.models import Q
from django.urls import reverse

from core import jobs, personal
from core.choices import Channel, DataClass
from core.files import store
from core.models import AccessRecord, AuditEvent, Job, OutgoingMail
from delegations import services
from delegations.choices import ItemKind
from delegations.models import ListReader, ListSending, MealOrder, Room, RoomGuest, TableSeat
from delegations.models.members import GUEST_PURPOSE
from delegations.models.travel import TransferLeg, TravelLeg
from delegations.services import list_sendings, lists
from documents import conformance
from documents.models import Document
from matters import amendments, approvals
from matters.models import Ladder, LadderStep
from resources.models import Driver, Resource
from resources.models.resources import CONTACT_PURPOSE
from tests.accounts.factories import UserFactory
from tests.delegations.factories import (
    make_car,
    make_hall,
    make_interpreter,
    make_item,
    make_member,
    make_place,
    make_visit,
)
from tests.post_office import plain, subject

pytestmark = pytest.mark.django_db

PHONE, DIET, NEED, NOTE = "+000 00 501", "be riešutų", "neįgaliojo vežimėlis", "Vėliavėlės ant stalo"
KEYS = ("hotel", "kitchen", "driver", "interpreter", "door", "press", "gifts")


@pytest.fixture
def specialist():
    return UserFactory(
        role="specialist",
        first_name="Ieva",
        last_name="Juknelytė",
        phone="8 000 00 000",
        email="ieva@example.lt",
    )


@pytest.fixture
def visit(specialist):
    """Four guests, one of each thing that somebody serves."""
    visit = make_visit(by=specialist, host=UserFactory(first_name="Vytautas", last_name="Daukša"))
    head = make_member(
        visit,
        "Zbigniew Łączyński",
        kind="head",
        post_lt="meras",
        gender="m",
        values={"phone": PHONE, "diet": DIET},
    )
    make_member(visit, "Tetiana Gžycka", own_name="Тетяна Ґжицька", values={"accessibility": NEED})
    make_member(visit, "Anna Nowak", kind="press", post_lt="dienraštis „Nowa“")
    make_member(visit, "=SUM(A1)")
    office, hotel = (
        make_place("Savivaldybė", address="Rotušės a. 4"),
        make_place("Viešbutis", phone="+000 11"),
    )
    driver = Driver.objects.create(name="Algis Bernotas")
    make_item(
        visit, "9.00", "10.00", place=office, host=visit.host, notes=NOTE, is_open_to_press=True,
        served_by=[make_interpreter(), make_hall("101 salė", office)],
    )  # fmt: skip
    make_item(
        visit, "12.00", "13.00", kind="meal", title="Pietūs", pl="Obiad", place=make_place("Restoranas")
    )
    way = make_item(
        visit, "8.15", "8.45", kind="transport", title="Į savivaldybę", pl="Do urzędu", place=hotel, to_place=office,
        served_by=[make_car("Mikroautobusas"), driver],
    )  # fmt: skip
    night = make_item(
        visit, "20.00", kind="accommodation", title="Nakvynė", pl="Nocleg", place=hotel,
        until_on=visit.starts_on + datetime.timedelta(days=3),
    )  # fmt: skip
    room = Room.objects.create(
        item=night, kind="single", number="101", on=visit.starts_on,
        until_on=visit.starts_on + datetime.timedelta(days=3),
    )  # fmt: skip
    RoomGuest.objects.create(room=room, member=head, nights=(room.on, room.until_on))
    order = MealOrder.objects.create(item=visit.items.get(kind="meal"), menu="Šaltibarščiai", hosts=2)
    TableSeat.objects.create(meal=order, member=head, table="1 stalas")
    leg = TravelLeg(
        visit=visit, direction="arrival", mode="flight", number="LO 781", other_end="Varšuva", place=hotel,
        on=visit.starts_on, at=datetime.time(7, 30),
    )  # fmt: skip
    leg.set_moment()
    leg.save()
    TransferLeg.objects.create(item=way, leg=leg)
    personal.set_value(
        Resource.objects.get(pk=driver.pk),
        "email",
        "algis@example.lt",
        purpose=CONTACT_PURPOSE,
        data_class=DataClass.CONTACT,
    )
    return visit


def entry(visit, code):
    [found] = [one for one in lists.entries(visit) if one.kind.code == code]
    return found


def give_addresses(visit):
    """Everyone but the interpreter has somewhere to be written to."""
    for one in lists.entries(visit):
        if not one.reader.is_person:
            lists.set_reader(
                visit, one.reader.key, by=visit.responsible.actor, email=f"{one.kind.code}@example.lt"
            )


def work():
    """Do whatever is due until nothing is, as the workers would."""
    ours = Q(kind__startswith="delegations.") | Q(kind="core.send_mail")
    while due := list(Job.objects.due().filter(ours)):
        for job in due:
            jobs.run(job.pk)


def approve(visit):
    """The head approves; without the frozen paper being drawn."""
    ladder = Ladder.objects.create(kind="visit", name="Programos", is_default=True)
    LadderStep.objects.create(
        ladder=ladder,
        order=1,
        label="tvirtina",
        role=Group.objects.get(name="head"),
        channels=[Channel.SESSION],
    )
    head = UserFactory(role="head")
    approval = approvals.submit(visit, by=visit.responsible.actor)
    approvals.open_round(
        approval.version, store(b"%PDF-1.7 frozen", name="v.pdf", media_type="application/pdf")
    )
    approvals.approve(approval.steps.get(), by=head.actor)
    visit.refresh_from_db()


def pdf_text(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode().replace("\u00a0", " ")


def lists_in(office):
    """Letters that carry a list; the portal writes to its own people besides."""
    return [letter for letter in office.letters if list(letter.iter_attachments())]


def attached(letter) -> bytes:
    [part] = letter.iter_attachments()
    return part.get_content()


# --- what each list shows ---------------------------------------------------------------------------------------

SHOWN = {
    "hotel": ("Zbigniew Łączyński", "101", NEED, "3 naktys", "kambarys dar neparinktas"),
    "kitchen": (
        "1 × be riešutų: Zbigniew Łączyński (1 stalas)",
        "Šaltibarščiai",
        "6 (4 svečiai ir mūsų 2)",
    ),
    "driver": (PHONE, "LO 781, Varšuva, 7.30", "Mikroautobusas", "Anna Nowak", "Rotušės a. 4"),
    "interpreter": ("Priima meras", "Vytautas Daukša", "lenkų", "4 svečiai"),
    "door": ("Tetiana Gžycka (Тетяна Ґжицька)", "101 salė", "Mikroautobusas", "Vardenė Vertėja (vertėja)"),
    "press": ("Priima meras", "Anna Nowak", "dienraštis „Nowa“"),
    "gifts": ("Zbigniew Łączyński", "Gerbiamas mere", "Vytautas Daukša"),
}
SECRET = {
    "hotel": (PHONE, DIET, NOTE, "Priima meras", "Mikroautobusas", "LO 781"),
    "kitchen": (PHONE, NEED, NOTE, "Tetiana", "Anna Nowak", "101", "Priima meras"),
    "driver": (DIET, NEED, NOTE, "Priima meras", "Šaltibarščiai", "101 salė"),
    "interpreter": (PHONE, DIET, NEED, NOTE, "Tetiana", "Mikroautobusas", "Pietūs"),
    "door": (PHONE, DIET, NEED, NOTE, "Pietūs", "LO 781"),
    "press": (PHONE, DIET, NEED, NOTE, "Tetiana", "Mikroautobusas", "Pietūs"),
    "gifts": (PHONE, DIET, NEED, NOTE, "Tetiana", "Mikroautobusas", "Pietūs"),
}


@pytest.mark.parametrize("code", KEYS)
def test_each_list_shows_what_its_reader_needs_and_leaks_no_column(client, visit, code):
    client.force_login(visit.responsible)
    key = entry(visit, code).reader.key

    client.post(reverse("delegations:list_make", args=[visit.pk, key]))
    work()

    version = Document.objects.get(matter=visit, kind=f"delegations.list:{key}").versions.get()
    content = version.file.read()
    text = " ".join(pdf_text(content).split())
    book = openpyxl.load_workbook(
        io.BytesIO(
            b"".join(client.get(reverse("delegations:list_xlsx", args=[visit.pk, key])).streaming_content)
        )
    )
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    words = " ".join(str(cell.value or "") for cell in cells).replace("\u00a0", " ")
    page = client.get(reverse("delegations:list_detail", args=[visit.pk, key])).content.decode()
    main = page[page.index("<main") :].replace("\u00a0", " ")
    assert conformance.check(content) == []
    assert "PROJEKTAS" in text
    for shown in SHOWN[code]:
        assert shown in words
        assert set(re.findall(r"[\w.–+]+", shown)) <= set(re.findall(r"[\w.–+]+", text))
        assert shown.split(":")[0] in main
    for secret in SECRET[code]:
        assert secret not in words
        assert secret not in text
    assert all(cell.data_type != "f" for cell in cells)  # a guest called "=SUM(A1)" is a name
    assert version.document.is_working_paper
    assert version.document.erase_on == visit.ends_on + datetime.timedelta(days=30)


def test_a_list_in_english_says_its_columns_in_english(client, visit):
    client.force_login(visit.responsible)
    driver = entry(visit, "driver")

    client.post(reverse("delegations:list_detail", args=[visit.pk, driver.reader.key]), {"language": "en"})
    client.post(reverse("delegations:list_make", args=[visit.pk, driver.reader.key]))
    work()

    document = Document.objects.get(matter=visit, kind=f"delegations.list:{driver.reader.key}")
    text = pdf_text(document.versions.get().file.read())
    assert document.language == "en"
    assert "Passengers" in text
    assert "Tuesday, June 15" in text
    assert "LO 781, Varšuva, 7:30" in " ".join(text.split())


def test_who_may_not_read_needs_sees_no_private_column_and_no_workbook(client, visit):
    reader = UserFactory(role="accountant")
    kitchen = entry(visit, "kitchen").reader.key
    client.force_login(reader)

    page = client.get(reverse("delegations:list_detail", args=[visit.pk, kitchen]))
    book = client.get(reverse("delegations:list_xlsx", args=[visit.pk, kitchen]))

    assert DIET not in page.content.decode()
    assert book.status_code == 403
    assert not AccessRecord.objects.filter(purpose=GUEST_PURPOSE).exists()


def test_reading_what_a_list_opens_is_logged_and_nothing_else_is_opened(client, visit):
    client.force_login(visit.responsible)

    client.get(reverse("delegations:lists", args=[visit.pk]))
    assert not AccessRecord.objects.exists()
    client.get(reverse("delegations:list_detail", args=[visit.pk, entry(visit, "kitchen").reader.key]))

    assert {tuple(row.fields) for row in AccessRecord.objects.all()} == {("diet",)}


# --- the page -----------------------------------------------------------------------------------------------


def test_the_page_asks_no_more_with_more_readers(client, visit, django_assert_max_num_queries):
    client.force_login(visit.responsible)
    url = reverse("delegations:lists", args=[visit.pk])
    client.get(url)
    with django_assert_max_num_queries(21) as few:
        client.get(url)
    for number in range(3):
        make_item(visit, f"{14 + number}.00", f"{14 + number}.50", place=make_place(f"Vieta {number}"))
        make_item(
            visit, f"{14 + number}.00", f"{14 + number}.50", day=2, kind="meal", title="Pietūs", pl="Obiad",
            place=make_place(f"Valgykla {number}"),
        )  # fmt: skip

    with django_assert_max_num_queries(21) as many:
        answer = client.get(url)

    assert len(answer.context_data["rows"]) == 13
    assert len(many) == len(few)


def test_a_visit_nobody_serves_says_what_to_do(client, specialist):
    client.force_login(specialist)

    page = client.get(reverse("delegations:lists", args=[make_visit(by=specialist).pk])).content.decode()

    assert "Šiam vizitui dar niekas nepaskirtas" in page


def test_an_approval_is_told_even_while_a_list_is_being_sent_by_hand(visit, post_office):
    """The job of the approval stands beside the one that runs: what came into force is not lost."""
    driver = entry(visit, "driver").reader.key
    list_sendings.send_lists(visit, [driver], by=visit.responsible.actor)
    Job.objects.filter(kind=list_sendings.SEND).update(state="running")
    approve(visit)
    for job in Job.objects.due().filter(kind=list_sendings.TELL):
        jobs.run(job.pk)

    assert Job.objects.filter(
        kind=list_sendings.SEND, key=f"{visit.pk}|{driver}|1|0", state="queued"
    ).exists()


def test_while_a_list_is_made_the_page_asks_for_its_own_part(client, visit):
    client.force_login(visit.responsible)
    url = reverse("delegations:lists", args=[visit.pk])
    list_sendings.request_list(visit, entry(visit, "door").reader.key, by=visit.responsible.actor)

    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    work()
    done = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith("<div")
    assert 'data-hx-trigger="every 2s"' in part
    assert "rengiama" in part
    assert "data-hx-trigger" not in done


def test_who_is_switched_off_is_left_out_of_what_an_approval_sends(visit, post_office):
    lists.switch_reader(visit, entry(visit, "driver").reader.key, on=False, by=visit.responsible.actor)

    approve(visit)
    work()

    assert {letter["To"] for letter in lists_in(post_office)} == {visit.responsible.email}


# --- sending ------------------------------------------------------------------------------------------------


def test_before_the_approval_a_list_goes_out_as_a_draft_with_its_pdf(client, visit, post_office):
    client.force_login(visit.responsible)
    driver = entry(visit, "driver").reader.key

    client.post(reverse("delegations:lists_send", args=[visit.pk]), {"reader": driver})
    work()

    [letter] = lists_in(post_office)
    assert letter["To"] == "algis@example.lt"
    assert "PROJEKTAS" in subject(letter)
    assert "projektas" in plain(letter).lower()
    assert PHONE not in plain(letter) + subject(letter)
    content = attached(letter)
    assert conformance.check(content) == []
    assert all("PROJEKTAS" in page for page in pdf_text(content).split("\f") if page.strip())
    sending = ListSending.objects.get()
    assert (sending.is_draft, sending.email, sending.name) == (True, "", "Algis Bernotas")
    assert PHONE not in str(sending.content)
    assert AccessRecord.objects.filter(purpose=CONTACT_PURPOSE, fields=["email"]).exists()
    assert entry(visit, "driver").state == lists.AS_SENT


def test_a_second_draft_bears_its_number_and_another_name_of_file(client, visit, post_office):
    client.force_login(visit.responsible)
    url, driver = reverse("delegations:lists_send", args=[visit.pk]), entry(visit, "driver").reader.key
    client.post(url, {"reader": driver})
    work()
    way = next(item for item in visit.items.all() if item.kind == ItemKind.TRANSPORT)
    services.move_item(
        way, by=visit.responsible.actor, on=way.on, starts=datetime.time(way.starts.hour + 1, 5)
    )

    client.post(url, {"reader": driver})
    work()
    client.post(url, {"reader": driver})  # nothing has changed: the same draft
    work()

    letters = lists_in(post_office)
    names = [next(letter.iter_attachments()).get_filename() for letter in letters]
    assert [name.partition("-driver-")[2] for name in names] == [
        "v1-projektas-1.pdf",
        "v1-projektas-2.pdf",
        "v1-projektas-2.pdf",
    ]
    assert ["PROJEKTAS 2," in subject(letter) for letter in letters] == [False, True, True]
    assert "PROJEKTAS 2," in pdf_text(attached(letters[1]))
    assert "PROJEKTAS 2" in client.get(reverse("delegations:lists", args=[visit.pk])).content.decode()


def test_without_an_address_or_switched_off_nothing_goes_and_the_page_says_so(client, visit, post_office):
    client.force_login(visit.responsible)
    url = reverse("delegations:lists_send", args=[visit.pk])
    interpreter = entry(visit, "interpreter").reader.key

    refused = client.post(url, {"reader": interpreter}, follow=True).content.decode()
    client.post(
        reverse("delegations:list_switch", args=[visit.pk, entry(visit, "driver").reader.key]), {"on": "0"}
    )
    off = client.post(url, {"reader": entry(visit, "driver").reader.key}, follow=True).content.decode()
    work()

    assert "Nėra adreso" in refused
    assert "Gavėjas išjungtas" in off
    assert post_office.letters == []


def test_an_address_given_once_is_remembered_for_the_place_at_the_next_visit(visit):
    hotel = entry(visit, "hotel").reader
    lists.set_reader(visit, hotel.key, by=visit.responsible.actor, email="viesbutis@example.lt")
    place = visit.items.get(kind="accommodation").place
    later = make_visit(by=visit.responsible, starts_on=visit.starts_on + datetime.timedelta(days=60))
    make_member(later)
    make_item(later, "20.00", kind="accommodation", title="Nakvynė", pl="Nocleg", place=place)

    assert entry(later, "hotel").email == "viesbutis@example.lt"


def test_an_approval_tells_everyone_who_serves_and_an_amendment_only_those_it_touches(visit, post_office):
    give_addresses(visit)
    approve(visit)
    work()

    told = sorted(letter["To"] for letter in lists_in(post_office))
    assert told == sorted(
        [
            "algis@example.lt",
            *(f"{code}@example.lt" for code in KEYS if code not in ("driver", "interpreter")),
        ]
    )
    assert not any("PROJEKTAS" in pdf_text(attached(letter)) for letter in lists_in(post_office))
    post_office.letters.clear()

    way = visit.items.get(kind="transport")
    services.move_item(
        way, on=way.on, starts=datetime.time(8, 25), revision=way.revision,
        by=visit.responsible.actor,
    )  # fmt: skip
    assert [one.kind.code for one in lists.entries(visit) if one.will_be_told] == ["driver"]
    amendments.publish_amendment(visit, by=visit.responsible.actor)
    work()

    [letter] = lists_in(post_office)
    assert letter["To"] == "algis@example.lt"
    assert "8.15–8.45 → 8.25–8.55" in plain(letter)
    text = pdf_text(attached(letter))
    assert "Kas pasikeitė" in text
    assert "8.25–8.55" in text


def test_the_same_approval_is_told_once_however_often_its_job_runs(visit, post_office):
    approve(visit)
    work()
    count = len(lists_in(post_office))

    for kind in ("delegations.tell_readers", "delegations.send_list"):
        for job in Job.objects.filter(kind=kind):
            jobs.restart(job, payload=job.payload)
    work()

    assert count == 3  # the driver, and what the office itself reads
    assert len(lists_in(post_office)) == count
    assert ListSending.objects.count() == count


def test_a_changed_diet_reaches_the_kitchen_without_being_kept(visit, post_office):
    lists.set_reader(
        visit, entry(visit, "kitchen").reader.key, by=visit.responsible.actor, email="virtuve@example.lt"
    )
    list_sendings.send_lists(visit, [entry(visit, "kitchen").reader.key], by=visit.responsible.actor)
    work()
    head = visit.members.get(kind="head")

    services.change_member(
        head, revision=head.revision, by=visit.responsible.actor, values={"diet": "veganiška"}
    )

    assert entry(visit, "kitchen").state == lists.CHANGED
    assert entry(visit, "door").state == lists.NEVER
    list_sendings.send_lists(visit, [entry(visit, "kitchen").reader.key], by=visit.responsible.actor)
    work()
    letter = lists_in(post_office)[-1]
    assert "veganiška" in pdf_text(attached(letter))
    assert "veganiška" not in plain(letter)
    assert "Mityba" in plain(letter)
    assert "veganiška" not in str(list(ListSending.objects.values()))
    assert "veganiška" not in str(list(AuditEvent.objects.values("data")))


def test_who_has_nothing_to_do_any_more_is_told_so(visit, post_office):
    approve(visit)
    work()
    post_office.letters.clear()
    way = visit.items.get(kind="transport")
    driver = Driver.objects.get()

    services.swap_resource(way, driver, None, by=visit.responsible.actor)
    amendments.publish_amendment(visit, by=visit.responsible.actor)
    work()

    [letter] = lists_in(post_office)
    assert letter["To"] == "algis@example.lt"
    assert "darbo nebeturite" in plain(letter)


def test_who_works_by_a_list_is_told_that_the_visit_is_called_off(visit, post_office):
    give_addresses(visit)
    keys = [entry(visit, code).reader.key for code in ("driver", "hotel")]
    list_sendings.send_lists(visit, keys, by=visit.responsible.actor)
    work()
    post_office.letters.clear()

    services.call_off_visit(visit, reason="Serga meras", by=visit.responsible.actor)
    work()

    assert sorted(letter["To"] for letter in post_office.letters) == ["algis@example.lt", "hotel@example.lt"]
    assert "Atšaukta" in subject(post_office.letters[0])
    assert "Vizitas neįvyks" in plain(post_office.letters[0])


def test_a_stopped_letter_leaves_the_sending_honest(client, visit, post_office):
    lists.set_reader(
        visit, entry(visit, "hotel").reader.key, by=visit.responsible.actor, email="nera@example.lt"
    )
    list_sendings.send_lists(visit, [entry(visit, "hotel").reader.key], by=visit.responsible.actor)
    work()
    client.force_login(visit.responsible)

    page = client.get(reverse("delegations:lists", args=[visit.pk])).content.decode()

    assert OutgoingMail.objects.get().state == "failed"
    assert OutgoingMail.objects.get().get_state_display() in page


def test_a_reader_is_one_row_however_often_it_is_saved(client, visit):
    client.force_login(visit.responsible)
    url = reverse("delegations:list_detail", args=[visit.pk, entry(visit, "door").reader.key])

    client.post(url, {"name": "Budėtojas", "email": "durys@example.lt", "language": "lt"})
    wrong = client.post(url, {"name": "Budėtojas", "email": "ne paštas", "language": "lt"})
    client.post(url, {"name": "Budėtojas", "email": "sargas@example.lt", "language": "lt"})

    assert wrong.status_code == 422
    assert 'value="ne paštas"' in wrong.content.decode()
    assert ListReader.objects.get().email == "sargas@example.lt"
