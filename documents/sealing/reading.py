"""Reads the seals of a PDF back: whole or not, whose, when, what was added afterwards. Nothing is fetched.

Imports nothing of Django: it also runs in the bounded process that foreign files are looked at in.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from dataclasses import asdict, dataclass
from typing import IO, Any

from documents.sealing import chains
from documents.sealing.event_loop import apart

DEMO_NAME = "DEMONSTRACINIS SPAUDAS – BE TEISINĖS GALIOS"
MOST = 40  # seals read of one file


@dataclass(frozen=True)
class Found:
    """A seal or a time stamp of a file, in the order they were put on."""

    is_stamp: bool
    subject: str
    issuer: str
    fingerprint: str
    at: str  # ISO; of the time stamp when there is one, else as the seal itself says
    is_at_proved: bool
    ends: str  # when the certificate ends
    is_intact: bool  # what it covers is as it was
    is_last_word: bool  # after it nothing but seals, stamps and their proofs was added
    is_trusted: bool  # its chain ends in a root of the settings
    problem: str = ""  # why it could not be judged
    covers_all: bool = False  # to the last byte of the file
    chain: str = ""  # how the chain of the certificate stands (documents.sealing.chains)
    root: str = ""  # what it leads to

    @property
    def is_demo(self) -> bool:
        return DEMO_NAME in self.subject

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_demo": self.is_demo}


def fingerprint(certificate: Any) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def name_of(certificate: Any, *, of_issuer: bool = False) -> str:
    """The common name, with the organisation where it says another thing."""
    names = (certificate.issuer if of_issuer else certificate.subject).native
    parts = [names.get("common_name"), names.get("organization_name")]
    words = [part if isinstance(part, str) else ", ".join(part) for part in parts if part]
    return ", ".join(dict.fromkeys(words)) or certificate.subject.human_friendly


def read(source: bytes | IO[bytes], roots: list[Any]) -> list[Found]:
    """Every seal of the file; raises ValueError when the file cannot be read as a PDF at all."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 -- workers only
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- workers only

    try:
        reader = PdfFileReader(io.BytesIO(source) if isinstance(source, bytes) else source)
        signatures = list(reader.embedded_signatures)[:MOST]
        return [_read(one, roots) for one in signatures]
    except (PdfError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}"[:300]) from error


def _read(signature: Any, roots: list[Any]) -> Found:
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 -- workers only
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 -- workers only

    signature.compute_integrity_info()
    certificate, is_stamp = signature.signer_cert, signature.sig_object_type == "/DocTimeStamp"
    chain = _chain(signature, roots, moment := _moment(signature, is_stamp))
    facts = {
        "chain": chain.state,
        "root": chain.root,
        "is_stamp": is_stamp,
        "subject": name_of(certificate),
        "issuer": name_of(certificate, of_issuer=True),
        "fingerprint": fingerprint(certificate),
        "ends": certificate.not_valid_after.isoformat(),
    }
    at = moment.isoformat() if moment else ""
    try:
        status = _status(signature, is_stamp, roots, moment)
    except (SignatureValidationError, ValueError) as error:
        return Found(
            **facts,
            at=at,
            is_at_proved=False,
            is_intact=False,
            is_last_word=False,
            is_trusted=False,
            problem=str(error)[:300],
        )
    return Found(
        **facts,
        at=at,
        is_at_proved=_is_at_proved(status, is_stamp),
        is_intact=bool(status.intact and status.valid),
        is_last_word=_is_last_word(status),
        is_trusted=bool(status.trusted),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )


def _chain(signature: Any, roots: list[Any], moment: datetime.datetime | None) -> chains.Chain:
    """With the certificates and lists of the revoked that the file brings itself."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415 -- workers only

    others, crls, ocsps = list(signature.other_embedded_certs), [], []
    try:
        store = DocumentSecurityStore.read_dss(signature.reader)
        others += list(store.load_certs())
        crls = [one.get_object().data for one in store.crls]
        ocsps = [one.get_object().data for one in store.ocsps]
    except Exception:  # it has none, or a broken one, which proves nothing
        crls, ocsps = [], []
    return chains.judge(signature.signer_cert, others, roots, moment, crls=crls, ocsps=ocsps)


def _moment(signature: Any, is_stamp: bool) -> datetime.datetime | None:
    """When it was put on: as its time stamp says, else as the seal itself does."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter  # noqa: PLC0415 -- workers only

    if is_stamp:
        stamp = signature.signed_data
    else:
        stamp = next(extract_tst_data_iter(signature.signer_info, signed=False), None)
    if stamp is None:
        return signature.self_reported_timestamp
    return stamp["encap_content_info"]["content"].parsed["gen_time"].native


def _status(signature: Any, is_stamp: bool, roots: list[Any], moment: datetime.datetime | None) -> Any:
    from pyhanko.sign.validation import (  # noqa: PLC0415 -- workers only
        validate_pdf_signature,
        validate_pdf_timestamp,
    )
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- workers only

    def context() -> Any:
        # a seal is judged as of when it was made: its certificate may have ended since
        return ValidationContext(
            trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment
        )

    if is_stamp:
        return apart(lambda: validate_pdf_timestamp(signature, context()))
    return apart(lambda: validate_pdf_signature(signature, context(), context()))


def _is_at_proved(status: Any, is_stamp: bool) -> bool:
    stamp = status if is_stamp else status.timestamp_validity
    return bool(stamp is not None and stamp.intact and stamp.valid and stamp.trusted)


def _is_last_word(status: Any) -> bool:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 -- workers only
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 -- workers only

    level = status.modification_level
    return (
        status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and level is not None
        and level <= ModificationLevel.FORM_FILLING
    )
