"""Celery started as in earnest, except that the test's outlets on the loopback are the world and the clock runs fast.

Only here: no setting opens the loopback to the portal's fetcher. `LIVE_OUTLETS` are their addresses, host:port by commas.
"""

import os
import sys

import django

from alytus_ryšiai.celery import app

FAST = ("ask the press", "take up due jobs", "tell what the press said", "tell of stopped letters")


def main() -> None:
    django.setup()
    from media_monitoring import fetch
    from media_monitoring.services import fetching

    pairs = [one.rpartition(":") for one in os.environ["LIVE_OUTLETS"].split(",")]
    world = [(host, int(port)) for host, _colon, port in pairs]
    begin = fetch.Fetcher.__init__

    def begin_in_the_world(self, *, open_to=(), **bounds):
        begin(self, open_to=[*open_to, *world], **bounds)

    fetch.Fetcher.__init__ = begin_in_the_world
    fetching.PAUSE /= 50
    for name in FAST:
        app.conf.beat_schedule[name]["schedule"] = 1.0
    app.start(sys.argv[1:])


if __name__ == "__main__":
    main()
