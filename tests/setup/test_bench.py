"""What the benchmarks count with."""

import subprocess
import sys

from bench.measure import cpu_of, table


def test_processor_time_counts_the_whole_family():
    busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(20_000_000))']); input()"
    with subprocess.Popen(
        [sys.executable, "-c", busy], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        while not (used := cpu_of(process.pid)) > 0.15 and process.poll() is None:
            pass
        process.communicate(b"\n")

    assert used > 0.15


def test_table_lines_its_columns_up():
    rows = [{"page": "list", "CPU ms": 5.5, "goal": None}, {"page": "my day", "CPU ms": 12.25, "goal": 8}]

    assert table(rows).splitlines() == ["page    CPU ms  goal", "list      5.50", "my day   12.25     8"]
