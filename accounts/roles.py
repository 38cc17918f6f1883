"""Roles are data: which permissions each holds, and the table of role × action that is made of them."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.management import _get_all_permissions  # type: ignore[attr-defined]

from accounts.choices import Role

DATA = Path(__file__).resolve().parent / "data" / "roles.json"
TABLE = "docs/roles.md"

INTRODUCTION = """# Who may do what

Made from `accounts/data/roles.json` by `script/manage roles_table`; a test fails while it is stale. A role is a group,
set by `script/manage sync_roles`; a person may hold several. An action stands here when a page, a verb or a template
asks for it. A deputy, while she acts as one, sees and does what the person she stands in for may.

Everybody with an account, whatever the role, has her day, notices, profile, deputies, password, the directory of
people and units, and the matters she is named in.
"""

ACCESS = """
## Which matters a person sees

`access` of a matter trims every row after the action is allowed: lists and their counts, the search box and its
excerpts, timelines, notices, calendars, exports and files (`tests/accounts/test_access.py` tries each role).

| access | who sees the matter |
|---|---|
| department | whoever may *view matters*, and people named in it |
| named people | the named and the responsible person; nobody else, whatever the role |
| leadership only | whoever may *view matters of leadership only*, the responsible person and the named |

The pages of data protection show whose data is held, the kinds of it, its end and the number of the matter; never the
title of the matter nor a value. Values leave only by the export for the person, which stands in the access log.
"""


def known_permissions() -> dict[str, str]:
    """Every permission of every model, by "app.code", in words; from the code, without the database."""
    known = {}
    for model in apps.get_models():
        for code, words in _get_all_permissions(model._meta):
            known[f"{model._meta.app_label}.{code}"] = str(words)
    return known


def permissions_by_role(known: Iterable[str]) -> dict[str, set[str]]:
    """What the role data gives each role: patterns from left to right, one that begins with "-" takes away."""
    known = list(known)
    roles: dict[str, set[str]] = {}
    for name, patterns in json.loads(DATA.read_text(encoding="utf-8")).items():
        chosen: set[str] = set()
        for pattern in patterns:
            found = set(fnmatch.filter(known, pattern.removeprefix("-")))
            chosen = chosen - found if pattern.startswith("-") else chosen | found
        roles[name] = chosen
    return roles


def asked_permissions() -> set[str]:
    """Permissions that some view, verb, registry entry or template asks for."""
    root = Path(settings.BASE_DIR)
    ours = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).parent.resolve() == root.resolve()
    }
    files = [
        path for label in ours for path in (root / label).rglob("*.py") if "migrations" not in path.parts
    ]
    files += (root / "templates").rglob("*.html")
    found = re.compile(rf'(?:"|perms\.)((?:{"|".join(sorted(ours))})\.[a-z_]+)')
    asked = {code for path in files for code in found.findall(path.read_text(encoding="utf-8"))}
    for model in admin.site._registry:  # the administration pages ask for these by themselves
        asked |= {f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for verb in ("view", "change")}
    return {code for code in asked & set(known_permissions()) if code.partition(".")[0] in ours}


def table() -> str:
    """The text of docs/roles.md."""
    known = known_permissions()
    roles = permissions_by_role(known)
    labels = [Role(name).label for name in roles]
    lines = [INTRODUCTION]
    asked = sorted(asked_permissions())
    for app in sorted({code.partition(".")[0] for code in asked}):
        lines.append(f"\n## {app}\n")
        lines.append(f"| action | {' | '.join(str(label) for label in labels)} |")
        lines.append(f"|---|{':-:|' * len(labels)}")
        for code in asked:
            if code.startswith(f"{app}."):
                words = known[code].removeprefix("Can ")
                signs = " | ".join("●" if code in given else "" for given in roles.values())
                lines.append(f"| {words} `{code.partition('.')[2]}` | {signs} |")
    return "\n".join(lines) + "\n" + ACCESS
