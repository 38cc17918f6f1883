"""What is true of every room of the house."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from core import registry

ROOT = Path(settings.BASE_DIR)
# From the ground up; rooms of one floor do not know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("core",),
    ("accounts",),
    ("matters",),
    ("documents",),
    ("archive",),
    ("partners",),
    ("correspondence", "resources"),
    ("media_monitoring", "expenses"),
    ("delegations", "projects"),
    ("protocol",),
    ("communications",),
)
FLOOR_OF = {app: height for height, rooms in enumerate(FLOORS) for app in rooms}
OURS = [app for app in FLOOR_OF if (ROOT / app).is_dir()]


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def our_models() -> list[type[models.Model]]:
    return [
        model for model in apps.get_models(include_auto_created=False) if model._meta.app_label in FLOOR_OF
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    height = FLOOR_OF[model._meta.app_label]
    upward = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and (target := field.related_model._meta.app_label) in FLOOR_OF
        and target != model._meta.app_label
        and FLOOR_OF[target] >= height
        and field.related_model is not apps.get_model(settings.AUTH_USER_MODEL)
    ]
    assert upward == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_constraints_and_indexes_bear_their_app(model):
    names = [item.name for item in [*model._meta.constraints, *model._meta.indexes]]
    assert [name for name in names if not name.startswith(model._meta.app_label[:8])] == []


@pytest.mark.parametrize("app", OURS)
def test_models_do_not_import_services_or_views(app):
    folder = ROOT / app
    files = (
        [folder / "models.py"] if (folder / "models.py").exists() else list((folder / "models").rglob("*.py"))
    )
    wrong = re.compile(rf"^(from|import) ({'|'.join(OURS)})\.?(services|views|forms|tasks)", re.M)
    assert [path.name for path in files if wrong.search(path.read_text(encoding="utf-8"))] == []


def routes(patterns: list, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                yield from routes(entry.url_patterns, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def test_every_view_says_who_may_use_it():
    silent = []
    for path, entry in routes(get_resolver().url_patterns):
        view = entry.callback
        owner = getattr(view, "view_class", view)
        public = getattr(view, "login_required", True) is False
        if (
            not public
            and not hasattr(owner, "permission_required")
            and owner.__module__.split(".")[0] in FLOOR_OF
        ):
            silent.append(path)
    assert silent == []


def test_templates_have_no_inline_script_style_or_handler():
    wrong = re.compile(r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son[a-z]+=\"")
    papers = ("papers", "documents", "letters")  # printed or mailed: no page of the portal
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if not set(papers) & set(path.relative_to(ROOT / "templates").parts)
        and wrong.search(
            re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text(encoding="utf-8"), flags=re.S)
        )
    ]
    assert found == []


def test_words_are_marked_by_names_that_makemessages_knows():
    """`gettext as _now` was never collected: an English sentence stood on a Lithuanian page."""
    alias = re.compile(r"\bn?p?gettext(?:_lazy)? as (?!_\b)\w+")
    assert not [str(path) for path in python_files(*OURS) if alias.search(path.read_text("utf-8"))]


def test_every_room_keeps_its_templates_and_tests_under_its_own_name():
    allowed = {*OURS, "bootstrap5", "registration", "admin", "django"}
    assert {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()} - allowed == set()


def test_registering_happens_only_when_apps_are_ready():
    names = "|".join(name for name in vars(registry) if name.startswith("register_"))
    call = re.compile(rf"^(registry\.)?({names})\(", re.M)
    assert [str(path) for path in python_files(*OURS) if call.search(path.read_text(encoding="utf-8"))] == []


def test_every_extension_point_is_known_and_typed():
    assert {point.kind for point in registry.POINTS} == {
        point.kind for name, point in vars(registry).items() if name.startswith("register_")
    }


@pytest.mark.parametrize("kind", list(registry.register_matter_kind), ids=lambda kind: kind.code)
def test_a_matter_kind_is_complete(kind):
    assert apps.get_model(kind.model)
    assert kind.states
    assert kind.snapshot is None or (kind.differ and kind.summary and kind.document_kind)


@pytest.mark.parametrize("kind", list(registry.register_document_kind), ids=lambda kind: kind.code)
def test_a_document_kind_has_its_template(kind):
    assert (ROOT / "templates" / kind.template).exists()


def test_public_modules_say_what_they_are_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files(*OURS)
        if path.name in {"services.py", "approvals.py", "tasks.py"}
        and path.parent.name in OURS
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
