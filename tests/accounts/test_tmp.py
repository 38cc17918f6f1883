import pytest
from tests.accounts.test_protection import *
def test_x(client, guest):
    client.force_login(UserFactory(role="specialist"))
    for page in [PAGE, LIST, LOG, address("held", guest)]:
        r=client.get(page); print(page, r.status_code, type(r), r.reason_phrase if hasattr(r,'reason_phrase') else "")
    assert 0
