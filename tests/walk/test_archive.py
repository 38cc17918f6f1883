"""The archivist's way: a file exported while she waits, downloaded, verified by her; a touched copy is found out."""

from __future__ import annotations

import hashlib
import subprocess
from typing import Any

import pytest

from documents import conformance

from .conftest import PHONE, WIDE, Office
from .glance import look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 180_000  # milliseconds, for what a worker does


def verify(page: Any, office: Office, name: str, content: bytes) -> str:
    page.goto(f"{office.address}/archyvas/tikrinimas/")
    page.set_input_files("main [name=file]", {"name": name, "mimeType": "application/pdf", "buffer": content})
    page.click("main [name=verify]")
    page.wait_for_selector("#checks", timeout=PATIENCE)
    return page.inner_text("main")


def test_export_progress_download_verify(office, worker, visitor, tmp_path):
    page = visitor("archyvare", WIDE, "lt")
    page.goto(f"{office.address}/archyvas/?state=&year=")
    page.click("main tbody tr:has-text('5.3') a.title-link")
    page.click("main nav >> text=Eksportai")
    page.click("main button:has-text('Eksportuoti')")
    page.locator("#eksportai progress").wait_for(state="detached", timeout=PATIENCE)
    download = page.locator("#eksportai a:has-text('PDF')").first
    look(page, 1440)
    assert "Demonstracinis spaudas" in page.inner_text("#eksportai")
    with page.expect_download() as waiting:
        download.click()
    content = waiting.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() in page.inner_text("#eksportai")
    assert conformance.check(content, ["3b"]) == []
    (tmp_path / "byla.pdf").write_bytes(content)
    said = subprocess.run(["pdfsig", tmp_path / "byla.pdf"], capture_output=True, text=True, check=True)
    assert "Signature is Valid" in said.stdout

    found = verify(page, office, "byla.pdf", content)
    look(page, 1440)
    assert "nepakeistas, naujausias eksportas" in found
    assert "DEMONSTRACINIS SPAUDAS" in found

    phone = visitor("archyvare", PHONE, "lt")
    found = verify(phone, office, "pataisyta.pdf", content.replace(b"xmpmeta", b"xmpmetb", 1))
    look(phone, 390)
    assert "Pakeista tai, ką saugo spaudas" in found
