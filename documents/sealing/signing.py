"""Seals a finished PDF (PAdES): as long-lasting as the settings and the certificates allow, never less than asked.

B-B: the seal alone. B-T: with a time stamp. B-LTA: what proves the certificates lies inside, under a time stamp of
the whole. Bytes are only ever added behind: the file before a seal is the beginning of the file after it. That is done
in the opened file itself, which may be far longer than memory; when it fails, the file is as it was.
"""

from __future__ import annotations

import base64
import datetime
import logging
import os
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.errors import DomainError
from documents.sealing.event_loop import apart
from documents.sealing.keys import Key

logger = logging.getLogger(__name__)
PATIENCE = 20  # seconds for an answer of the server of time stamps
LONGEST_ANSWER = 1 << 20
FIELD = "Spaudas"


class TimeStampsAwayError(DomainError):
    """The server of time stamps does not answer as it should: the seal waits."""


@dataclass(frozen=True)
class Sealed:
    """How long the seal can be verified and what it lacks."""

    level: str  # B-B, B-T, B-LTA; "stamp" for a time stamp that renews
    until: datetime.datetime
    note: str = ""


def seal(file: IO[bytes], key: Key) -> Sealed:
    """Put the seal of this key over the file as it stands; it is open for reading and writing."""
    if not settings.SEAL_TSA_URL:
        _sign(file, key)
        return Sealed("B-B", key.ends)
    stamper = _stamper()
    try:
        _sign(file, key, stamper, context=_context(key))
        return Sealed("B-LTA", stamper.ends)
    except TimeStampsAwayError:
        raise
    except _validation_errors() as error:
        logger.warning("No long-term form for the seal: %s: %s", type(error).__name__, error)
    _sign(file, key, stamper)
    return Sealed(
        "B-T",
        stamper.ends,
        _("Without the long-term form: certificates or revocation lists are not to be had."),
    )


def renew(file: IO[bytes], key: Key) -> Sealed:
    """Prolong what is sealed before it can no longer be verified: a time stamp over the whole, else a new seal."""
    if not settings.SEAL_TSA_URL:
        _sign(file, key)
        return Sealed("B-B", key.ends)
    stamper = _stamper()
    try:
        _stamp(file, stamper, _context(key))
        return Sealed("stamp", stamper.ends)
    except TimeStampsAwayError:
        raise
    except _validation_errors() as error:
        logger.warning("No long-term form for the time stamp: %s: %s", type(error).__name__, error)
    _stamp(file, stamper, None)
    return Sealed("stamp", stamper.ends)


def _sign(file: IO[bytes], key: Key, stamper: Any = None, *, context: Any = None) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 -- workers only
    from pyhanko.sign import signers  # noqa: PLC0415 -- workers only
    from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields  # noqa: PLC0415 -- workers only

    _leave_metadata_alone()
    writer = IncrementalPdfFileWriter(file)
    taken = {name for name, *_rest in enumerate_sig_fields(writer)}
    number = next(number for number in range(1, 1000) if _field(number) not in taken)
    facts = signers.PdfSignatureMetadata(
        field_name=_field(number),
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=_("Seal of an exported case file"),
        name=key.subject,
        embed_validation_info=context is not None,
        use_pades_lta=context is not None,
        validation_context=context,
    )
    _add(file, lambda: signers.sign_pdf(writer, facts, signer=key.signer, timestamper=stamper, in_place=True))


def _stamp(file: IO[bytes], stamper: Any, context: Any) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 -- workers only
    from pyhanko.sign.signers import PdfTimeStamper  # noqa: PLC0415 -- workers only

    _leave_metadata_alone()
    writer, stamp = IncrementalPdfFileWriter(file), PdfTimeStamper(stamper)
    _add(file, lambda: stamp.timestamp_pdf(writer, "sha256", validation_context=context, in_place=True))


def _add(file: IO[bytes], work: Callable[[], Any]) -> None:
    """What is written stands behind what was there; what fails half-way is taken away again."""
    size = file.seek(0, os.SEEK_END)
    try:
        apart(work)
    except BaseException:
        file.truncate(size)
        raise
    finally:
        file.seek(0)


def _field(number: int) -> str:
    return FIELD if number == 1 else f"{FIELD}-{number}"


def _leave_metadata_alone() -> None:
    """pyHanko writes the XMP anew with each addition, in a form other checkers refuse (pinned version; tested)."""
    from pyhanko.pdf_utils.writer import BasePdfFileWriter  # noqa: PLC0415 -- workers only

    BasePdfFileWriter._update_meta = lambda self: None  # type: ignore[method-assign]


def _context(key: Key) -> Any:
    """By what the chains of the seal and of the time stamps are proved; lists of the revoked are fetched."""
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- workers only

    return ValidationContext(trust_roots=key.roots, allow_fetching=True, revocation_mode="hard-fail")


def _validation_errors() -> tuple[type[Exception], ...]:
    from pyhanko.sign.general import SigningError  # noqa: PLC0415 -- workers only
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 -- workers only
    from pyhanko_certvalidator.errors import (  # noqa: PLC0415 -- workers only
        CertificateFetchError,
        CRLFetchError,
        CRLValidationError,
        OCSPFetchError,
        OCSPValidationError,
        PathError,
        ValidationError,
    )

    return (
        SigningError,
        SignatureValidationError,
        ValidationError,
        PathError,
        CRLFetchError,
        OCSPFetchError,
        CertificateFetchError,
        CRLValidationError,
        OCSPValidationError,
    )


# --- time stamps --------------------------------------------------------------------------------------------


def _stamper() -> Any:
    from asn1crypto import tsp  # noqa: PLC0415 -- workers only
    from pyhanko.sign.timestamps.api import TimeStamper  # noqa: PLC0415 -- workers only
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError  # noqa: PLC0415 -- workers only

    class Stamper(TimeStamper):
        """Asks the server of the settings; remembers when the certificate of its stamps ends."""

        ends: datetime.datetime

        async def async_request_tsa_response(self, req: Any) -> Any:
            try:
                return tsp.TimeStampResp.load(_asked(req.dump()))
            except (ValueError, TypeError) as error:
                raise _away("ValueError") from error

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            try:
                token = await super().async_timestamp(message_digest, md_algorithm)
                self.ends = _end_of(token)
            except (TimestampRequestError, ValueError, KeyError, TypeError) as error:
                raise _away(str(error)) from error
            return token

    return Stamper()


def _end_of(token: Any) -> datetime.datetime:
    """When the certificate that made this time stamp ends."""
    from pyhanko.sign.general import extract_signer_info  # noqa: PLC0415 -- workers only
    from pyhanko.sign.validation.generic_cms import extract_certs_for_validation  # noqa: PLC0415 -- workers only

    data = token["content"]
    extract_signer_info(data)
    return extract_certs_for_validation(data).signer_cert.not_valid_after


@sensitive_variables()
def _asked(query: bytes) -> bytes:
    url = settings.SEAL_TSA_URL
    if urlsplit(url).scheme not in ("http", "https"):
        raise TimeStampsAwayError(_("The address of the server of time stamps is not one (SEAL_TSA_URL)."))
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    if settings.SEAL_TSA_USER:
        pair = f"{settings.SEAL_TSA_USER}:{settings.SEAL_TSA_PASSWORD}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
    try:
        request = urllib.request.Request(url, query, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read(LONGEST_ANSWER)
    except (OSError, URLError, ValueError) as error:
        raise _away(type(error).__name__) from error


def _away(why: str) -> TimeStampsAwayError:
    return TimeStampsAwayError(
        _("The server of time stamps does not answer as it should (%(why)s).") % {"why": why[:120]}
    )
