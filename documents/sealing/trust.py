"""The roots that foreign signatures are judged by: files the municipality puts into a folder; no network.

PEM and DER certificates, and trusted lists of the Union's states as they are published (ETSI TS 119 612, XML): of those
the authorities that issue qualified certificates and time stamps and are not withdrawn.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
CERTIFICATES = frozenset((".pem", ".crt", ".cer", ".der"))
LARGEST = 40_000_000  # bytes of one file
TSL = "{http://uri.etsi.org/02231/v2#}"
SERVICES = ("/CA/QC", "/TSA/QTST", "/TSA/TSS-QC")
IN_FORCE = (
    "granted",
    "undersupervision",
    "accredited",
    "supervisionincessation",
    "recognisedatnationallevel",
)


def roots() -> bytes:
    """All of them, as DER one after another in PEM; nothing when the folder is not named or empty."""
    return _read(_listed())[0]


def fingerprint() -> str:
    """Which roots: what was judged by others is judged anew. Nothing: there are none."""
    return _read(_listed())[1]


def _listed() -> tuple[tuple[str, int, int], ...]:
    place = Path(settings.SIGNATURE_TRUST) if settings.SIGNATURE_TRUST else None
    if place is None or not place.exists():
        return ()
    files = [place] if place.is_file() else sorted(path for path in place.iterdir() if path.is_file())
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, int, int], ...]) -> tuple[bytes, str]:
    found: dict[str, bytes] = {}
    for name, _changed, size in files:
        path = Path(name)
        if size > LARGEST or path.suffix.lower() not in {*CERTIFICATES, ".xml"}:
            continue
        try:
            content = path.read_bytes()
            each = _of_list(content) if path.suffix.lower() == ".xml" else _of_file(content)
        except Exception as error:  # one unreadable file of the folder takes no trust from the others
            logger.warning("The file of trusted roots %s cannot be read: %s", path, error)
            continue
        found |= {hashlib.sha256(one).hexdigest(): one for one in each}
    if not found:
        return b"", ""
    pem = b"".join(_pem(found[key]) for key in sorted(found))
    return pem, hashlib.sha256("".join(sorted(found)).encode()).hexdigest()[:16]


def _pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"


def _of_file(content: bytes) -> list[bytes]:
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 -- workers only

    return [one.dump() for one in load_certs_from_pemder_data(content)]


def _of_list(content: bytes) -> list[bytes]:
    """Of a trusted list; that the list itself is the published one is for who puts it there."""
    from lxml import etree  # noqa: PLC0415 -- workers only

    tree: Any = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    found = []
    for service in tree.iter(f"{TSL}ServiceInformation"):
        kind = (service.findtext(f"{TSL}ServiceTypeIdentifier") or "").strip()
        state = (service.findtext(f"{TSL}ServiceStatus") or "").strip()
        if kind.endswith(SERVICES) and state.rsplit("/", 1)[-1] in IN_FORCE:
            texts = service.iter(f"{TSL}X509Certificate")
            found += [base64.b64decode(one.text) for one in texts if one.text]
    return found
