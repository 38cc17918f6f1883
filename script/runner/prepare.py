"""Bring database, static files and the demonstration office up to date, in one process; run as the portal.

Each step is skipped or finished where an interrupted start left it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 -- the path first
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- the path first
    from django.core.management import CommandError  # noqa: PLC0415 -- the path first
    from django.db import OperationalError  # noqa: PLC0415 -- the path first

    try:
        django.setup()
        bring_up_to_date()
    except (ImproperlyConfigured, CommandError, OperationalError) as error:
        sys.exit(str(error))


def bring_up_to_date() -> None:
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.core.management import call_command  # noqa: PLC0415 -- after setup

    call_command("check", databases=["default"], fail_level="ERROR", stdout=io.StringIO())
    with static_files_collected():
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("seed_demo", later=True, verbosity=0)
        else:
            call_command("sync_office", verbosity=0)


@contextmanager
def static_files_collected() -> Iterator[None]:
    """Hashing and compressing take seconds: only when a source changed, and in a process of its own meanwhile."""
    from django.conf import settings  # noqa: PLC0415 -- after setup
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 -- after setup
    from django.core.management import CommandError  # noqa: PLC0415 -- after setup

    sources = sorted(
        (path, os.stat(storage.path(path)).st_mtime_ns, os.stat(storage.path(path)).st_size)
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    wanted = hashlib.sha256(
        json.dumps([settings.STORAGES["staticfiles"]["BACKEND"], sources]).encode()
    ).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == wanted:
        yield
        return
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    with subprocess.Popen(command, cwd=ROOT) as collecting:
        yield
    if collecting.returncode:
        raise CommandError("The static files could not be collected.")
    stamp.write_text(wanted)


if __name__ == "__main__":
    main()
