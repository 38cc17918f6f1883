"""Signatures of others: whole, changed, drawn over; where the chain of the certificate leads by the roots at hand."""

from __future__ import annotations

import pytest

from documents.converting.convert import convert
from documents.models import Conversion
from documents.sealing import trust
from documents.services import conversions
from tests.documents.authority import Authority
from tests.documents.foreign import Signatory, overlaid, sheet, tampered, trusted_list, with_revoked

PDF, CONTAINER = "application/pdf", "application/vnd.etsi.asic-e+zip"


@pytest.fixture(scope="module")
def ours() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def signer(ours) -> Signatory:
    return Signatory(ours, "Janina Nowak")


@pytest.fixture(scope="module")
def signed(signer) -> bytes:
    return signer.sign(sheet())


@pytest.fixture
def roots(settings, tmp_path):
    settings.SIGNATURE_TRUST = str(tmp_path / "patikimi")
    (tmp_path / "patikimi").mkdir()
    return tmp_path / "patikimi"


def said(content: bytes, kind: str = PDF) -> list[str]:
    made = convert(content, "sutartis", kind, reads_scans=False)
    return [
        code
        for code, _values in made.notes
        if code.startswith(("signed_", "chain_")) and code != "signed_kept"
    ]


@pytest.fixture
def trusting(roots, ours):
    ours.roots(roots / "saknis.pem")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content, by: content, ["signed_whole", "chain_trusted"]),
        (lambda content, by: tampered(content), ["signed_changed", "chain_trusted"]),
        (lambda content, by: overlaid(content), ["signed_overlaid", "chain_trusted"]),
        (
            lambda content, by: by.sign(content, "Antras"),
            ["signed_extended", "chain_trusted", "signed_whole", "chain_trusted"],
        ),
        (with_revoked, ["signed_extended", "chain_revoked"]),
        (lambda content, by: content[:-40], ["signed_unchecked"]),
    ],
    ids=["whole", "changed", "overlaid", "twice", "revoked", "cut"],
)
def test_state_of_a_signed_pdf_and_its_chain(trusting, signed, signer, change, told):
    assert said(change(signed, signer)) == told


def test_chain_that_leads_nowhere_is_said_plainly(roots, signed, ours):
    made = convert(signed, "sutartis.pdf", PDF)
    notes = dict(made.notes)
    assert "chain_no_roots" in notes  # the folder is there and empty
    with Authority() as others:
        others.roots(roots / "kita.crt")
    assert said(signed) == ["signed_whole", "chain_no_root"]
    (roots / "sena.pem").write_bytes(b"no certificate at all")
    (roots / "skaityk.txt").write_bytes(ours.roots(roots / "x.tmp").read_bytes())
    assert said(signed) == ["signed_whole", "chain_no_root"]


def test_certificate_that_was_not_in_force_yet_or_any_more(trusting, ours):
    late = Signatory(ours, "Vėluojanti", days=-1, begun=30)
    assert said(late.sign(sheet())) == ["signed_whole", "chain_ended"]


@pytest.mark.parametrize(("state", "told"), [("granted", "chain_trusted"), ("withdrawn", "chain_no_roots")])
def test_trusted_list_of_a_state(roots, signed, ours, state, told):
    (roots / "LT.xml").write_bytes(trusted_list(ours.root, state))
    assert said(signed) == ["signed_whole", told]


def test_signed_container_tells_the_same(trusting, signer):
    files = {"sutartis.txt": "Ąžuolas".encode()}
    assert said(signer.container(files), CONTAINER) == ["signed_whole", "chain_trusted"]
    assert said(signer.container(files, exchanged=True), CONTAINER) == ["signed_changed", "chain_trusted"]


def test_container_of_an_unknown_authority(roots, signer):
    assert said(signer.container({"a.txt": b"a"}), CONTAINER) == ["signed_whole", "chain_no_roots"]


@pytest.mark.django_db
def test_what_was_judged_by_other_roots_is_judged_anew(roots, signed, ours):
    def states() -> set[str]:
        return {
            code for code, _values in conversions.kept(signed, "s.pdf", PDF).notes if code.startswith("chain")
        }

    assert states() == {"chain_no_roots"}
    ours.roots(roots / "saknis.pem")
    assert trust.fingerprint()
    assert states() == {"chain_trusted"}
    assert Conversion.objects.count() == 1
