"""Who signed a foreign PDF, whether it was changed since, where the chains of the certificates lead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from documents.sealing import reading


def read_signatures(options: dict[str, Any]) -> dict[str, Any]:
    try:
        found = reading.read(Path(options["source"]).read_bytes(), trusted())
    except ValueError:  # they are named, and told as not checked
        return {"signatures": []}
    return {"signatures": [one.as_json() for one in found]}


def trusted() -> list[Any]:
    """The roots that were put beside the file."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 -- started for this

    content = Path("roots.pem").read_bytes()
    return list(load_certs_from_pemder_data(content)) if content else []
