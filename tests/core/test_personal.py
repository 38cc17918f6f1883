"""Personal data is encrypted, its reading is logged, and it can be erased for good."""

import datetime
from pathlib import Path

import pytest

from core import keys as key_store
from core import personal
from core.actor import Actor
from core.choices import DataClass
from core.models import AccessRecord, PersonalValue
from tests.accounts.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
READER = Actor.system()


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.PERSONAL_KEYS_DIR = tmp_path / "keys"
    key_store.forget_read()


def set_diet(holder, value="be glitimo", erase_on=None):
    personal.set_value(
        holder, "diet", value, purpose="visit", data_class=DataClass.SPECIAL, erase_on=erase_on
    )


def key_files(settings) -> list[Path]:
    return [path for path in Path(settings.PERSONAL_KEYS_DIR).rglob("*") if path.is_file()]


def test_values_come_back_and_reading_is_logged():
    holder, reader = UnitFactory(), UserFactory()
    set_diet(holder)

    values = personal.get_values([holder], purpose="visit", by=reader.actor)

    assert values == {holder.pk: {"diet": "be glitimo"}}
    record = AccessRecord.objects.get()
    assert (record.actor_name, record.fields, record.purpose) == (reader.full_name, ["diet"], "visit")


def test_the_database_holds_no_plain_value():
    set_diet(UnitFactory())

    row = PersonalValue.objects.get()
    assert b"glitimo" not in bytes(row.ciphertext)
    assert "glitimo" not in row.digest


def test_keys_lie_apart_and_are_readable_by_the_owner_alone(settings):
    set_diet(UnitFactory())

    assert key_files(settings)
    assert {path.stat().st_mode & 0o777 for path in key_files(settings)} == {0o600}


def test_erasing_deletes_the_key_first(settings, django_capture_on_commit_callbacks):
    holder = UnitFactory()
    set_diet(holder)
    name = PersonalValue.objects.get().key_name

    with django_capture_on_commit_callbacks(execute=True):
        assert personal.erase(holder, purpose="visit") == 1

    assert name not in {path.name for path in key_files(settings)}
    assert personal.get_values([holder], purpose="visit", by=READER) == {}


def test_a_restored_backup_without_the_key_shows_nothing(settings):
    holder = UnitFactory()
    set_diet(holder)
    key_store.path(PersonalValue.objects.get().key_name).unlink()
    key_store.forget_read()

    assert personal.get_values([holder], purpose="visit", by=READER) == {}
    assert personal.references([holder], purpose="visit") == {}


def test_values_go_on_their_day(django_capture_on_commit_callbacks):
    today = datetime.date(2026, 6, 9)
    gone, kept = UnitFactory(), UnitFactory()
    set_diet(gone, erase_on=today)
    set_diet(kept, erase_on=today + datetime.timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert personal.erase_due(today) == 1

    assert PersonalValue.objects.get().holder_pk == kept.pk


def test_doubles_are_found_without_decrypting():
    holder = UnitFactory()
    personal.set_value(holder, "email", "Anna@Example.pl", purpose="contact", data_class=DataClass.CONTACT)

    assert personal.find_holders(type(holder), "email", " anna@example.pl ") == [holder.pk]


def test_a_reference_changes_with_the_value_and_dies_with_the_key():
    holder = UnitFactory()
    set_diet(holder)
    before = personal.references([holder], purpose="visit")[holder.pk]["diet"]
    set_diet(holder, "vegetariška")

    after = personal.references([holder], purpose="visit")[holder.pk]["diet"]
    assert before != after
    assert after.startswith("special:")


def test_a_tally_counts_without_saying_whose_and_is_read_once():
    one, two, three, matter, reader = *(UnitFactory() for _n in range(4)), UserFactory()
    set_diet(one, "Be glitimo")
    set_diet(two, "be  glitimo")
    set_diet(three, "vegetariška")

    found = personal.tally(
        {"lunch": [one, two, three], "dinner": [three], "nobody": []},
        purpose="visit",
        field="diet",
        by=reader.actor,
        matter=matter,
    )

    assert list(found["lunch"].values()) == [2, 1]
    assert found["dinner"] == {"vegetariška": 1}
    assert found["nobody"] == {}
    record = AccessRecord.objects.get()
    assert (record.subject_type, record.subject_pk, record.fields) == (
        matter._meta.label_lower,
        matter.pk,
        ["diet"],
    )
