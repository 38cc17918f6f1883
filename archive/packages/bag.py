"""A BagIt bag (RFC 8493): any archive can check it with sha256sum."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import bagit

from archive.packages.contents import Contents, write

logging.getLogger("bagit").setLevel(logging.WARNING)  # names of files are no business of the log


def make_bag(contents: Contents, folder: Path) -> Path:
    """data/byla.pdf, data/originals, data/metadata; checked before it is given out."""
    root = folder / contents.name
    write(root / contents.pdf.path, contents.pdf.read())
    for part in contents.originals:
        write(root / "originals" / part.path, part.read())
    described = json.dumps(contents.metadata, ensure_ascii=False, indent=1, sort_keys=True)
    write(root / "metadata" / "byla.json", described.encode())
    for part in contents.tables:
        write(root / "metadata" / part.path, part.read())
    info = {
        "Source-Organization": contents.office,
        "Contact-Name": contents.unit,
        "External-Description": contents.title,
        "External-Identifier": contents.name,
        "Bagging-Date": contents.moment.date().isoformat(),
        "Bag-Software-Agent": f"Alytaus ryšiai, bagit {bagit.VERSION}",
    }
    bag = bagit.make_bag(str(root), info, checksums=["sha256", "sha512"])
    bag.validate()
    return root
