import pytest

from core import jobs
from core.models import Job
from tests.media_monitoring.factories import NewsStand


@pytest.fixture
def stand():
    stand = NewsStand()
    yield stand
    stand.close()


@pytest.fixture
def run_jobs():
    """Do what waits on the desk's queue, as a worker would."""

    def run() -> int:
        return sum(
            jobs.run(pk)
            for pk in Job.objects.filter(queue="press", state="queued").values_list("pk", flat=True)
        )

    return run
