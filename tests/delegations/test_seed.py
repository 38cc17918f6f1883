"""The demonstration office is made once, through the services, and shows what it promises."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import AuditEvent
from delegations import warnings
from delegations.board import load_board
from delegations.choices import Status
from delegations.models import Visit
from matters.models import Task


@pytest.mark.django_db
@pytest.mark.slow
def test_seed_demo_makes_the_office_once(settings):
    settings.DEMO = True
    call_command("sync_ladders", verbosity=0)

    call_command("seed_demo", verbosity=0)
    events = AuditEvent.objects.count()
    call_command("seed_demo", verbosity=0)

    assert AuditEvent.objects.count() == events
    today = timezone.localdate()
    in_town = Visit.objects.get(starts_on=today)
    assert (in_town.status, in_town.members.count()) == (Status.UNDER_WAY, 5)
    ahead = Visit.objects.get(title="Opolės miesto delegacija")
    open_warnings, _explained = warnings.find(load_board(ahead, user=ahead.responsible))
    assert (ahead.members.count(), len(open_warnings)) == (9, 3)
    assert [visit.status for visit in Visit.objects.past(today)] == [Status.REPORTING, *[Status.CLOSED] * 3]
    assert Visit.objects.filter(status=Status.SUBMITTED).count() == 1
    given = Task.objects.filter(due_on__isnull=False).exclude(due_reason="")
    assert given.filter(follow_up=None, tickets=None).count() == 6
    assert given.filter(follow_up__isnull=False).count() == 6


def test_seed_demo_refuses_outside_the_demonstration(settings):
    settings.DEMO = False
    from django.core.management import CommandError

    with pytest.raises(CommandError):
        call_command("seed_demo")
