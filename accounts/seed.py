"""People of the demonstration office: invented, none of them an official of a real municipality."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.choices import Role
from accounts.models import Unit, User

PASSWORD = "alytus-demo"  # said on the log-in page, only while DEMO is on
DEPARTMENT = ("VUR", "Viešųjų ir užsienio ryšių skyrius", "Public and Foreign Relations Department")

# user name, first name, last name, gender, post, role, languages, of the department
PEOPLE: list[tuple[str, str, str, str, str, str, list[str], bool]] = [
    (
        "specialiste",
        "Ieva",
        "Juknelytė",
        "f",
        "vyriausioji specialistė",
        Role.SPECIALIST,
        ["lt", "en", "pl"],
        True,
    ),
    ("vedeja", "Rasa", "Vaičekonė", "f", "skyriaus vedėja", Role.HEAD, ["lt", "en", "ru"], True),
    (
        "pavaduotoja",
        "Jurgita",
        "Stanaitytė",
        "f",
        "skyriaus vedėjos pavaduotoja",
        Role.DEPUTY_HEAD,
        ["lt", "en"],
        True,
    ),
    ("archyvare", "Genovaitė", "Paulikienė", "f", "archyvarė", Role.ARCHIVIST, ["lt"], False),
    ("meras", "Vytautas", "Daukša", "m", "meras", Role.LEADERSHIP, ["lt", "en"], False),
    ("buhaltere", "Loreta", "Stankūnė", "f", "vyriausioji buhalterė", Role.ACCOUNTANT, ["lt"], False),
    (
        "adminas",
        "Tomas",
        "Lukšys",
        "m",
        "informacinių sistemų administratorius",
        Role.ADMINISTRATOR,
        ["lt", "en"],
        False,
    ),
    (
        "mantas",
        "Mantas",
        "Grigalis",
        "m",
        "vyriausiasis specialistas",
        Role.SPECIALIST,
        ["lt", "en", "de"],
        True,
    ),
    ("antanas", "Antanas", "Kalvelis", "m", "specialistas", Role.SPECIALIST, ["lt", "lv"], True),
    ("sekretore", "Ona", "Gudaitytė", "f", "mero sekretorė", Role.SECRETARIAT, ["lt", "en"], False),
    ("auditore", "Nijolė", "Rimšienė", "f", "vidaus auditorė", Role.AUDITOR, ["lt"], False),
    (
        "duomenys",
        "Paulius",
        "Žiogas",
        "m",
        "duomenų apsaugos pareigūnas",
        Role.DATA_PROTECTION,
        ["lt", "en"],
        False,
    ),
    ("donatas", "Donatas", "Vilkys", "m", "ekonomikos skyriaus vedėjas", Role.UNIT_CONTACT, ["lt"], False),
    ("regina", "Regina", "Puodžiūnė", "f", "kultūros skyriaus vedėja", Role.UNIT_CONTACT, ["lt"], False),
    ("tadas", "Tadas", "Miškelis", "m", "sporto skyriaus vedėjas", Role.UNIT_CONTACT, ["lt"], False),
]


def run() -> str:
    """Roles from data, then the people; a second run changes nobody."""
    if not Group.objects.filter(permissions__isnull=False).exists():
        call_command("sync_roles", verbosity=0)
    groups = {group.name: group for group in Group.objects.all()}
    code, name_lt, name_en = DEPARTMENT
    unit, _made = Unit.objects.get_or_create(code=code, defaults={"name_lt": name_lt, "name_en": name_en})
    known = set(User.objects.values_list("username", flat=True))
    password = make_password(PASSWORD) if len(known & {row[0] for row in PEOPLE}) < len(PEOPLE) else ""
    added = 0
    for username, first, last, gender, post, role, languages, is_ours in PEOPLE:
        if username in known:
            continue
        fields: dict[str, Any] = {"is_staff": True} if role == Role.ADMINISTRATOR else {}
        user = User.objects.create(
            username=username,
            password=password,  # one slow hash serves them all: their password is on the log-in page anyway
            first_name=first,
            last_name=last,
            gender=gender,
            post=post,
            unit=unit if is_ours else None,
            email=f"{username}@example.org",
            phone=f"8 000 00 {len(known) + added:03d}",
            languages=languages,
            **fields,
        )
        if role in groups:
            user.groups.add(groups[role])
        added += 1
    return f"{added} people added"
