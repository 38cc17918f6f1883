import pytest

from tests.media_monitoring.factories import NewsStand


@pytest.fixture
def stand():
    stand = NewsStand()
    yield stand
    stand.close()
