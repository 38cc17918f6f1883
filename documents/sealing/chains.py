"""Whether a certificate's chain leads to a trusted root, as of when it signed. Nothing is fetched.

Imports nothing of Django: it runs in the bounded process that foreign files are looked at in.
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from documents.sealing.event_loop import apart

TRUSTED, NO_ROOT, REVOKED, ENDED, UNFIT = "trusted", "no_root", "revoked", "ended", "unfit"


@dataclass(frozen=True)
class Chain:
    """How the chain stands; the name of the root it leads to."""

    state: str
    root: str = ""


def judge(
    certificate: Any,
    others: Iterable[Any],
    roots: list[Any],
    moment: datetime.datetime | None,
    *,
    crls: Iterable[Any] = (),
    ocsps: Iterable[Any] = (),
) -> Chain:
    """Certificates are those of asn1crypto. What the file itself brings of lists of the revoked is heeded."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext  # noqa: PLC0415 -- workers only
    from pyhanko_certvalidator.errors import (  # noqa: PLC0415 -- workers only
        ExpiredError,
        NotYetValidError,
        PathBuildingError,
        RevokedError,
    )

    # a certificate that was in force when it signed may have ended since
    moment = moment or datetime.datetime.now(datetime.UTC)
    context = ValidationContext(
        trust_roots=roots,
        other_certs=list(others),
        crls=list(crls),
        ocsps=list(ocsps),
        allow_fetching=False,
        revocation_mode="soft-fail",
        retroactive_revinfo=True,
        moment=moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC),
    )
    try:
        validator = CertificateValidator(certificate, validation_context=context)
        path = apart(lambda: asyncio.run(validator.async_validate_path()))
    except PathBuildingError:
        return Chain(NO_ROOT)
    except RevokedError:
        return Chain(REVOKED)
    except (ExpiredError, NotYetValidError):
        return Chain(ENDED)
    except Exception:  # whatever else a foreign certificate makes the library raise
        return Chain(UNFIT)
    return Chain(TRUSTED, _name(path.first.subject))


def _name(name: Any) -> str:
    said = name.native.get("common_name") or name.native.get("organization_name") or name.human_friendly
    return (said if isinstance(said, str) else ", ".join(said))[:160]
