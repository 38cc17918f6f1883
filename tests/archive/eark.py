"""Runs the outside E-ARK validator on a folder: `python tests/archive/eark.py FOLDER` prints its errors as JSON.

At import it fetches four vocabularies from the net; here they are given to it, so that a test needs no network.
"""

from __future__ import annotations

import io
import json
import sys
import urllib.request
from pathlib import Path
from typing import Any

TERMS = {
    "ContentCategory": ("Textual works - Print", "Mixed", "Collection", "Other"),
    "ContentInformationType": ("MIXED", "OTHER"),
    "OAISPackageType": ("SIP", "AIP", "DIP"),
    "Status": ("CURRENT", "SUPERSEDED"),
}


def vocabulary(address: Any, *args: Any, **kwargs: Any) -> io.BytesIO:
    name = str(address).rpartition("CSIPVocabulary")[2].removesuffix(".xml")
    return io.BytesIO("\n".join(f"<Term>{term}</Term>" for term in TERMS[name]).encode())


def problems(folder: Path) -> list[str]:
    urllib.request.urlopen = vocabulary
    from eark_validator.packages import PackageValidator

    report = PackageValidator(folder).validation_report
    found = [
        f"structure {one.rule_id}: {one.message}"
        for one in report.structure.messages
        if "ERROR" in str(one.severity).upper()
    ]
    metadata = report.metadata
    found += [f"schema: {one.message}" for one in metadata.schema_results.messages]
    found += [
        f"{one.rule_id} at {one.location}: {one.message}"
        for one in metadata.schematron_results.messages
        if "ERROR" in str(one.severity).upper()
    ]
    return found


if __name__ == "__main__":
    print(json.dumps(problems(Path(sys.argv[1]))))
