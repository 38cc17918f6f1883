"""The first page does not wait for the whole demonstration office; a worker fills it while people look around."""

import pytest
from django.core.cache import caches
from django.core.management import call_command

from core import demonstration, jobs
from core.models import Job
from core.registry import Seed, register_seed

from ..accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeds(settings, monkeypatch):
    """An office of three parts, which say in what order they ran."""
    settings.DEMO = True
    ran = []
    parts = [
        Seed("people", lambda: str(ran.append("people")), order=1, at_once=True),
        Seed("visits", lambda: str(ran.append("visits")), order=2),
        Seed("files", lambda: str(ran.append("files")), order=3),
    ]
    monkeypatch.setattr(register_seed, "_items", {part.code: part for part in parts})
    return ran


def test_the_first_page_waits_for_its_own_parts_only(seeds, client):
    call_command("seed_demo", later=True, verbosity=0)
    assert seeds == ["people"]
    client.force_login(UserFactory(role="specialist"))
    assert "dar pildoma" in client.get("/").content.decode()

    jobs.run(Job.objects.get(kind=demonstration.JOB).pk)
    assert seeds == ["people", "visits", "files"]
    caches["process"].clear()
    assert "dar pildoma" not in client.get("/").content.decode()


def test_an_office_filled_by_command_leaves_a_worker_nothing(seeds):
    call_command("seed_demo", later=True, verbosity=0)
    call_command("seed_demo", verbosity=0)

    assert seeds == ["people", "people", "visits", "files"]
    assert demonstration.filling() is None


def test_a_part_that_fails_is_told_above_every_page(seeds, client, monkeypatch):
    call_command("seed_demo", later=True, verbosity=0)
    Job.objects.filter(kind=demonstration.JOB).update(attempts=2)
    monkeypatch.setattr(demonstration, "fill", lambda *_: 1 / 0)

    jobs.run(Job.objects.get(kind=demonstration.JOB).pk)

    client.force_login(UserFactory(role="specialist"))
    assert "Pavyko ne viskas" in client.get("/").content.decode()
