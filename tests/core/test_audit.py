"""The trail grows only, and every change of it is noticed."""

import datetime

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from core import audit
from core.actor import Actor
from core.models import AuditEvent, AuditSeal
from tests.accounts.factories import UnitFactory

pytestmark = pytest.mark.django_db


def make_events(count: int) -> None:
    unit = UnitFactory()
    for number in range(count):
        audit.record("unit.changed", unit, by=Actor.system(), number=number)


@pytest.fixture
def settled(monkeypatch):
    """Events of the test's own open transaction count as settled."""
    monkeypatch.setattr(audit, "settled_before", lambda: datetime.datetime.max.replace(tzinfo=datetime.UTC))


def test_events_cannot_be_changed_or_deleted():
    make_events(1)

    for statement in (
        "UPDATE core_auditevent SET action = 'x'",
        "DELETE FROM core_auditevent",
    ):
        with (
            pytest.raises((ProgrammingError, InternalError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert AuditEvent.objects.get().action == "unit.changed"


def test_seal_chains_blocks_and_verify_tells_the_tail(settled):
    make_events(3)
    first = audit.seal()
    make_events(2)
    second = audit.seal()
    make_events(1)

    verdict = audit.verify()

    assert (first.count, second.count, second.previous_root) == (3, 2, first.root)
    assert (verdict.sealed, verdict.unsealed, verdict.broken) == (5, 1, None)


def test_nothing_to_seal_makes_no_seal(settled):
    assert audit.seal() is None
    assert AuditSeal.objects.count() == 0


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE core_auditevent SET actor_name = 'Kita' WHERE id = (SELECT min(id) FROM core_auditevent)",
        "DELETE FROM core_auditevent WHERE id = (SELECT min(id) FROM core_auditevent)",
    ],
)
def test_tampering_behind_the_trigger_breaks_the_seal(settled, tampering):
    make_events(3)
    audit.seal()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_auditevent DISABLE TRIGGER core_auditevent_only_grows")
        cursor.execute(tampering)
        cursor.execute("ALTER TABLE core_auditevent ENABLE TRIGGER core_auditevent_only_grows")

    assert audit.verify().broken is not None


def test_an_odd_leaf_is_carried_up():
    leaves = [bytes([number]) * 32 for number in range(3)]
    assert audit.merkle_root(leaves) != audit.merkle_root([*leaves, leaves[-1]])
