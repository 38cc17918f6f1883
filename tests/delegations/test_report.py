"""After the visit: the page of the report, the papers, what must be in order before closing, what goes by itself."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document as Docx

from core import keeping
from core.models import PersonalValue
from delegations import closing, services
from delegations.choices import ItemKind, Progress, Status
from delegations.models import Photograph, Ticket, Visit
from delegations.models.members import GUEST_PURPOSE
from delegations.services.state import move_to
from documents import conformance
from documents.models import Document, DocumentVersion, Register
from documents.services import register_document, request_paper
from matters.choices import Phase
from matters.services import finish_task
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_member, make_visit
from tests.delegations.test_festivals import make_festival, make_shared
from tests.delegations.test_photographs import picture
from tests.documents.factories import run_jobs
from tests.documents.test_pdf import text_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def staff(db):
    return UserFactory(role="specialist", first_name="Ieva", last_name="Juknelytė")


@pytest.fixture
def visit(staff):
    """A visit that ended yesterday: a meeting and a drive, nothing said of either."""
    visit = make_visit(staff, starts_on=timezone.localdate() - 2 * DAY, days=2)
    make_member(visit, "Zbigniew Łączyński", kind="head", gender="m", post_lt="meras")
    make_item(visit, title="Priima meras", pl="Spotkanie z merem")
    make_item(visit, "11.00", "12.00", kind=ItemKind.TRANSPORT, title="Į viešbutį")
    move_to(visit, Status.REPORTING)
    return visit


def url(visit, name="report", *args):
    return reverse(f"delegations:{name}", args=[visit.pk, *args])


def meeting(visit):
    return visit.items.get(kind=ItemKind.MEETING)


# --- the page -----------------------------------------------------------------------------------------------


def test_before_the_visit_the_page_says_when_it_opens(client, staff):
    visit = make_visit(staff)
    client.force_login(staff)

    page = client.get(url(visit))

    assert page.context_data["is_open"] is False
    assert "birželio 15 d." in page.content.decode()
    assert client.post(url(visit), {"summary": "Per anksti."}).status_code == 422


def test_an_outcome_with_a_follow_up_is_written_and_stands_on_the_page(client, staff, visit):
    client.force_login(staff)
    item = meeting(visit)
    assert "Priima meras" in client.get(url(visit, "outcome", item.pk)).content.decode()

    client.post(
        url(visit, "outcome", item.pk),
        {"progress": "done", "note": "Aptarta mokykla.", "agreed": "Mainai rudenį."},
    )
    client.post(
        url(visit, "outcome", item.pk),
        {
            "work-title": "Parengti mainų planą",
            "work-owner": staff.pk,
            "work-due_on": (timezone.localdate() + 30 * DAY).isoformat(),
        },
    )

    page = client.get(url(visit)).content.decode()
    for words in ("Aptarta mokykla.", "Mainai rudenį.", "Parengti mainų planą", "Ieva Juknelytė"):
        assert words in page
    assert visit.tasks.get().title == "Parengti mainų planą"


def test_what_was_typed_stays_when_an_outcome_is_refused(client, staff, visit):
    client.force_login(staff)

    page = client.post(
        url(visit, "outcome", meeting(visit).pk), {"progress": "cancelled", "note": "", "agreed": "Kitąmet."}
    )

    assert page.status_code == 422
    assert page.context_data["form"].errors["note"]
    assert "Kitąmet." in page.content.decode()


def test_one_press_says_that_the_rest_was_held(client, staff, visit):
    client.force_login(staff)
    services.say_outcome(meeting(visit), progress=Progress.CANCELLED, note="Susirgo.", by=staff.actor)

    client.post(url(visit, "rest_held"))

    assert set(visit.items.values_list("kind", "progress")) == {
        ("meeting", "cancelled"),
        ("transport", "done"),
    }


def test_two_who_write_the_summary_at_once_see_both_texts(client, staff, visit):
    client.force_login(staff)
    old = visit.revision
    client.post(url(visit), {"summary": "Pirmas.", "revision": old})

    answer = client.post(url(visit), {"summary": "Antras.", "revision": old})

    assert answer.status_code == 409
    assert "Pirmas." in answer.content.decode()
    visit.refresh_from_db()
    assert visit.report_summary == "Pirmas."


@pytest.mark.parametrize("role", ["archivist"])
def test_who_only_reads_sees_the_report_and_changes_nothing(client, visit, role):
    client.force_login(UserFactory(role=role))
    item = meeting(visit)

    assert client.get(url(visit)).status_code in (200, 403)
    for name, args in (("outcome", [item.pk]), ("rest_held", []), ("report_make", []), ("closing_leave", [])):
        assert client.post(url(visit, name, *args), {"progress": "done"}).status_code == 403
    assert client.post(url(visit), {"summary": "Ne."}).status_code == 403


def test_the_page_asks_the_same_however_many_items(client, staff, visit, django_assert_max_num_queries):
    client.force_login(staff)
    services.add_follow_up(
        meeting(visit), title="Darbas", owner=staff, due_on=timezone.localdate(), by=staff.actor
    )
    services.add_photograph(visit, picture(), author="A", by=staff.actor)
    client.get(url(visit))
    with django_assert_max_num_queries(18) as few:
        client.get(url(visit))
    for hour in range(13, 20):
        item = make_item(visit, f"{hour}.00", f"{hour}.30")
        services.add_follow_up(item, title="Darbas", owner=staff, due_on=timezone.localdate(), by=staff.actor)
    client.get(url(visit))
    with django_assert_max_num_queries(18) as many:
        client.get(url(visit))

    assert len(many.captured_queries) == len(few.captured_queries)


def test_a_shared_item_has_one_outcome_and_each_delegation_its_own_work(client, staff):
    today = timezone.localdate()
    festival = make_festival(staff, starts_on=today, ends_on=today)
    opening = make_shared(festival)
    visits = [make_visit(staff, starts_on=today, days=1, title=f"Delegacija {name}") for name in "AB"]
    for visit in visits:
        services.join_festival(visit, festival, by=staff.actor)
        Visit.objects.filter(pk=visit.pk).update(status=Status.UNDER_WAY)
    client.force_login(staff)
    first = visits[0]

    client.post(url(first, "outcome", opening.pk), {"progress": "done", "note": "Atidaryta.", "agreed": ""})
    due = today.isoformat()
    client.post(
        url(first, "outcome", opening.pk),
        {"work-title": "Padėkoti orkestrui", "work-owner": staff.pk, "work-due_on": due},
    )

    theirs, others = (client.get(url(visit)).content.decode() for visit in visits)
    assert "Atidaryta." in theirs
    assert "Atidaryta." in others
    assert "Padėkoti orkestrui" in theirs
    assert "Padėkoti orkestrui" not in others
    assert first.tasks.count() == 1


# --- photographs over HTTP ----------------------------------------------------------------------------------


def test_pictures_are_brought_several_at_once_and_one_refused_loses_no_other(client, staff, visit):
    client.force_login(staff)
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = client.post(
        url(visit, "photographs"),
        {
            "author": "Vardenė Pavardenė",
            "files": [
                picture(),
                picture("b.jpg", colour="red"),
                SimpleUploadedFile("c.jpg", b"ne nuotrauka"),
            ],
        },
    )

    assert page.status_code == 422
    assert visit.photographs.count() == 2
    assert "c.jpg" in page.content.decode()


def test_small_pictures_are_shown_only_to_who_sees_the_visit(client, staff, visit):
    photograph = services.add_photograph(visit, picture(), author="A", by=staff.actor)
    address = url(visit, "photograph_file", photograph.pk, "maza")
    client.force_login(staff)
    assert client.get(address).status_code == 404  # not drawn yet
    run_jobs()

    answer = client.get(address)

    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    other = make_visit(staff)
    assert client.get(url(other, "photograph_file", photograph.pk, "maza")).status_code == 404


def test_a_picture_is_described_and_taken_out(client, staff, visit):
    photograph = services.add_photograph(visit, picture(), author="A", by=staff.actor)
    client.force_login(staff)
    assert client.get(url(visit, "photograph", photograph.pk)).status_code == 200

    refused = client.post(url(visit, "photograph", photograph.pk), {"author": "B", "in_report": "on"})
    client.post(
        url(visit, "photograph", photograph.pk),
        {"author": "B", "caption": "Prie rotušės", "has_consent": "on", "in_report": "on"},
    )

    assert refused.context_data["form"].errors["in_report"]
    row = Photograph.objects.get()
    assert (row.author, row.caption, row.in_report) == ("B", "Prie rotušės", True)
    client.post(url(visit, "photograph_remove", photograph.pk), {"reason": ""})
    assert Photograph.objects.exists()
    client.post(url(visit, "photograph_remove", photograph.pk), {"reason": "Nebenori."})
    assert not Photograph.objects.exists()


# --- papers -------------------------------------------------------------------------------------------------


def whole(visit, staff):
    """Everything the report asks for."""
    item = meeting(visit)
    services.say_outcome(
        item, progress=Progress.DONE, note="Aptarta mokykla.", agreed="Mainai rudenį.", by=staff.actor
    )
    services.say_rest_held(visit, by=staff.actor)
    services.write_summary(visit, summary="Sutarta dėl mainų.", revision=None, by=staff.actor)
    return services.add_follow_up(
        item, title="Parengti planą", owner=staff, due_on=timezone.localdate() + DAY, by=staff.actor
    )


def words_of(text):
    return set(re.findall(r"[\w„“-]{3,}", text))


def made(visit, kind, language="lt"):
    return DocumentVersion.objects.filter(
        document__matter=visit, document__kind=kind, document__language=language
    ).first()


def test_the_report_is_a_draft_until_it_is_whole_and_then_final(staff, visit):
    request_paper(visit, "delegations.report", "lt", by=staff.actor)
    run_jobs()
    assert made(visit, "delegations.report").is_draft is True
    whole(visit, staff)
    photograph = services.add_photograph(
        visit, picture(), author="Fotografė", has_consent=True, by=staff.actor
    )
    other = services.add_photograph(visit, picture("b.jpg", colour="red"), author="Nesutikęs", by=staff.actor)
    services.describe_photograph(
        photograph, author="Fotografė", caption="Prie rotušės", item=None, has_consent=True, consent_note="",
        in_report=True, by=staff.actor,
    )  # fmt: skip
    run_jobs()

    request_paper(visit, "delegations.report", "lt", by=staff.actor)
    assert [job.error for job in run_jobs()] == [""]

    version = made(visit, "delegations.report")
    assert version.is_draft is False
    content = version.file.read()
    assert conformance.check(content) == []
    text = text_of(content)
    for said in (
        "Sutarta dėl mainų.",
        "Aptarta mokykla.",
        "Mainai rudenį.",
        "Parengti planą",
        "Prie rotušės",
    ):
        assert said in " ".join(text.split())
    assert other.author not in text
    docx = Docx(io.BytesIO(version.docx.read()))
    told = " ".join(
        [p.text for p in docx.paragraphs] + [c.text for t in docx.tables for row in t.rows for c in row.cells]
    )
    assert words_of(told) - words_of(text.replace("-\n", "-")) == set()


def test_an_outcome_left_with_a_reason_keeps_no_report_a_draft(client, staff, visit):
    services.write_summary(visit, summary="Sutarta dėl mainų.", revision=None, by=staff.actor)
    client.force_login(staff)
    client.post(url(visit, "closing_leave"), {"key": "closing:outcomes", "reason": "Šeimininkai neatrašė."})

    request_paper(visit, "delegations.report", "lt", by=staff.actor)
    run_jobs()

    assert made(visit, "delegations.report").is_draft is False
    assert stopping(visit) == {"numbers"}


def test_a_registered_report_is_not_made_anew(client, staff, visit):
    whole(visit, staff)
    document = request_paper(visit, "delegations.report", "lt", by=staff.actor)
    run_jobs()
    document.refresh_from_db()
    register_document(
        document, Register.objects.filter(is_ours=True).first() or make_register(), by=staff.actor
    )
    client.force_login(staff)

    client.post(url(visit, "report_make"))

    assert document.versions.count() == 1
    assert "nebesikeičia" in client.get(url(visit)).content.decode()


def make_register():
    return Register.objects.create(code="ataskaitos", name="Ataskaitos", prefix="A-")


def test_the_report_is_not_offered_before_the_visit(client, staff):
    visit = make_visit(staff)
    client.force_login(staff)

    page = client.get(reverse("documents:matter", args=[visit.pk]))

    assert "delegations.report" not in {row["kind"].code for row in page.context_data["paper_rows"]}


def test_the_letter_of_thanks_speaks_the_guests_language_and_keeps_the_words(client, staff, visit):
    whole(visit, staff)
    client.force_login(staff)

    proposed = client.get(url(visit, "thanks", "pl")).context_data["form"].initial
    ours = client.get(url(visit, "thanks", "lt")).context_data["form"].initial
    assert proposed["salutation"] == "Szanowny Panie,"
    assert "Spotkanie z merem" in proposed["body"]
    assert ours["salutation"] == "Gerbiamas pone Łączyński,"
    assert "Mainai rudenį." in ours["body"]

    client.post(
        url(visit, "thanks", "pl"),
        {**proposed, "body": "Dziękujemy.\n\nDo zobaczenia!", "revision": 0, "make": "1"},
    )
    run_jobs()

    version = made(visit, "delegations.thanks_letter", "pl")
    text = text_of(version.file.read())
    assert "Dziękujemy." in text
    assert "Łączyński" in text
    assert version.is_draft is False
    assert conformance.check(version.file.read()) == []
    assert client.get(url(visit, "thanks", "fr")).status_code == 404
    stale = client.post(url(visit, "thanks", "pl"), {**proposed, "body": "Kita.", "revision": 0})
    assert stale.status_code == 409


def test_every_language_proposes_a_whole_letter(visit):
    from delegations.papers.thanks import _all_words, proposal

    assert len(_all_words()) == 13
    for code in _all_words():
        said = proposal(visit, code)
        assert all(said.values()), code
        assert "{" not in "".join(said.values()), code


# --- closing ------------------------------------------------------------------------------------------------


def stopping(visit):
    return {check.code for check in closing.problems(Visit.objects.get(pk=visit.pk))}


def test_a_visit_closes_when_everything_is_in_order(client, staff, visit):
    Ticket.objects.create(visit=visit, what="Muziejus", count=2)
    services.add_photograph(visit, picture(), author="A", by=staff.actor)
    services.say_outcome(meeting(visit), progress=Progress.PLANNED, agreed="Mainai.", by=staff.actor)
    assert stopping(visit) == {"outcomes", "summary", "report", "follow_ups", "photographs", "tickets"}

    follow_up = whole(visit, staff)
    visit.photographs.update(has_consent=True)
    visit.tickets.all().delete()
    document = request_paper(visit, "delegations.report", "lt", by=staff.actor)
    run_jobs()
    document.refresh_from_db()
    assert stopping(visit) == {"numbers"}
    register_document(document, make_register(), by=staff.actor)
    client.force_login(staff)
    client.post(reverse("matters:close", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.phase != Phase.CLOSED  # the work agreed on goes on: the matter stays open

    finish_task(follow_up.task, by=staff.actor)
    client.post(reverse("matters:close", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.phase == Phase.CLOSED


def test_what_is_missing_may_be_left_with_a_reason_until_it_changes(client, staff, visit):
    services.add_photograph(visit, picture(), author="A", by=staff.actor)
    client.force_login(staff)

    client.post(url(visit, "closing_leave"), {"key": "closing:photographs", "reason": " "})
    assert "photographs" in stopping(visit)
    client.post(url(visit, "closing_leave"), {"key": "closing:photographs", "reason": "Tik pastatai."})
    assert "photographs" not in stopping(visit)
    assert "Tik pastatai." in client.get(url(visit)).content.decode()

    services.add_photograph(visit, picture("b.jpg", colour="red"), author="A", by=staff.actor)
    assert "photographs" in stopping(visit)


def test_a_reason_taken_up_again_stops_the_closing(client, staff, visit):
    client.force_login(staff)
    client.post(url(visit, "closing_leave"), {"key": "closing:summary", "reason": "Ataskaita kitur."})
    note = visit.warning_notes.get()
    assert "summary" not in stopping(visit)

    client.post(url(visit, "closing_take_up", note.pk))

    assert "summary" in stopping(visit)


def test_a_stranger_cannot_stay_responsible_for_what_was_agreed(client, staff, visit):
    owner = UserFactory(role="specialist")
    services.add_follow_up(
        meeting(visit), title="Darbas", owner=owner, due_on=timezone.localdate(), by=staff.actor
    )
    owner.is_active = False
    owner.save()
    client.force_login(staff)

    client.post(url(visit, "closing_leave"), {"key": "closing:owners", "reason": "Tiek to."})

    assert "owners" in stopping(visit)


def test_a_visit_not_yet_over_is_not_closed(client, staff):
    visit = make_visit(staff)
    client.force_login(staff)

    client.post(reverse("matters:close", args=[visit.pk]))

    visit.refresh_from_db()
    assert visit.phase != Phase.CLOSED


# --- what goes by itself ------------------------------------------------------------------------------------


def test_working_papers_and_guests_data_go_on_their_day(
    staff, visit, monkeypatch, django_capture_on_commit_callbacks
):
    member = visit.members.get()
    services.change_member(
        member,
        by=staff.actor,
        revision=member.revision,
        values={"diet": "be riešutų", "phone": "+000 00 500"},
    )
    request_paper(visit, "delegations.insiders_programme", "lt", by=staff.actor)
    services.write_summary(visit, summary="Sutarta.", revision=None, by=staff.actor)
    request_paper(visit, "delegations.report", "lt", by=staff.actor)
    run_jobs()
    keeping.erase_due(timezone.localdate())
    held = closing.erased_later(visit)
    assert len(held) == 2
    assert all(row.on for row in held)
    assert PersonalValue.objects.filter(purpose=GUEST_PURPOSE).count() == 2
    last = max(row.on for row in held)

    monkeypatch.setattr(timezone, "localdate", lambda *args: last + DAY)
    with django_capture_on_commit_callbacks(execute=True):
        keeping.erase_due(last + DAY)

    assert not PersonalValue.objects.filter(purpose=GUEST_PURPOSE).exists()
    assert [row.kind for row in Document.objects.filter(matter=visit)] == ["delegations.report"]
    assert closing.erased_later(visit) == []
