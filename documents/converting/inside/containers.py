"""A signed container (ADOC, ASiC-E): what lies in it, who signed it, and whether the files are those that were signed.

Chains are judged by the roots put beside; a container is never changed, so a service may judge it any day.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from documents.converting.inside.packages import bomb
from documents.converting.inside.sniffing import is_locked, is_program, kind_of

DS = "{http://www.w3.org/2000/09/xmldsig#}"
HASHES = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
SIGNED_WITH = {"sha1": "SHA1", "sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512"}
MOST_MEMBERS = 40
MOST_CERTIFICATES = 40
APART = ("mimetype", "META-INF/", "metadata/")


def read_container(options: dict[str, Any]) -> dict[str, Any]:
    """Writes its documents as files beside and tells of each and of each signature."""
    source = Path(options["source"])
    try:
        with zipfile.ZipFile(source) as archive:
            if reason := bomb(archive.infolist(), source.stat().st_size):
                return {"reason": reason}
            if any(member.flag_bits & 1 for member in archive.infolist()):
                return {"reason": ["encrypted", {}]}
            content = {
                member.filename: archive.read(member) for member in archive.infolist() if not member.is_dir()
            }
    except (MemoryError, RecursionError):
        raise
    except Exception:  # a broken archive breaks in many ways
        return {"reason": ["broken_container", {}]}
    signatures = [
        _signature(body, content)
        for name, body in sorted(content.items())
        if name.startswith("META-INF/") and "signature" in name.lower() and name.lower().endswith(".xml")
    ]
    names = [name for name in content if not name.startswith(APART)]
    main = _main_of(content, names)
    names = sorted(names, key=lambda name: (name != main, name))[:MOST_MEMBERS]
    attached = []
    for position, name in enumerate(names, start=1):
        body = content[name]
        kind = kind_of(body, "")
        (Path("attached") / str(position)).write_bytes(body)
        attached.append(
            {
                "name": name.rsplit("/", 1)[-1][:180],
                "file": str(position),
                "kind": kind,
                "size": len(body),
                "sha256": hashlib.sha256(body).hexdigest(),
                "program": is_program(body, name),
                "locked": is_locked(body, kind),
            }
        )
    return {"signatures": [one for one in signatures if one], "attached": attached}


def _xml(body: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 -- started for this

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _main_of(content: dict[str, bytes], names: list[str]) -> str:
    """ADOC names its main document in relations.xml."""
    tree = _xml(content.get("META-INF/relations.xml", b""))
    if tree is not None:
        for element in tree.iter():
            if any(str(value).lower().endswith("main") for value in element.attrib.values()):
                for value in element.attrib.values():
                    if value.lstrip("/") in names:
                        return value.lstrip("/")
    return names[0] if names else ""


def _signature(body: bytes, content: dict[str, bytes]) -> dict[str, Any]:
    tree = _xml(body)
    if tree is None:
        return {"who": "", "state": "unreadable"}
    found = tree if tree.tag == f"{DS}Signature" else tree.find(f".//{DS}Signature")
    if found is None:
        return {}
    moment = next((one.text or "" for one in found.iter() if str(one.tag).endswith("}SigningTime")), "")
    certificate, *others = _certificates(found) or [None]
    told = {
        "who": _name_of(certificate),
        "moment": moment[:40],
        "state": "unchecked",
        **_chain(certificate, others, moment),
    }
    files = [_is_same(reference, content) for reference in found.findall(f"./{DS}SignedInfo/{DS}Reference")]
    checked = [one for one in files if one is not None]
    if False in checked:
        return {**told, "state": "changed"}
    value = _is_signed(found, certificate)
    if value is False:
        return {**told, "state": "changed"}
    return {**told, "state": "whole" if value and checked and len(checked) == len(files) else "unchecked"}


def _is_same(reference: Any, content: dict[str, bytes]) -> bool | None:
    """Whether the file, or the part of the signature, has the sum that was signed; None when we cannot tell."""
    name = HASHES.get(reference.find(f"{DS}DigestMethod").get("Algorithm", ""))
    uri = unquote(reference.get("URI", ""))
    transforms = [one.get("Algorithm", "") for one in reference.findall(f"{DS}Transforms/{DS}Transform")]
    if name is None:
        return None
    if uri.startswith("#"):
        root = reference.getroottree().getroot()
        parts = [one for one in root.iter() if one.get("Id") == uri[1:]]
        if len(parts) != 1:
            return None
        body = _canonical(parts[0], transforms[-1] if transforms else "")
    elif uri.lstrip("/") in content:
        body = content[uri.lstrip("/")]
        if transforms:
            tree = _xml(body)
            if tree is None or any("xml-c14n" not in one and "xml-exc-c14n" not in one for one in transforms):
                return None
            body = _canonical(tree, transforms[-1])
    else:
        return None
    if body is None:
        return None
    digest = base64.b64decode(reference.findtext(f"{DS}DigestValue") or "")
    return hashlib.new(name, body).digest() == digest


def _canonical(element: Any, algorithm: str) -> bytes | None:
    from lxml import etree  # noqa: PLC0415 -- started for this

    if algorithm and "c14n" not in algorithm:
        return None
    return etree.tostring(
        element,
        method="c14n",
        exclusive="exc-c14n" in algorithm,
        with_comments=algorithm.endswith("WithComments"),
    )


def _certificates(found: Any) -> list[Any]:
    """The signer's own first, then what else the signature brings."""
    from cryptography import x509  # noqa: PLC0415 -- started for this

    elements = [*found.iter(f"{DS}X509Certificate")]
    elements += [one for one in found.iter() if str(one.tag).endswith("}EncapsulatedX509Certificate")]
    certificates = []
    for one in elements[:MOST_CERTIFICATES]:
        try:
            certificates.append(x509.load_der_x509_certificate(base64.b64decode(one.text or "")))
        except ValueError:
            if not certificates:
                return []
    return certificates


def _chain(certificate: Any, others: list[Any], moment: str) -> dict[str, str]:
    """As of the moment the signature itself tells."""
    if certificate is None:
        return {}
    from asn1crypto import x509  # noqa: PLC0415 -- started for this
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 -- started for this

    from documents.converting.inside.signatures import trusted  # noqa: PLC0415 -- started for this
    from documents.sealing import chains  # noqa: PLC0415 -- started for this

    try:
        at = datetime.datetime.fromisoformat(moment.strip())
    except ValueError:
        at = None
    own, *more = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in (certificate, *others)]
    chain = chains.judge(own, more, trusted(), at)
    return {"chain": chain.state, "root": chain.root, "issuer": _name_of(certificate, of_issuer=True)}


def _name_of(certificate: Any, *, of_issuer: bool = False) -> str:
    if certificate is None:
        return ""
    name = certificate.issuer if of_issuer else certificate.subject
    names = {one.oid._name: str(one.value) for one in name}
    return (names.get("commonName") or name.rfc4514_string())[:160]


def _is_signed(found: Any, certificate: Any) -> bool | None:
    """Whether the signed list of sums bears the signature of the certificate's key; None when we cannot tell."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- started for this
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 -- started for this
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils  # noqa: PLC0415 -- started for this

    signed = found.find(f"{DS}SignedInfo")
    if certificate is None or signed is None:
        return None
    form = signed.find(f"{DS}CanonicalizationMethod").get("Algorithm", "")
    method = signed.find(f"{DS}SignatureMethod").get("Algorithm", "").lower()
    body = _canonical(signed, form)
    name = next((one for one in SIGNED_WITH if method.endswith(one)), "")
    value = base64.b64decode(found.findtext(f"{DS}SignatureValue") or "")
    if body is None or not name:
        return None
    way = getattr(hashes, SIGNED_WITH[name])()
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey) and "rsa" in method and "mgf1" not in method:
            key.verify(value, body, padding.PKCS1v15(), way)
        elif isinstance(key, ec.EllipticCurvePublicKey) and "ecdsa" in method:
            half = len(value) // 2
            pair = int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
            key.verify(utils.encode_dss_signature(*pair), body, ec.ECDSA(way))
        else:
            return None
    except InvalidSignature:
        return False
    return True
