"""Freeze, then approve: each way a round can go has one right outcome."""

from __future__ import annotations

import datetime
import re
import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.choices import Channel
from core.errors import DomainError
from core.mail import whole_texts
from core.models import AuditEvent, OutgoingMail
from matters import amendments, approvals, deciders, links
from matters.choices import RoundState, StepState
from matters.models import Matter, Notice, PersonalLink
from tests.accounts.factories import UserFactory
from tests.matters.factories import make_ladder, make_note, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def specialist():
    return UserFactory(role="specialist")


@pytest.fixture
def head():
    return UserFactory(role="head", email="vedeja@example.lt")


def test_submit_freezes_content_and_asks_the_head(specialist, head):
    make_ladder()
    matter = make_note(specialist)

    approval = submit_note(matter, specialist)

    assert approval.state == RoundState.OPEN
    assert approval.version.content == {"title": matter.title}
    assert len(approval.version.content_sha256) == 64
    assert [step.state for step in approval.steps.all()] == [StepState.OPEN]
    assert deciders.steps_waiting_for(head, timezone.localdate()) == [approval.steps.get()]
    assert Notice.objects.get(user=head).url == reverse("matters:decision", args=[approval.steps.get().pk])


def test_submit_twice_is_refused_in_words(specialist, head):
    make_ladder()
    matter = make_note(specialist)
    approvals.submit(matter, by=specialist.actor)

    with pytest.raises(DomainError):
        approvals.submit(matter, by=specialist.actor)

    assert matter.versions.count() == 1


def test_approve_finishes_the_round_and_tells_the_submitter(specialist, head):
    make_ladder()
    matter = make_note(specialist)
    approval = submit_note(matter, specialist)

    approvals.approve(approval.steps.get(), by=head.actor)

    approval.refresh_from_db()
    matter.refresh_from_db()
    assert approval.state == RoundState.APPROVED
    assert approval.version.__class__.objects.get(pk=approval.version_id).approved_at is not None
    assert matter.state == "approved"
    assert Notice.objects.filter(user=specialist, key=f"round:{approval.pk}:approved").exists()
    assert AuditEvent.objects.filter(action="approval.agreed", actor_name=head.full_name).count() == 1


def test_nobody_approves_what_she_submitted(head):
    make_ladder()
    matter = make_note(head)

    approval = submit_note(matter, head)

    step = approval.steps.get()
    assert (step.state, approval.state) == (StepState.BLOCKED, RoundState.BLOCKED)
    assert step.block_reason
    with pytest.raises(DomainError):
        approvals.approve(step, by=head.actor)


def test_a_step_passes_on_when_only_the_submitter_holds_the_role(head):
    deputy_head = UserFactory(role="deputy_head")
    make_ladder({"role": "head", "passes_to": "deputy_head"})
    matter = make_note(head)

    approval = submit_note(matter, head)

    assert deciders.deciding_actor(approval.steps.get(), deputy_head) is not None
    assert deciders.deciding_actor(approval.steps.get(), head) is None


def test_a_blocked_step_opens_when_somebody_gets_the_role(specialist):
    make_ladder()
    approval = submit_note(make_note(specialist), specialist)
    assert approval.state == RoundState.BLOCKED

    UserFactory(role="head")
    moved = approvals.reassess()

    approval.refresh_from_db()
    assert (moved, approval.state) == (1, RoundState.OPEN)


def test_return_needs_words_and_calls_the_others_off(specialist, head):
    make_ladder({"role": "head", "order": 1}, {"role": "leadership", "order": 1})
    UserFactory(role="leadership")
    approval = submit_note(make_note(specialist), specialist)
    step = approval.steps.get(role__name="head")

    with pytest.raises(DomainError):
        approvals.return_for_correction(step, by=head.actor, reason="  ")
    approvals.return_for_correction(step, by=head.actor, reason="Pietūs per toli")

    approval.refresh_from_db()
    assert (approval.state, approval.reason) == (RoundState.RETURNED, "Pietūs per toli")
    assert approval.steps.get(role__name="leadership").state == StepState.CALLED_OFF


def test_steps_of_one_order_stand_side_by_side_and_the_next_waits(specialist, head):
    accountant, mayor = UserFactory(role="accountant"), UserFactory(role="leadership")
    make_ladder(
        {"role": "head", "order": 1}, {"role": "accountant", "order": 1}, {"role": "leadership", "order": 2}
    )
    approval = submit_note(make_note(specialist), specialist)
    third = approval.steps.get(order=2)

    approvals.approve(approval.steps.get(role__name="accountant"), by=accountant.actor)
    third.refresh_from_db()
    assert third.state == StepState.WAITING
    with pytest.raises(DomainError):
        approvals.approve(third, by=mayor.actor)
    approvals.approve(approval.steps.get(role__name="head"), by=head.actor)

    third.refresh_from_db()
    assert third.state == StepState.OPEN


def test_a_lost_role_no_longer_decides(specialist, head):
    make_ladder()
    approval = submit_note(make_note(specialist), specialist)
    head.groups.clear()

    with pytest.raises(DomainError):
        approvals.approve(approval.steps.get(), by=head.actor)

    assert approval.steps.get().state == StepState.OPEN


def test_withdrawn_version_cannot_be_approved(specialist, head):
    make_ladder()
    approval = submit_note(make_note(specialist), specialist)
    step = approval.steps.get()
    approvals.withdraw(approval, by=specialist.actor)

    with pytest.raises(DomainError):
        approvals.approve(step, by=head.actor)


def test_editing_during_approval_leaves_the_frozen_version(specialist, head):
    make_ladder()
    matter = make_note(specialist, title="Pirma")
    approval = submit_note(matter, specialist)
    Matter.objects.filter(pk=matter.pk).update(title="Antra")

    approvals.approve(approval.steps.get(), by=head.actor)

    version = matter.versions.get()
    assert version.content == {"title": "Pirma"}
    assert [change.after for change in amendments.pending_changes(matter)] == ["Antra"]


def test_nothing_new_is_not_submitted_again(specialist, head):
    make_ladder()
    matter = make_note(specialist)
    approvals.approve(submit_note(matter, specialist).steps.get(), by=head.actor)

    with pytest.raises(DomainError):
        approvals.submit(matter, by=specialist.actor)


def test_a_material_change_is_no_amendment(specialist, head):
    make_ladder()
    matter = make_note(specialist)
    approvals.approve(submit_note(matter, specialist).steps.get(), by=head.actor)
    Matter.objects.filter(pk=matter.pk).update(title="Kitas pavadinimas")

    with pytest.raises(DomainError):
        amendments.publish_amendment(matter, by=specialist.actor)


def test_a_decision_on_paper_is_recorded_in_the_recorders_name(specialist, head):
    secretary = UserFactory(role="secretariat")
    make_ladder()
    approval = submit_note(make_note(specialist), specialist)

    step = approvals.record_decision(
        approval.steps.get(),
        by=secretary.actor,
        signer="Vardenis Pavardenis, direktorius",
        decided_on=timezone.localdate(),
        agreed=True,
    )

    approval.refresh_from_db()
    assert approval.state == RoundState.APPROVED
    assert (step.decided_by_name, step.actor_name, step.actor_channel) == (
        "Vardenis Pavardenis, direktorius",
        secretary.full_name,
        Channel.PAPER,
    )


def test_a_decision_on_paper_is_not_older_than_its_version(specialist, head):
    secretary = UserFactory(role="secretariat")
    make_ladder()
    approval = submit_note(make_note(specialist), specialist)

    with pytest.raises(DomainError) as refusal:
        approvals.record_decision(
            approval.steps.get(),
            by=secretary.actor,
            signer="Vardenis Pavardenis",
            decided_on=timezone.localdate() - datetime.timedelta(days=2),
            agreed=True,
        )

    assert refusal.value.field == "decided_on"


# --- personal links ---------------------------------------------------------------------------------------


@pytest.fixture
def director_step(specialist):
    make_ladder(
        {
            "outside_name": "Vardenis Pavardenis",
            "outside_post": "direktorius",
            "outside_email": "direktorius@example.lt",
            "channels": [Channel.LINK, Channel.PAPER],
        }
    )
    return submit_note(make_note(specialist), specialist).steps.get()


def token_of(mail: OutgoingMail) -> str:
    return re.search(r"/n/([\w-]+)/", whole_texts(mail)[0]).group(1)


def test_a_link_decides_once_and_then_shows_the_decision(client, director_step):
    token = token_of(OutgoingMail.objects.get(to="direktorius@example.lt"))
    page = client.get(reverse("links:page", args=[token]))
    assert page.status_code == 200
    director_step.refresh_from_db()
    assert director_step.state == StepState.OPEN  # reading changed nothing

    client.post(reverse("links:act", args=[token]), {"decision": "approve"})
    again = client.post(reverse("links:act", args=[token]), {"decision": "return", "reason": "Persigalvojau"})

    director_step.refresh_from_db()
    assert (director_step.state, director_step.actor_name, director_step.actor_channel) == (
        StepState.AGREED,
        "Vardenis Pavardenis",
        Channel.LINK,
    )
    assert again.status_code == 409
    assert client.get(reverse("links:page", args=[token])).context["decided"] is True


def test_link_pages_are_not_remembered_or_referred(client, director_step):
    page = client.get(reverse("links:page", args=[token_of(OutgoingMail.objects.get())]))

    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]


def test_an_expired_link_offers_a_new_one_to_the_same_address(client, director_step):
    token = token_of(OutgoingMail.objects.get())
    PersonalLink.objects.update(expires_at=timezone.now() - datetime.timedelta(minutes=1))

    assert client.get(reverse("links:page", args=[token])).status_code == 410
    client.post(reverse("links:act", args=[token]), {"decision": "approve"})
    director_step.refresh_from_db()
    assert director_step.state == StepState.OPEN
    client.post(reverse("links:renew", args=[token]))

    assert OutgoingMail.objects.filter(to="direktorius@example.lt").count() == 2
    newest = OutgoingMail.objects.order_by("-pk").first()
    assert client.get(reverse("links:page", args=[token_of(newest)])).status_code == 200


def test_a_revoked_link_is_gone(client, director_step, specialist):
    token = token_of(OutgoingMail.objects.get())
    links.revoke(PersonalLink.objects.get(), by=specialist.actor)

    assert client.get(reverse("links:page", args=[token])).status_code == 410
    assert client.get(reverse("links:file", args=[token, "pdf"])).status_code == 404


def test_the_token_is_kept_nowhere_but_in_the_mail(director_step):
    token = token_of(OutgoingMail.objects.get())

    assert not PersonalLink.objects.filter(token_sha256=token).exists()
    assert links.find(token) == PersonalLink.objects.get()
    assert not AuditEvent.objects.filter(data__icontains=token).exists()


# --- two at once -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_at_once_leave_one_decision(specialist):
    first, second = UserFactory(role="head"), UserFactory(role="head")
    make_ladder()
    step = submit_note(make_note(specialist), specialist).steps.get()
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def press(user, verb):
        try:
            barrier.wait(5)
            verb(type(step).objects.get(pk=step.pk), user)
            outcomes.append("done")
        except DomainError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=(first, lambda row, user: approvals.approve(row, by=user.actor))),
        threading.Thread(
            target=press,
            args=(second, lambda row, user: approvals.return_for_correction(row, by=user.actor, reason="Ne")),
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(outcomes) == ["done", "refused"]
    assert AuditEvent.objects.filter(action__in=["approval.agreed", "approval.returned"]).count() == 1


def test_role_group_names_are_the_roles():
    UserFactory(role="head")
    assert Group.objects.filter(name="head").exists()
