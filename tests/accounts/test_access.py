"""Access of a matter (department, named people, leadership only) holds wherever the matter shows itself."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from core import registry
from core.models import OutgoingMail
from delegations.models import Visit
from documents.models import Document
from documents.services import upload
from matters import search
from matters.choices import Access, NoticeUrgency
from matters.models import Notice
from matters.services import change_access, create_task, notify
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_member, make_visit

pytestmark = pytest.mark.django_db

DEPARTMENT = {
    Role.SPECIALIST,
    Role.HEAD,
    Role.DEPUTY_HEAD,
    Role.LEADERSHIP,
    Role.SECRETARIAT,
    Role.ARCHIVIST,
    Role.ACCOUNTANT,
    Role.AUDITOR,
}
LEADERSHIP = {Role.HEAD, Role.DEPUTY_HEAD, Role.LEADERSHIP, Role.SECRETARIAT, Role.AUDITOR}
SEES = {Access.DEPARTMENT: DEPARTMENT, Access.LEADERSHIP: LEADERSHIP, Access.NAMED: set()}
SECRET = "Kudirkaitis"  # a word that stands in nothing else


@pytest.fixture
def owner():
    return UserFactory(role="head", first_name="Rasa", last_name="Vaičekonė")


@pytest.fixture
def visit(owner):
    """A visit of today, with a guest, a task and a file; its title holds the secret word."""
    visit = make_visit(owner, title=f"{SECRET} delegacija", starts_on=timezone.localdate(), days=2)
    make_member(visit, name=f"Jan {SECRET}")
    create_task(visit, title=f"Dovana: {SECRET}", assignee=owner, by=owner.actor)
    upload(visit, SimpleUploadedFile(f"{SECRET}.txt", b"x" * 40), by=owner.actor)
    return visit


def limit(visit, access, owner, people=()):
    change_access(visit, access=access, people=[*people] or [owner], by=owner.actor)
    for source in registry.register_search_source:
        search.index(source, None)


def read(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
        "utf-8", "ignore"
    )


def shows(client, name, *args, **query) -> bool:
    """Whether the page (or the file) holds the secret word; nobody is answered with a fall."""
    answer = client.get(reverse(name, args=args), query, follow=True)
    assert answer.status_code in {200, 403, 404}
    return SECRET in read(answer)


def opens(client, name, *args) -> bool:
    answer = client.get(reverse(name, args=args), follow=True)
    assert answer.status_code in {200, 403, 404}
    return answer.status_code == 200


def workbook_shows(client) -> bool:
    answer = client.get(reverse("delegations:list"), {"export": "xlsx"})
    if answer.status_code == 403:
        return False
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return any(SECRET in book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def calendar_shows(person) -> bool:
    today = timezone.localdate()
    return any(
        SECRET in entry.title
        for source in registry.register_calendar_source
        if not source.permission or person.has_perm(source.permission)
        for entry in source.entries(person, today, today + datetime.timedelta(days=1))
    )


def count_of(client, name, key, **query) -> bool:
    context = client.get(reverse(name), query).context_data
    return bool(context and context.get(key))


@pytest.mark.parametrize("access", Access.values)
@pytest.mark.parametrize("role", Role.values)
def test_access_holds_wherever_the_matter_shows_itself(client, visit, owner, role, access):
    person = UserFactory(role=role)
    Notice.objects.create(user=person, matter=visit, key="before", text=f"Naujas: {SECRET}", url="/")
    limit(visit, access, owner)
    client.force_login(person)
    document = Document.objects.get(matter=visit)
    notify(person, key="after", text=lambda: "Naujas", url="/", matter=visit, urgency=NoticeUrgency.NOW)

    seen = {
        "timeline": opens(client, "matters:history", visit.pk),
        "tasks": shows(client, "matters:tasks", visit.pk),
        "number": opens(client, "matters:go", visit.pk),
        "documents": shows(client, "documents:matter", visit.pk),
        "programme": shows(client, "delegations:programme", visit.pk),
        "guests": shows(client, "delegations:members", visit.pk),
        "services": opens(client, "delegations:services", visit.pk),
        "calendar file": opens(client, "delegations:ics", visit.pk),
        "list": shows(client, "delegations:list"),
        "count": person.has_perm("delegations.view_visit") and count_of(client, "delegations:list", "count"),
        "filter": shows(client, "delegations:list", q="kudirk", export="csv"),
        "CSV": shows(client, "delegations:list", export="csv"),
        "XLSX": workbook_shows(client),
        "search": any(
            SECRET in entry.title for group in search.search(person, SECRET) for entry in group.entries
        ),
        "search count": count_of(client, "matters:search", "total", q=SECRET.lower()),
        "my day": shows(client, "matters:my_day"),
        "calendar": calendar_shows(person),
        "calendar page": shows(client, "matters:calendar"),
        "notice": Notice.objects.filter(user=person, key="after").exists(),
        "letter": OutgoingMail.objects.filter(to=person.email).exists(),
        "notice of before": shows(client, "matters:notices"),
        "document": opens(client, "documents:detail", document.pk),
        "download": opens(client, "documents:download", document.versions.get().pk),
        "partner's page": shows(client, "partners:city", visit.city_id),
    }

    may = role in SEES[access]
    assert {name: sees for name, sees in seen.items() if sees != may} == {}


@pytest.mark.parametrize("access", Access.values)
@pytest.mark.parametrize("role", ["head", "deputy_head", "administrator"])
def test_what_somebody_holds_is_named_to_those_who_may_see_it(client, visit, owner, role, access):
    limit(visit, access, owner)
    client.force_login(UserFactory(role=role))

    page = read(client.get(reverse("accounts:hand_over", args=[owner.pk])))

    assert (SECRET in page) == (role in SEES[access])
    assert ("Ribotos prieigos reikalas" in page) == (role not in SEES[access])


@pytest.mark.parametrize("access", [Access.NAMED, Access.LEADERSHIP])
def test_the_named_see_it_whatever_their_role(client, visit, owner, access):
    person = UserFactory(role="accountant")
    limit(visit, access, owner, people=[person])
    client.force_login(person)

    assert client.get(reverse("delegations:programme", args=[visit.pk])).status_code == 200
    assert client.get(reverse("delegations:list")).context_data["count"] == 1
    assert client.get(reverse("matters:search"), {"q": SECRET}).context_data["total"] == 1


def test_working_papers_are_for_those_who_do_the_work(client, visit, owner):
    Document.objects.filter(matter=visit).update(
        is_working_paper=True, erase_on=timezone.localdate() + datetime.timedelta(days=30)
    )
    document = Document.objects.get(matter=visit)
    address = reverse("documents:download", args=[document.versions.get().pk])
    expected = {role: 200 if role in ("specialist", "head", "deputy_head") else 404 for role in DEPARTMENT}

    found = {}
    for role in DEPARTMENT:
        client.force_login(UserFactory(role=role))
        found[role] = client.get(address).status_code

    assert found == expected


@pytest.mark.parametrize("role", sorted(DEPARTMENT))
def test_telephones_and_diets_of_guests_are_for_the_department(client, visit, role):
    from core import personal
    from core.choices import DataClass
    from delegations.models.members import GUEST_PURPOSE

    member = visit.members.get()
    personal.set_value(
        member, "diet", "be riešutų", purpose=GUEST_PURPOSE, data_class=DataClass.SPECIAL,
        erase_on=timezone.localdate(),
    )  # fmt: skip
    client.force_login(UserFactory(role=role))

    page = read(client.get(reverse("delegations:member", args=[visit.pk, member.pk])))
    listed = read(client.get(reverse("delegations:members", args=[visit.pk])))

    assert ("be riešutų" in page) == (role in ("specialist", "head", "deputy_head"))
    assert "be riešutų" not in listed


def test_the_answer_to_a_strangers_number_is_the_same_as_to_none(client, visit, owner):
    limit(visit, Access.NAMED, owner)
    client.force_login(UserFactory(role="specialist"))
    last = Visit.objects.order_by("-pk").values_list("pk", flat=True)[0]

    hidden = client.get(reverse("delegations:programme", args=[visit.pk]))
    absent = client.get(reverse("delegations:programme", args=[last + 1000]))

    assert hidden.status_code == absent.status_code == 404
    assert SECRET not in hidden.content.decode()
