"""Documents that others signed: PDFs by pyHanko, containers (ASiC-E) by a hand-made XAdES signature."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import zipfile

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.documents.authority import Authority, now

DER = serialization.Encoding.DER
DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"


class Signatory:
    """A person with a certificate of an authority."""

    def __init__(self, authority: Authority, name: str, **fields: int) -> None:
        self.authority, self.key = authority, ec.generate_private_key(ec.SECP256R1())
        self.certificate = authority.issue(name, self.key, **fields)

    def sign(self, content: bytes, field: str = "Parasas") -> bytes:
        """One more signature behind those that are there."""
        private = self.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        store = SimpleCertificateStore()
        store.register(_asn1(self.authority.root))
        signer = signers.SimpleSigner(
            signing_cert=_asn1(self.certificate),
            signing_key=asn1_keys.PrivateKeyInfo.load(private),
            cert_registry=store,
        )
        meta = signers.PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        target = io.BytesIO()
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), meta, signer=signer, output=target)
        return target.getvalue()

    def container(self, files: dict[str, bytes], *, exchanged: bool = False) -> bytes:
        """An ASiC-E of the files; `exchanged` puts other bytes in after signing."""
        signature = self._xades(files)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
            for name, body in files.items():
                archive.writestr(name, body + b"!" if exchanged else body)
            archive.writestr("META-INF/manifest.xml", b"<manifest/>")
            archive.writestr("META-INF/signatures0.xml", signature)
        return target.getvalue()

    def _xades(self, files: dict[str, bytes]) -> bytes:
        moment = now().strftime("%Y-%m-%dT%H:%M:%SZ")
        chain = "".join(
            f"<X509Certificate>{_b64(one.public_bytes(DER))}</X509Certificate>"
            for one in (self.certificate, self.authority.root)
        )
        text = (
            f'<Signature xmlns="{DS}" Id="S0"><SignedInfo><CanonicalizationMethod Algorithm="{C14N}"/>'
            '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>'
            + "".join(_reference(name, body) for name, body in files.items())
            + f'<Reference URI="#P0" Type="http://uri.etsi.org/01903#SignedProperties"><Transforms>'
            f'<Transform Algorithm="{C14N}"/></Transforms>'
            '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>'
            f"</SignedInfo><SignatureValue/><KeyInfo><X509Data>{chain}</X509Data></KeyInfo><Object>"
            f'<QualifyingProperties xmlns="{XADES}" Target="#S0"><SignedProperties Id="P0"><SignedSignatureProperties>'
            f"<SigningTime>{moment}</SigningTime></SignedSignatureProperties></SignedProperties></QualifyingProperties>"
            "</Object></Signature>"
        )
        tree = etree.fromstring(text)
        properties = next(tree.iter(f"{{{XADES}}}SignedProperties"))
        digest = hashlib.sha256(etree.tostring(properties, method="c14n")).digest()
        tree.findall(f".//{{{DS}}}DigestValue")[-1].text = base64.b64encode(digest).decode()
        signed = etree.tostring(tree.find(f"{{{DS}}}SignedInfo"), method="c14n")
        r, s = utils.decode_dss_signature(self.key.sign(signed, ec.ECDSA(hashes.SHA256())))
        value = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        tree.find(f"{{{DS}}}SignatureValue").text = base64.b64encode(value).decode()
        return etree.tostring(tree)


def _reference(name: str, body: bytes) -> str:
    return (
        f'<Reference URI="{name}"><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<DigestValue>{_b64(hashlib.sha256(body).digest())}</DigestValue></Reference>"
    )


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(DER))


def sheet() -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(300, 200))
    made.pages[0].obj.Contents = made.make_stream(b"0 0 1 rg 20 20 100 100 re f")
    made.save(target, compress_streams=False)
    return target.getvalue()


def tampered(content: bytes) -> bytes:
    """A colour of the signed page turned, the length unchanged."""
    assert content.count(b"0 0 1 rg") == 1
    return content.replace(b"0 0 1 rg", b"1 0 0 rg")


def overlaid(content: bytes) -> bytes:
    """The signed bytes stand, and behind them the page is drawn anew."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 0 0 300 200 re f"))
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def with_revoked(content: bytes, by: Signatory) -> bytes:
    """It brings a list of the revoked, and its signer stands in it."""
    gone = x509.RevokedCertificateBuilder().serial_number(by.certificate.serial_number)
    gone = gone.revocation_date(now() - datetime.timedelta(days=5))
    issuer = by.authority
    made = (
        x509.CertificateRevocationListBuilder().issuer_name(issuer.name).add_revoked_certificate(gone.build())
    )
    made = made.last_update(now() - datetime.timedelta(days=1)).next_update(
        now() + datetime.timedelta(days=9)
    )
    revoked = made.sign(issuer.key, hashes.SHA256())
    from asn1crypto import crl

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, crls=[crl.CertificateList.load(revoked.public_bytes(DER))]
    )
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def trusted_list(certificate: x509.Certificate, state: str) -> bytes:
    """A state's list of those it trusts, as the Union's states publish them."""
    return (
        '<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><TrustServiceProviderList><TrustServiceProvider>'
        "<TSPServices><TSPService><ServiceInformation>"
        "<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>"
        f"<ServiceDigitalIdentity><DigitalId><X509Certificate>{_b64(certificate.public_bytes(DER))}</X509Certificate>"
        "</DigitalId></ServiceDigitalIdentity>"
        f"<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{state}</ServiceStatus>"
        "</ServiceInformation></TSPService></TSPServices></TrustServiceProvider></TrustServiceProviderList>"
        "</TrustServiceStatusList>"
    ).encode()
