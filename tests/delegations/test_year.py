"""The visits of a year: sums by partner, work kept or not, the workbook and the paper for the council."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import Job, StoredFile
from delegations import services
from delegations.choices import Basis, ItemKind, Progress, RoomKind
from delegations.models import MealOrder, Room, Ticket
from delegations.year import read_year
from documents import conformance
from matters.choices import Access
from matters.services import finish_task
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_city, make_item, make_member, make_visit
from tests.delegations.test_festivals import come, make_festival, make_shared
from tests.documents.test_pdf import text_of

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate


@pytest.fixture
def staff(db):
    return UserFactory(role="specialist")


def make_finished(by, **fields):
    """A visit of this year, begun today, with a meeting, a dinner for two and two nights."""
    visit = make_visit(by, starts_on=TODAY(), days=3, **fields)
    make_member(visit)
    make_member(visit, "Małgorzata Świętoń")
    make_item(visit, title="Priima meras")
    dinner = make_item(visit, "19.00", "21.00", kind=ItemKind.MEAL, title="Vakarienė")
    MealOrder.objects.create(item=dinner, price=Decimal("20.00"), hosts=1)
    hotel = make_item(
        visit, "20.00", kind=ItemKind.ACCOMMODATION, title="Viešbutis", until_on=visit.starts_on + 2 * DAY
    )
    Room.objects.create(
        item=hotel, kind=RoomKind.TWIN, on=hotel.on, until_on=hotel.until_on, price=Decimal("50.00")
    )
    Ticket.objects.create(visit=visit, what="Muziejus", count=2, price=Decimal("3.50"))
    return visit


def test_the_year_sums_guests_days_cost_and_work_by_partner(client, staff):
    opole = make_finished(staff)
    make_finished(staff)
    cesis = make_visit(
        staff,
        starts_on=TODAY(),
        days=1,
        city=make_city(name_lt="Cėsys", name_local="Cēsis", country="LV", languages=["lv"]),
    )
    make_visit(staff, starts_on=datetime.date(TODAY().year - 1, 6, 1))
    item = opole.items.filter(kind=ItemKind.MEETING).get()
    done = services.add_follow_up(item, title="A", owner=staff, due_on=TODAY() + DAY, by=staff.actor)
    services.add_follow_up(item, title="B", owner=staff, due_on=TODAY() + DAY, by=staff.actor)
    finish_task(done.task, by=staff.actor)
    client.force_login(staff)

    page = client.get(reverse("delegations:year", args=[TODAY().year]))

    read = page.context_data["read"]
    first, second = read.by_partner
    # a dinner for two guests and one of ours, two nights of a room, two tickets
    assert (first.label, first.visits, first.guests, first.days, first.cost) == (
        "Opolė",
        2,
        4,
        6,
        Decimal(334),
    )
    assert (first.kept.in_time, first.kept.late, first.kept.open) == (1, 0, 1)
    assert (second.label, second.visits, second.cost) == ("Cėsys", 1, None)
    assert cesis in [row.visit for row in read.rows]
    assert "334,00" in page.content.decode()


def test_the_page_asks_the_same_number_of_questions_however_many_visits(
    client, staff, django_assert_max_num_queries
):
    make_finished(staff)
    client.force_login(staff)
    url = reverse("delegations:year", args=[TODAY().year])
    client.get(url)
    with django_assert_max_num_queries(19) as one:
        client.get(url)
    for _again in range(3):
        make_finished(staff)
    with django_assert_max_num_queries(19) as four:
        client.get(url)

    assert len(four.captured_queries) == len(one.captured_queries)


def test_a_visit_one_may_not_see_is_in_no_sum(staff):
    hidden = make_finished(UserFactory(role="head"))
    hidden.access = Access.LEADERSHIP
    hidden.save()

    assert read_year(staff, TODAY().year).rows == []
    assert read_year(hidden.responsible, TODAY().year).total.visits == 1


def test_done_after_its_day_is_late_and_dropped_counts_nowhere(staff):
    visit = make_finished(staff)
    item = visit.items.filter(kind=ItemKind.MEETING).get()
    rows = [
        services.add_follow_up(item, title=name, owner=staff, due_on=TODAY(), by=staff.actor).task
        for name in ("late", "dropped", "overdue")
    ]
    for task in rows:
        task.due_on = TODAY() - 2 * DAY
    rows[0].done_at, rows[1].dropped_at = timezone.now(), timezone.now()
    for task in rows:
        task.save()

    kept = read_year(staff, TODAY().year).total.kept

    assert (kept.in_time, kept.late, kept.open, kept.overdue) == (0, 1, 1, 1)


def test_the_workbook_holds_every_visit_and_neutral_cells(client, staff):
    make_finished(staff, title="=HYPERLINK(1)")
    make_finished(staff)
    client.force_login(staff)

    answer = client.get(reverse("delegations:year_xlsx", args=[TODAY().year]))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.worksheets[0].values)
    assert len(rows) == 3
    assert {row[1] for row in rows[1:]} == {"=HYPERLINK(1)", "Opolės miesto delegacija"}
    assert all(cell.data_type != "f" for row in book.worksheets[0] for cell in row)


def test_the_paper_for_the_council_is_valid_and_each_has_her_own(
    client, staff, django_capture_on_commit_callbacks
):
    make_finished(staff, basis=Basis.ORGANISATION, inviter="Klubas „Opolė“")
    year = TODAY().year
    client.force_login(staff)

    client.post(reverse("delegations:year_paper_make", args=[year]))
    job = Job.objects.get(kind="delegations.year_paper")
    jobs.run(job.pk)

    answer = client.get(reverse("delegations:year_pdf", args=[year]))
    content = b"".join(answer.streaming_content)
    assert conformance.check(content) == []
    text = text_of(content)
    for words in ("Opolė", "Opolės miesto delegacija", "167,00", str(year)):
        assert words in text
    client.force_login(UserFactory(role="specialist"))
    assert client.get(reverse("delegations:year_pdf", args=[year])).status_code == 404

    client.force_login(staff)
    make_finished(staff, title="Antra delegacija")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("delegations:year_paper_make", args=[year]))
        jobs.run(job.pk)
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("year", [1899, 0, 99999])
def test_a_year_that_cannot_be_is_not_there(client, staff, year):
    client.force_login(staff)

    assert client.get(reverse("delegations:year", args=[year])).status_code == 404


def test_a_year_without_visits_says_what_will_be_here(client, staff):
    client.force_login(staff)

    page = client.get(reverse("delegations:year", args=[2031]))

    assert page.status_code == 200
    assert page.context_data["read"].rows == []


def test_cancelled_dinner_costs_nothing(staff):
    visit = make_finished(staff)
    dinner = visit.items.filter(kind=ItemKind.MEAL).get()
    before = read_year(staff, TODAY().year).total.cost

    services.say_outcome(dinner, progress=Progress.CANCELLED, note="Nespėta.", by=staff.actor)

    assert before - read_year(staff, TODAY().year).total.cost == 60


def test_a_delegation_of_a_festival_bears_its_part_of_what_is_shared(client, staff):
    """Its own heads at the shared meal, and by guests of our own people there; the services page says the same."""
    festival = make_festival(staff)
    first = come(festival)
    come(festival, "Cėsys", days=3)
    make_member(first, "Opolė Trečia")  # three guests of five
    dinner = make_shared(festival, kind=ItemKind.MEAL, title="Šventės vakarienė")
    MealOrder.objects.create(item=dinner, price=Decimal("20.00"), hosts=4)
    client.force_login(staff)

    page = client.get(reverse("delegations:year", args=[first.starts_on.year]))
    services_page = client.get(reverse("delegations:services", args=[first.pk]))

    costs = {row.visit.pk: row.cost for row in page.context_data["read"].rows}
    assert costs[first.pk] == Decimal("60.00") + Decimal("48.00")  # 3 × 20; 4 × 20 divided by 5, three times
    assert sum(costs.values()) == Decimal("180.00")  # nothing is lost: nine heads
    assert services_page.context_data["costs"].total == costs[first.pk]
    assert "pagal svečius, 3 iš 5" in services_page.content.decode().replace("\u00a0", " ")
    assert "dalis pagal svečius" in page.content.decode()
