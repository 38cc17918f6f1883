"""Roles are data: the table in the documentation is made of it, and the data says what it must."""

import pytest
from django.core.management import CommandError, call_command

from accounts import roles
from accounts.choices import Role
from tests.accounts.factories import UserFactory


def test_the_table_of_roles_is_up_to_date():
    call_command("roles_table", check=True)


def test_a_stale_table_is_refused_and_made_anew(settings, tmp_path):
    text = (settings.BASE_DIR / roles.TABLE).read_text(encoding="utf-8")
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    path = tmp_path / roles.TABLE
    with pytest.raises(CommandError):
        call_command("roles_table", check=True)
    path.write_text(text.replace("●", "", 1), encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("roles_table", check=True)


def test_every_role_has_its_line_and_every_line_its_role():
    assert set(roles.permissions_by_role(roles.known_permissions())) == set(Role.values)


def test_every_pattern_of_the_data_means_something():
    import fnmatch
    import json

    known = roles.known_permissions()
    patterns = {
        pattern.removeprefix("-")
        for given in json.loads(roles.DATA.read_text(encoding="utf-8")).values()
        for pattern in given
    }

    assert [pattern for pattern in patterns if not fnmatch.filter(known, pattern)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_a_person_holds_exactly_what_her_role_says(role):
    assert (
        UserFactory(role=role).get_all_permissions()
        == roles.permissions_by_role(roles.known_permissions())[role]
    )


def who_may(permission: str) -> set[str]:
    given = roles.permissions_by_role(roles.known_permissions())
    return {role for role, held in given.items() if permission in held}


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        ("matters.change_matter", {"specialist", "head", "deputy_head"}),
        (
            "matters.view_leadership_matter",
            {"head", "deputy_head", "leadership", "secretariat", "auditor"},
        ),
        ("matters.record_decision", {"head", "deputy_head", "secretariat"}),
        ("matters.hand_over_work", {"head", "deputy_head", "administrator"}),
        ("delegations.view_guest_data", {"specialist", "head", "deputy_head"}),
        ("partners.read_contacts", {"specialist", "head", "deputy_head"}),
        ("accounts.change_user", {"administrator"}),
        ("core.view_accessrecord", {"data_protection", "administrator"}),
        ("core.delete_personalvalue", {"data_protection", "administrator"}),
        ("core.view_auditevent", {"auditor", "administrator"}),
    ],
)
def test_what_matters_most_is_held_by_few(permission, expected):
    assert who_may(permission) == expected


@pytest.mark.parametrize("role", ["auditor", "accountant", "leadership", "data_protection", "unit_contact"])
def test_who_only_reads_changes_nothing(role):
    held = roles.permissions_by_role(roles.known_permissions())[role]
    allowed = {
        "data_protection": {"core.delete_personalvalue"},
        "accountant": {"resources.read_contracts"},  # a reading too, logged each time
    }.get(role, set())

    assert {code for code in held if not code.partition(".")[2].startswith("view_")} == allowed
