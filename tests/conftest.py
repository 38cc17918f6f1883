"""What every test may use: the options of script/test and the rota of pages."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all",
        action="store_true",
        dest="everything",
        help="Walk every page in both themes and both languages, not only by the rota.",
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Roles are there from the start. Tests with real transactions empty the tables afterwards, which the audit trail forbids everywhere else."""
    with django_db_blocker.unblock():
        from django.core.management import call_command
        from django.db import connection

        call_command("sync_roles", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_auditevent DISABLE TRIGGER core_auditevent_not_emptied")
    yield
    with (
        django_db_blocker.unblock(),
        connection.cursor() as cursor,
    ):  # a thread of a test may still be leaving
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def tasks_are_known():
    """As wsgi.py does: no test is the first to need a task."""
    from celery import current_app

    current_app.finalize()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What the process keeps for some seconds does not outlive the test's rows."""
    from django.core.cache import caches

    caches[
        "process"
    ].default_timeout = None  # how many questions a page asks does not depend on the test's speed
    caches["process"].clear()


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path_factory):
    """Kept files and the keys of personal data live and die with the test."""
    home = tmp_path_factory.mktemp("kept")
    settings.MEDIA_ROOT = home / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": home / "files"}},
    }
    settings.PERSONAL_KEYS_DIR = home / "keys"
    settings.SEAL_DEMO_DIR = home / "seal"


@pytest.fixture
def post_office(settings):
    """A mail server of flesh and blood, to which the portal's letters really go."""
    from tests.post_office import PostOffice

    office = PostOffice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 5
    office.open()
    yield office
    office.close()
