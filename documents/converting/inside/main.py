"""`main.py JOB` in a folder with job.json: does one job on its files and writes answer.json. Started by sandbox.inside."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
TOO_MUCH = {"reason": ["too_much", {}]}


def main() -> None:
    warnings.simplefilter("ignore")
    options = json.loads(Path("job.json").read_text(encoding="utf-8"))
    try:
        answer = work(sys.argv[1], options)
    except (MemoryError, RecursionError):
        answer = TOO_MUCH
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")


def work(job: str, options: dict) -> dict:
    match job:
        case "pdf":
            from documents.converting.inside.pdf import print_pdf  # noqa: PLC0415 -- one job, one set of libraries

            return print_pdf(options)
        case "picture":
            from documents.converting.inside.picture import print_picture  # noqa: PLC0415

            return print_picture(options)
        case "photo":
            from documents.converting.inside.picture import turn_photo  # noqa: PLC0415

            return turn_photo(options)
        case "pictures":
            from documents.converting.inside.picture import print_pictures  # noqa: PLC0415

            return print_pictures(options)
        case "letter":
            from documents.converting.inside.letter import read_letter  # noqa: PLC0415

            return read_letter(options)
        case "page":
            from documents.converting.inside.webpage import print_page  # noqa: PLC0415

            return print_page(options)
        case "office":
            from documents.converting.inside.packages import look_at_office  # noqa: PLC0415

            return look_at_office(options)
        case "container":
            from documents.converting.inside.containers import read_container  # noqa: PLC0415

            return read_container(options)
        case "record":
            from documents.converting.inside.record import read_record  # noqa: PLC0415

            return read_record(options)
        case "signatures":
            from documents.converting.inside.signatures import read_signatures  # noqa: PLC0415

            return read_signatures(options)
        case "layer":
            from documents.converting.inside.layer import lay_text  # noqa: PLC0415

            return lay_text(options)
        case "words":
            from documents.converting.inside.reading import read_pages  # noqa: PLC0415

            return read_pages(options)
    raise ValueError(job)


if __name__ == "__main__":
    main()
