"""`script/bench NAME`: one benchmark of bench/ on servers of its own. The last line it prints is JSON."""

from __future__ import annotations

import signal
import subprocess
import sys

from runner import embedded
from runner.layout import PYTHON, ROOT, say
from runner.server import set_up
from runner.testing import remove_leftovers, scratch, testing_environment

BENCHMARKS = sorted(
    path.stem for path in (ROOT / "bench").glob("*.py") if "def main(" in path.read_text(encoding="utf-8")
)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in BENCHMARKS:
        say(f"usage: script/bench {'|'.join(BENCHMARKS)} [arguments]")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    set_up("requirements-dev.txt")  # with the engines that stand beside
    remove_leftovers()
    with scratch() as home, embedded.servers(home, {}, durable=False) as addresses:
        prepared = testing_environment(home, addresses)
        return subprocess.run(
            [PYTHON, "-m", f"bench.{arguments[0]}", *arguments[1:]], cwd=ROOT, env=prepared
        ).returncode
