"""Seals by real keys, a real authority and a real server of time stamps; read back here and by poppler."""

from __future__ import annotations

import datetime
import io
import logging
import stat
import subprocess

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents import conformance
from documents.choices import SealKind
from documents.pdf import render
from documents.sealing import keys, reading, signing
from tests.documents.authority import Authority, sealed_by

MOMENT = datetime.datetime(2026, 3, 4, 8, tzinfo=datetime.UTC)
PASSWORD = "labai-slaptas-žodis"


@pytest.fixture(scope="module")
def authority():
    with Authority() as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_set(settings):
    for name in dir(settings):
        if name.startswith("SEAL_") and name != "SEAL_DEMO_DIR":
            setattr(settings, name, "")
    settings.DEMO = False


@pytest.fixture
def key_file(settings, authority, tmp_path):
    settings.SEAL_PKCS12 = str(authority.seal(tmp_path / "spaudas.p12", PASSWORD))
    settings.SEAL_PKCS12_PASSWORD = PASSWORD
    settings.SEAL_TRUST = str(authority.roots(tmp_path / "saknys.pem"))
    return settings


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render("<html lang='lt'><title>Byla</title><h1>Ąžuolas</h1></html>", moment=MOMENT)


def pdfsig(content: bytes, tmp_path) -> str:
    path = tmp_path / "s.pdf"
    path.write_bytes(content)
    assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, check=True).stdout


def test_demonstration_makes_its_own_key_once(settings, paper, tmp_path):
    settings.DEMO = True
    with keys.opened() as first, keys.opened() as again:
        assert first.is_demo
        assert first.fingerprint == again.fingerprint
        sealed = sealed_by(signing.seal, paper, first)
    (made,) = settings.SEAL_DEMO_DIR.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    (found,) = reading.read(sealed.content, [])
    assert (found.is_demo, found.is_intact, found.is_trusted, found.is_last_word) == (True, True, False, True)
    assert "Signature is Valid" in pdfsig(sealed.content, tmp_path)


def test_seal_of_a_key_file_leaves_the_file_archival(key_file, paper, tmp_path):
    with keys.opened() as key:
        sealed = sealed_by(signing.seal, paper, key)
    assert (key.kind, key.subject, sealed.level, sealed.until) == (
        SealKind.PKCS12, "Bandymų savivaldybė", "B-B", key.ends,
    )  # fmt: skip
    assert sealed.content.startswith(paper)
    assert conformance.check(sealed.content) == []
    (found,) = reading.read(sealed.content, key.roots)
    assert (found.subject, found.issuer) == ("Bandymų savivaldybė", "Bandymų šaknis")
    assert (found.is_intact, found.is_trusted, found.is_at_proved) == (True, True, False)
    said = pdfsig(sealed.content, tmp_path)
    assert said.count("Signature is Valid") == 1
    assert "Total document signed" in said


def test_seal_of_a_large_file_is_measured_in_the_file_itself(key_file, paper, tmp_path, monkeypatch):
    monkeypatch.setattr(conformance, "LARGE", 1)
    with keys.opened() as key:
        sealed = sealed_by(signing.seal, paper, key).content
    path = tmp_path / "large.pdf"
    path.write_bytes(sealed)
    assert conformance.check(path) == []
    path.write_bytes(sealed.replace(b"/ByteRange [0 ", b"/ByteRange [1 "))
    assert "byte-range" in [one.rule for one in conformance.check(path)]


def test_what_fails_half_way_leaves_the_file_as_it_was(key_file, authority, paper, monkeypatch):
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    monkeypatch.setattr(authority, "answers", b"")
    file = io.BytesIO(paper)
    with keys.opened() as key, pytest.raises(signing.TimeStampsAwayError):
        signing.seal(file, key)
    assert file.getvalue() == paper


def test_long_term_form_with_time_stamps_of_a_server(key_file, authority, paper, tmp_path):
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    key_file.SEAL_TSA_USER, key_file.SEAL_TSA_PASSWORD = "alytus", "kitas-žodis"
    with keys.opened() as key:
        sealed = sealed_by(signing.seal, paper, key)
        roots = key.roots
    assert (sealed.level, sealed.note) == ("B-LTA", "")
    assert sealed.until == authority.stamps.not_valid_after_utc
    assert authority.asked[-1].startswith("Basic ")
    assert conformance.check(sealed.content) == []
    seal, stamp = reading.read(sealed.content, roots)
    assert (seal.is_stamp, seal.is_intact, seal.is_trusted, seal.is_at_proved) == (False, True, True, True)
    assert (stamp.is_stamp, stamp.is_intact, stamp.is_last_word, stamp.subject) == (
        True, True, True, "Bandymų laikas",
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(sealed.content)) as found:
        assert len(found.Root.DSS.Certs) >= 3
        assert len(found.Root.DSS.CRLs) >= 1
    assert "Signature is Valid" in pdfsig(sealed.content, tmp_path)


def test_without_what_proves_it_a_seal_has_at_least_its_time_stamp(key_file, authority, paper, monkeypatch):
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    monkeypatch.setattr(authority, "revoked", lambda: b"no list")
    with keys.opened() as key:
        sealed = sealed_by(signing.seal, paper, key)
    assert sealed.level == "B-T"
    assert "Be ilgalaikio pavidalo" in sealed.note
    assert conformance.check(sealed.content) == []


@pytest.mark.parametrize("answer", [b"", b"<html>not found</html>"])
def test_server_of_time_stamps_that_fails_is_told_in_a_sentence(
    key_file, authority, paper, answer, monkeypatch
):
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    monkeypatch.setattr(authority, "answers", answer)
    with keys.opened() as key, pytest.raises(signing.TimeStampsAwayError, match="Laiko žymų serveris"):
        sealed_by(signing.seal, paper, key)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/tsa", "file:///etc/passwd"])
def test_no_server_of_time_stamps_is_no_fall(key_file, paper, url):
    key_file.SEAL_TSA_URL = url
    with keys.opened() as key, pytest.raises(signing.TimeStampsAwayError):
        sealed_by(signing.seal, paper, key)


def test_renewal_adds_a_time_stamp_over_the_whole(key_file, authority, paper):
    key_file.SEAL_TSA_URL = authority.address + "/tsa"
    with keys.opened() as key:
        sealed = sealed_by(signing.seal, paper, key)
        renewed = sealed_by(signing.renew, sealed.content, key)
        found = reading.read(renewed.content, key.roots)
    assert renewed.content.startswith(sealed.content)
    assert [one.is_stamp for one in found] == [False, True, True]
    assert all(one.is_intact and one.is_last_word for one in found)
    assert conformance.check(renewed.content) == []


def test_renewal_without_time_stamps_is_another_seal(key_file, paper, tmp_path):
    with keys.opened() as key:
        renewed = sealed_by(signing.renew, sealed_by(signing.seal, paper, key).content, key)
        found = reading.read(renewed.content, key.roots)
    assert [(one.is_intact, one.is_last_word) for one in found] == [(True, True)] * 2
    assert conformance.check(renewed.content) == []
    assert pdfsig(renewed.content, tmp_path).count("Signature is Valid") == 2


def test_change_after_the_seal_is_seen(key_file, paper):
    with keys.opened() as key:
        sealed = sealed_by(signing.seal, paper, key).content
    place = sealed.index(b"x:xmpmeta") + 2  # inside what is sealed, read by no parser of the structure
    touched = sealed[:place] + b"X" + sealed[place + 1 :]
    assert [one.is_intact for one in reading.read(touched, key.roots)] == [False]


def test_what_is_added_behind_the_seal_is_seen(key_file, paper):
    with keys.opened() as key:
        writer = IncrementalPdfFileWriter(io.BytesIO(sealed_by(signing.seal, paper, key).content))
    script = {generic.NameObject("/S"): generic.NameObject("/JavaScript")}
    writer.root["/OpenAction"] = generic.DictionaryObject(script)
    writer.update_root()
    writer.write(added := io.BytesIO())
    (found,) = reading.read(added.getvalue(), key.roots)
    assert (found.is_intact, found.is_last_word) == (True, False)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"\x00" * 5000, b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"]
)
def test_what_is_no_pdf_is_refused_in_a_word(content):
    with pytest.raises(ValueError, match=r"\w+: "):
        reading.read(content, [])


def test_broken_keys_are_told_in_sentences_without_the_password(settings, authority, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    assert keys.configured_kind() == ""
    assert keys.state().problem == ""
    settings.SEAL_PKCS12, settings.SEAL_PKCS12_PASSWORD = str(tmp_path / "nėra.p12"), PASSWORD
    assert "nėra.p12" in keys.state().problem
    good = authority.seal(tmp_path / "geras.p12", "kitas")
    settings.SEAL_PKCS12 = str(good)
    assert "slaptažod" in keys.state().problem
    (tmp_path / "blogas.p12").write_bytes(b"not a key")
    settings.SEAL_PKCS12 = str(tmp_path / "blogas.p12")
    assert "slaptažod" in keys.state().problem
    settings.SEAL_PKCS12_PASSWORD = "kitas"
    settings.SEAL_PKCS12 = str(authority.seal(tmp_path / "senas.p12", "kitas", days=-1))
    assert "baigėsi" in keys.state().problem
    settings.SEAL_PKCS12 = str(authority.seal(tmp_path / "naujas.p12", "kitas", begun=-2))
    assert "galioja tik nuo" in keys.state().problem
    settings.SEAL_PKCS11_MODULE = "/nera/modulio.so"
    assert "SEAL_PKCS11_MODULE" in keys.state().problem
    settings.SEAL_PKCS12 = ""
    assert "įrenginys" in keys.state().problem.lower()
    assert PASSWORD not in caplog.text
    assert PASSWORD not in str(keys.state())


def test_end_of_a_certificate_is_seen_before_it_comes(key_file, authority, tmp_path):
    assert not keys.state().ends_soon
    key_file.SEAL_PKCS12 = str(authority.seal(tmp_path / "trumpas.p12", PASSWORD, days=30))
    assert keys.state().ends_soon
