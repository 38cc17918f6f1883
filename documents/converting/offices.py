"""LibreOffice in its own process: no macro is run, no link followed, no other office of the machine is spoken to."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path

from documents.converting import programs, sandbox
from documents.converting.sandbox import MEGABYTE, Limits

LIMITS = Limits(memory=4096 * MEGABYTE, cpu=60, wall=120)  # its address space is large, what it uses is not
RESTART = 81  # it has made itself at home and wants to be started again
SOCKETS = "/tmp"  # where it insists on making one; nobody can be reached by it
WRITER, CALC, IMPRESS = "writer_pdf_Export", "calc_pdf_Export", "impress_pdf_Export"
KINDS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", WRITER),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", CALC),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx", IMPRESS),
    "application/vnd.oasis.opendocument.text": ("odt", WRITER),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", CALC),
    "application/vnd.oasis.opendocument.presentation": ("odp", IMPRESS),
    "application/msword": ("doc", WRITER),
    "application/vnd.ms-excel": ("xls", CALC),
    "application/vnd.ms-powerpoint": ("ppt", IMPRESS),
    "application/rtf": ("rtf", WRITER),
}
SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)


def to_pdf(folder: Path, source: str, export: str, target: str) -> sandbox.Done:
    """`source` of the folder as an archival PDF named `target`; it must not exist before."""
    profile = folder / "office"
    _furnish(profile)
    out = folder / "office-out"
    out.mkdir(exist_ok=True)
    command: list[str | Path] = [
        programs.program("soffice").path,
        f"-env:UserInstallation=file://{profile}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", f'pdf:{export}:{{"SelectPdfVersion":{{"type":"long","value":"2"}}}}',
        "--outdir", out, folder / source,
    ]  # fmt: skip
    for _start in range(2):
        done = sandbox.run(
            command, folder, LIMITS, sockets_in=[SOCKETS], environment={"SAL_USE_VCLPLUGIN": "svp"}
        )
        _remove_dead_sockets()
        if done.code != RESTART:
            break
    if made := sandbox.read(out / f"{Path(source).stem}.pdf"):
        (folder / target).write_bytes(made)
    return done


def _furnish(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _remove_dead_sockets() -> None:
    """What an office that was stopped leaves in the common folder, when it is ours and nobody answers there."""
    for path in Path(SOCKETS).glob("OSL_PIPE_*_SingleOfficeIPC_*"):
        with contextlib.suppress(OSError):
            found = path.lstat()
            if found.st_uid != os.getuid() or not stat.S_ISSOCK(found.st_mode):
                continue
            with socket.socket(socket.AF_UNIX) as asked:
                try:
                    asked.connect(str(path))
                except ConnectionRefusedError:
                    path.unlink()
