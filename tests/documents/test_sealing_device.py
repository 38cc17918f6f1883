"""A seal whose key never leaves its PKCS#11 device: here the token of NSS, with a PIN of its own."""

from __future__ import annotations

import ctypes.util
import datetime
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.cache import cache

from documents import conformance
from documents.choices import SealKind
from documents.pdf import render
from documents.sealing import keys, reading, signing
from tests.documents.authority import Authority, sealed_by

pkcs11 = pytest.importorskip("pkcs11")
pytestmark = pytest.mark.skipif(
    not (shutil.which("cc") and ctypes.util.find_library("softokn3")),
    reason="no C compiler or no NSS: there is no device to be had",
)
PIN, LABEL = "alytus-1234", "spaudas"
TOKEN = "NSS Certificate DB"


@pytest.fixture(scope="module")
def authority():
    return Authority()  # its server is not asked: it only issues


@pytest.fixture(scope="module")
def module(tmp_path_factory, authority) -> str:
    """The device with a PIN, a key made inside it and the certificate of that key."""
    home = tmp_path_factory.mktemp("device")
    built = home / "device.so"
    source = Path(__file__).with_name("device.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "TOKEN_PARAMS", f"configdir='sql:{home}' certPrefix='' keyPrefix='' secmod='secmod.db' flags="
        )
        token = _token(pkcs11.lib(str(built)))
    with token.open(rw=True, so_pin="") as session:
        session.init_pin(PIN)
    with _token(pkcs11.lib(str(built))).open(rw=True, user_pin=PIN) as session:
        public, _private = session.generate_keypair(
            pkcs11.KeyType.RSA, 2048, store=True, label=LABEL, id=b"1"
        )
        _keep_certificate(session, public, authority)
    return str(built)


def _token(lib):
    return next(token for token in lib.get_tokens() if token.label == TOKEN)


def _keep_certificate(session, public, authority) -> None:
    from pkcs11.util.rsa import encode_rsa_public_key
    from pkcs11.util.x509 import decode_x509_certificate

    own = serialization.load_der_public_key(encode_rsa_public_key(public))
    made = authority.issue("Bandymų įrenginys", SimpleNamespace(public_key=lambda: own))
    session.create_object(
        {
            **decode_x509_certificate(made.public_bytes(serialization.Encoding.DER)),
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: LABEL,
            pkcs11.Attribute.ID: b"1",
        }
    )


@pytest.fixture(autouse=True)
def device(settings, module):
    for name in dir(settings):
        if name.startswith("SEAL_") and name != "SEAL_DEMO_DIR":
            setattr(settings, name, "")
    settings.DEMO = False
    settings.SEAL_PKCS11_MODULE, settings.SEAL_PKCS11_TOKEN = module, TOKEN
    settings.SEAL_PKCS11_LABEL, settings.SEAL_PKCS11_PIN = LABEL, PIN
    cache.clear()
    return settings


def test_device_seals_and_the_file_stays_archival():
    moment = datetime.datetime(2026, 3, 4, 8, tzinfo=datetime.UTC)
    paper = render("<html lang='lt'><title>Byla</title><h1>Ąžuolas</h1></html>", moment=moment)
    for _time in range(2):  # a session is closed behind a seal: the next one opens
        with keys.opened() as key:
            sealed = sealed_by(signing.seal, paper, key)
    assert (key.kind, key.subject, key.issuer) == (SealKind.PKCS11, "Bandymų įrenginys", "Bandymų šaknis")
    assert conformance.check(sealed.content) == []
    (found,) = reading.read(sealed.content, [])
    assert (found.is_intact, found.subject) == (True, "Bandymų įrenginys")


def test_refused_pin_is_not_tried_again(device, caplog):
    device.SEAL_PKCS11_PIN = "ne-tas-kodas"
    assert "nepriėmė PIN kodo" in keys.state().problem
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyhanko.sign.pkcs11.open_pkcs11_session", lambda *args, **kwargs: pytest.fail("tried"))
        assert "nepriėmė PIN kodo" in keys.state().problem
    device.SEAL_PKCS11_PIN = PIN
    assert keys.state().problem == ""
    assert "ne-tas-kodas" not in caplog.text


@pytest.mark.parametrize("name", ["SEAL_PKCS11_TOKEN", "SEAL_PKCS11_LABEL"])
def test_device_without_such_a_key_is_told_in_a_sentence(device, name):
    setattr(device, name, "kitas")
    assert "Įrenginys su spaudo raktu neatsiliepia" in keys.state().problem
