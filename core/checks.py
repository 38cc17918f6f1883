"""What must be true before the portal starts; each failure is one sentence with the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

NEEDED_EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
OLDEST_POSTGRESQL = 150000


@register(Tags.database)
def database_is_fit(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """PostgreSQL 15 or newer with our extensions at hand (asked for with `check --database default`)."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            if cursor.connection.server_version < OLDEST_POSTGRESQL:
                errors.append(Error("PostgreSQL 15 or newer is needed.", id="core.E001"))
            cursor.execute(
                "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(NEEDED_EXTENSIONS)]
            )
            missing = set(NEEDED_EXTENSIONS) - {row[0] for row in cursor.fetchall()}
            if missing:
                errors.append(
                    Error(
                        f"PostgreSQL lacks the extensions {', '.join(sorted(missing))}.",
                        hint="Install the contrib package of your PostgreSQL (on Debian: postgresql-contrib).",
                        id="core.E002",
                    )
                )
    return errors
