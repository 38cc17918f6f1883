"""WARC: what a server answered, one gzip member an object, with the hash of its bytes and the moment."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable

from media_monitoring.fetch import Fetched

HOP = {"transfer-encoding", "connection", "keep-alive"}  # of the wire, which the kept bytes have left behind


def record(answers: Iterable[tuple[Fetched, datetime.datetime]]) -> bytes:
    """The answers as a .warc.gz; the first is the page itself."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 -- only the worker writes evidence
    from warcio.utils import Digester  # noqa: PLC0415
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    class Writer(WARCWriter):
        """With SHA-256, which stands for years, instead of SHA-1."""

        @staticmethod
        def _create_digester() -> Digester:
            return Digester("sha256")

    kept = io.BytesIO()
    writer = Writer(kept, gzip=True)
    for answer, moment in answers:
        heads = [(name, value) for name, value in answer.raw_headers if name.lower() not in HOP]
        row = writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.raw),
            http_headers=StatusAndHeaders(f"{answer.status} OK", heads, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
        writer.write_record(row)
    return kept.getvalue()
