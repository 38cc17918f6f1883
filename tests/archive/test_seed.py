"""The demonstration's plans are there before anything is filed, and are not made twice."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from archive.models import CaseFile, Plan
from core.registry import register_seed
from tests.archive.factories import YEAR, make_index

pytestmark = pytest.mark.django_db


def test_plans_of_two_years_are_approved_and_made_once():
    make_index()
    call_command("sync_rules", verbosity=0)
    register_seed["people"].run()

    register_seed["archive.plan"].run()
    said = register_seed["archive.plan"].run()

    assert said == "plans are there already"
    assert list(Plan.objects.values_list("year", "state")) == [(YEAR, "approved"), (YEAR - 1, "approved")]
    plan = Plan.objects.get(year=YEAR)
    assert CaseFile.objects.filter(line__plan=plan, state="planned").count() == plan.lines.count() == 17
    assert plan.approved_by != plan.submitted_by
