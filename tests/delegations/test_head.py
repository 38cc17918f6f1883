"""One head on every tab of a visit: the same facts, the same next step, within the queries a page may ask."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matters.models import Ladder
from matters.services import create_task
from tests.accounts.factories import UserFactory
from tests.delegations.factories import make_item, make_member, make_visit

pytestmark = pytest.mark.django_db

TABS = (
    "delegations:programme",
    "delegations:members",
    "delegations:travel",
    "delegations:services",
    "matters:tasks",
    "documents:matter",
    "matters:history",
)
FORMS = (
    "matters:submit",
    "matters:access",
    "delegations:edit",
    "delegations:clone",
    "delegations:shift",
    "delegations:member_add",
    "delegations:leg_add",
    "delegations:leg_table",
    "delegations:item_add",
)
MOST = 14  # design 7


@pytest.fixture
def visit():
    by = UserFactory(role="specialist", last_name="Juknelytė")
    visit = make_visit(by)
    make_member(visit, kind="head")
    make_member(visit, "Anna Nowak")
    make_item(visit, "9.00", "10.00", day=2)
    for name in ("Vizito programa", "Su direktoriumi"):
        ladder = Ladder.objects.create(kind="visit", name=name, is_default=name == "Vizito programa")
        ladder.steps.create(order=1, label="tvirtina", user=by, channels=["session"], days_before=2)
    create_task(visit, title="Parinkti dovaną", assignee=by, by=by.actor)
    visit.refresh_from_db()
    return visit


def head_of(html: str) -> str:
    """What stands between the path and the tabs, and the tabs, without which of them is open."""
    start, end = html.index('<div class="pagehead">'), html.index('<ul class="tabs">')
    tabs = html[end : html.index("</nav>", end)]
    said = re.sub(r'value="[^"]{60,}"|aria-current="page"', "", html[start:end] + tabs)
    return re.sub(r"\s+", " ", said)


def acts_of(html: str) -> int:
    """How many red buttons the page itself has; the dialogs of the shell stand outside it."""
    return html[html.index("<main") : html.index("</main>")].count("btn-primary")


def test_every_tab_has_the_same_head(client, visit):
    client.force_login(visit.responsible)

    heads = {tab: head_of(client.get(reverse(tab, args=[visit.pk])).content.decode()) for tab in TABS}

    assert set(heads.values()) == {heads["delegations:programme"]}
    for said in (
        "2 svečiai, vadovas:",
        "Zbigniew Łączyński",
        "Opolė",
        "Pateikti tvirtinti",
        "birželio 15–18 d.",
    ):
        assert said in heads["matters:history"]


def test_who_waits_is_told_for_whom(client, visit):
    client.force_login(UserFactory(role="head"))

    heads = {head_of(client.get(reverse(tab, args=[visit.pk])).content.decode()) for tab in TABS}

    assert len(heads) == 1
    said = heads.pop()
    assert "Laukiama: " in said
    assert visit.responsible.full_name in said
    assert "btn-primary" not in said


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_the_head_and_one_button_to_act(client, visit, name):
    client.force_login(visit.responsible)

    html = client.get(reverse(name, args=[visit.pk])).content.decode()

    assert "vadovas:" in head_of(html)
    assert "btn-primary" not in head_of(html)
    assert acts_of(html) == (0 if name == "delegations:shift" else 1)  # there it comes with the preview


@pytest.mark.parametrize("name", TABS)
def test_a_tab_has_one_button_to_act(client, visit, name):
    client.force_login(visit.responsible)

    assert acts_of(client.get(reverse(name, args=[visit.pk])).content.decode()) == 1


@pytest.mark.parametrize("name", [*TABS, *FORMS])
def test_a_tab_asks_few_questions(client, visit, name):
    client.force_login(visit.responsible)
    url = reverse(name, args=[visit.pk])
    client.get(url)  # what is cached is cached

    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200

    assert len(asked) <= MOST, "\n".join(query["sql"][:160] for query in asked)


def test_who_decides_is_chosen_among_ladders(client, visit):
    client.force_login(visit.responsible)
    url = reverse("matters:submit", args=[visit.pk])
    by_name = {ladder.name: ladder for ladder in Ladder.objects.all()}

    field = client.get(url).context_data["form"]["ladder"]
    assert (field.field.required, field.initial) == (True, str(by_name["Vizito programa"].pk))

    answer = client.post(url, {"cover_note": ""})
    assert answer.status_code == 422
    assert answer.context_data["form"].errors["ladder"] == ["Pasirinkite, kas sprendžia."]
    assert client.post(url, {"ladder": "999999"}).status_code == 422

    client.post(url, {"ladder": by_name["Su direktoriumi"].pk})
    assert visit.rounds.get().ladder_name == "Su direktoriumi"
