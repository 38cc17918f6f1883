"""A certification authority of flesh and blood: keys, lists of the revoked and time stamps from a server of its own."""

from __future__ import annotations

import datetime
import io
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = datetime.timedelta(days=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def sealed_by(put: Callable[..., Any], content: bytes, key: Any) -> SimpleNamespace:
    """What `put` (of documents.sealing.signing) makes of these bytes and says of them."""
    file = io.BytesIO(content)
    said = put(file, key)
    return SimpleNamespace(**vars(said), content=file.getvalue())


class Authority:
    """Issues seals; its server answers /tsa and /revoked.crl while it is open."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name("Bandymų šaknis")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.root = self._certificate(self.name, self.key, is_root=True, days=4000)
        stamp_key = rsa.generate_private_key(65537, 2048)  # the only kind pyHanko's stamper takes
        self.stamps = self._certificate(_name("Bandymų laikas"), stamp_key, days=900, is_stamp=True)
        self.stamper = _dummy(self.stamps, stamp_key, self.root)
        self.answers: Any = None  # instead of a time stamp, when the server is to misbehave
        self.asked: list[str] = []

    def __enter__(self) -> Authority:
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def seal(self, path: Path, password: str, *, days: int = 700, begun: int = 10) -> Path:
        """A key file of a municipality."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._certificate(_name("Bandymų savivaldybė"), key, days=days, begun=begun)
        sealed = serialization.BestAvailableEncryption(password.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"spaudas", key, made, [self.root], sealed))
        return path

    def issue(self, name: str, key: Any, *, days: int = 700, begun: int = 10) -> x509.Certificate:
        """A certificate for a key that lies elsewhere: only its public half is asked."""
        return self._certificate(_name(name), key, days=days, begun=begun)

    def roots(self, path: Path) -> Path:
        path.write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        return path

    def revoked(self) -> bytes:
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(now() - DAY).next_update(now() + 30 * DAY)
        builder = builder.add_extension(x509.CRLNumber(1), critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def stamp(self, query: bytes) -> bytes:
        return self.stamper.request_tsa_response(tsp.TimeStampReq.load(query)).dump()

    def _certificate(
        self,
        name: x509.Name,
        key: Any,
        *,
        days: int,
        begun: int = 10,
        is_root: bool = False,
        is_stamp: bool = False,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now() - begun * DAY)
            .not_valid_after(now() + days * DAY)
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
            .add_extension(
                x509.KeyUsage(True, True, False, False, False, is_root, is_root, False, False), critical=True
            )
        )
        if not is_root:
            place = [x509.UniformResourceIdentifier(f"{self.address}/revoked.crl")]
            points = x509.CRLDistributionPoints([x509.DistributionPoint(place, None, None, None)])
            builder = builder.add_extension(points, critical=False)
        if is_stamp:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(self.key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _dummy(certificate: x509.Certificate, key: Any, root: x509.Certificate) -> DummyTimeStamper:
    der = serialization.Encoding.DER
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    store = SimpleCertificateStore()
    store.register(asn1_x509.Certificate.load(root.public_bytes(der)))
    return DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(der)),
        tsa_key=asn1_keys.PrivateKeyInfo.load(private),
        certs_to_embed=store,
    )


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(authority.revoked(), "application/pkix-crl")

        def do_POST(self) -> None:
            authority.asked.append(self.headers.get("Authorization", ""))
            query = self.rfile.read(int(self.headers["Content-Length"]))
            content = authority.stamp(query) if authority.answers is None else authority.answers
            self.answer(content, "application/timestamp-reply")

        def answer(self, content: bytes, media_type: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            return None

    return Handler
