"""The key that seals: a PKCS#12 file or a PKCS#11 device of the municipality; in the demonstration a self-made one.

Whatever is wrong with it is told in one sentence (`KeyUnfitError`); passwords stand in no message, log or page.
"""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.errors import DomainError
from documents.choices import WATCHED, SealKind
from documents.sealing.reading import DEMO_NAME, fingerprint, name_of

DEMO_YEARS = 3


class KeyUnfitError(DomainError):
    """There is a key by the settings, and it cannot seal: the sentence says why and what to do."""


@dataclass(frozen=True)
class Key:
    """An opened key: what its certificate says, and the signer that seals with it."""

    kind: str
    signer: Any = field(repr=False)
    subject: str
    issuer: str
    begins: datetime.datetime
    ends: datetime.datetime
    fingerprint: str
    roots: list[Any] = field(default_factory=list, repr=False)  # what the chain may end in

    @property
    def is_demo(self) -> bool:
        return self.kind == SealKind.DEMO


@dataclass(frozen=True)
class KeyState:
    """What the self-check tells of the key."""

    kind: str
    subject: str = ""
    ends: datetime.datetime | None = None
    problem: str = ""
    time_stamps: str = ""  # the address asked for time stamps

    @property
    def is_demo(self) -> bool:
        return self.kind == SealKind.DEMO

    @property
    def ends_soon(self) -> bool:
        return self.ends is not None and self.ends - WATCHED < timezone.now()

    def get_kind_display(self) -> str:
        return str(SealKind(self.kind).label) if self.kind else _("no key")


def configured_kind() -> str:
    """Which kind of key the settings name; nothing when exports go out unsealed."""
    if settings.SEAL_PKCS12 and settings.SEAL_PKCS11_MODULE:
        raise KeyUnfitError(
            _("Two keys of the seal are named: leave either SEAL_PKCS12 or SEAL_PKCS11_MODULE.")
        )
    if settings.SEAL_PKCS12:
        return SealKind.PKCS12
    if settings.SEAL_PKCS11_MODULE:
        return SealKind.PKCS11
    return SealKind.DEMO if settings.DEMO else ""


def state() -> KeyState:
    """Look at the key as a seal would; never raises for what is wrong with it."""
    kind, stamps = "", settings.SEAL_TSA_URL
    try:
        if not (kind := configured_kind()):
            return KeyState("", time_stamps=stamps)
        with opened() as key:
            return KeyState(kind, key.subject, key.ends, time_stamps=stamps)
    except KeyUnfitError as error:
        return KeyState(kind, problem=str(error), time_stamps=stamps)


@contextmanager
def opened() -> Iterator[Key]:
    """The key of the settings, fit to seal now."""
    kind = configured_kind()
    if kind == SealKind.PKCS11:
        with _on_device() as signer:
            yield _fit(kind, signer)
    elif kind == SealKind.PKCS12:
        yield _fit(kind, _from_file(Path(settings.SEAL_PKCS12), settings.SEAL_PKCS12_PASSWORD))
    elif kind == SealKind.DEMO:
        yield _fit(kind, _from_file(_demo_file(), ""))
    else:
        raise KeyUnfitError(_("No key of the seal is named in the settings (SEAL_PKCS12)."))


def _fit(kind: str, signer: Any) -> Key:
    certificate = signer.signing_cert
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    now = timezone.now()
    if ends <= now:
        raise KeyUnfitError(
            _("The certificate of the seal ended on %(day)s: get a new one and name it in the settings.")
            % {"day": timezone.localdate(ends).isoformat()}
        )
    if begins > now:
        raise KeyUnfitError(
            _("The certificate of the seal is valid from %(day)s only.")
            % {"day": timezone.localdate(begins).isoformat()}
        )
    chain = [*signer.cert_registry, certificate, *certificates_of(settings.SEAL_CHAIN)]
    own = [one for one in chain if one.self_issued]
    return Key(
        kind=kind,
        signer=signer,
        subject=name_of(certificate),
        issuer=name_of(certificate, of_issuer=True),
        begins=begins,
        ends=ends,
        fingerprint=fingerprint(certificate),
        roots=[*own, *certificates_of(settings.SEAL_TRUST)],
    )


def certificates_of(path: str) -> list[Any]:
    """The certificates of a PEM or DER file named in the settings."""
    if not path:
        return []
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 -- workers only

    try:
        return list(load_certs_from_pemder_data(Path(path).read_bytes()))
    except (OSError, ValueError) as error:
        raise KeyUnfitError(
            _("The file of certificates %(path)s cannot be read.") % {"path": path}
        ) from error


# --- a file -------------------------------------------------------------------------------------------------


@sensitive_variables("password")
def _from_file(path: Path, password: str) -> Any:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 -- workers only

    try:
        content = path.read_bytes()
    except OSError as error:
        raise KeyUnfitError(
            _("The file of the seal's key cannot be read: %(path)s (%(reason)s).")
            % {"path": path, "reason": error.strerror or ""}
        ) from error
    try:
        return SimpleSigner.load_pkcs12_data(
            content, certificates_of(settings.SEAL_CHAIN), password.encode() or None
        )
    except (ValueError, TypeError) as error:
        # the library's words may quote what it was given: only what to do is said
        raise KeyUnfitError(
            _("The key of the seal does not open: check the password and that %(path)s is a PKCS#12 file.")
            % {"path": path}
        ) from error


def _demo_file() -> Path:
    """The self-made key, made at first use and again before it ends; never part of the repository."""
    folder = Path(settings.SEAL_DEMO_DIR)
    path = folder / "demo.p12"
    if path.exists() and path.stat().st_mtime > timezone.now().timestamp() - (DEMO_YEARS - 1) * 365 * 86400:
        return path
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = folder / f"demo-{secrets.token_hex(8)}.p12"
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(_self_made())
    if path.exists():
        made.replace(path)
        return path
    try:
        os.link(made, path)  # of two workers the first one's key stands
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path


def _self_made() -> bytes:
    from cryptography import x509  # noqa: PLC0415 -- workers only
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 -- workers only
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 -- workers only
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415 -- workers only
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 -- workers only

    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=DEMO_YEARS * 365))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"demo", key, certificate, None, serialization.NoEncryption()
    )


# --- a device -----------------------------------------------------------------------------------------------


@contextmanager
def _on_device() -> Iterator[Any]:
    """The key never leaves the device: it is asked to sign. The session is closed afterwards."""
    try:
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 -- only where a device is used
        from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415 -- only where a device is used
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415 -- as above
    except ImportError as error:
        raise KeyUnfitError(_("The library for PKCS#11 devices is not installed (python-pkcs11).")) from error
    label, refused = settings.SEAL_PKCS11_LABEL, _refusal_of_pin()
    if cache.get(refused):
        raise KeyUnfitError(_pin_words())
    criteria = TokenCriteria(label=settings.SEAL_PKCS11_TOKEN) if settings.SEAL_PKCS11_TOKEN else None
    session = None
    try:
        session = open_pkcs11_session(
            settings.SEAL_PKCS11_MODULE, token_criteria=criteria, user_pin=settings.SEAL_PKCS11_PIN or None
        )
        signer = PKCS11Signer(
            session,
            cert_label=label,
            key_label=label,
            ca_chain=certificates_of(settings.SEAL_CHAIN),
            other_certs_to_pull=(),
        )
        if signer.signing_cert is None:
            raise RuntimeError
    except (PKCS11Error, RuntimeError, OSError) as error:
        if session is not None:
            session.close()
        if type(error).__name__.startswith("Pin"):
            cache.set(refused, True, None)
            raise KeyUnfitError(_pin_words()) from error
        raise KeyUnfitError(
            _(
                "The device with the seal's key does not answer: check that it is connected, its module and label (%(kind)s)."
            )
            % {"kind": type(error).__name__}
        ) from error
    try:
        yield signer
    finally:
        session.close()


def _pin_words() -> str:
    return _(
        "The device with the seal's key did not take the PIN; it is not tried again until another is set."
    )


def _refusal_of_pin() -> str:
    """A device locks itself after a few wrong PINs: one refused is remembered, not as itself."""
    asked = f"{settings.SEAL_PKCS11_MODULE}\n{settings.SEAL_PKCS11_TOKEN}\n{settings.SEAL_PKCS11_PIN}"
    return "seal-pin:" + salted_hmac("documents.sealing", asked).hexdigest()
