"""Learns from codings with scikit-learn; run as a program of its own, so that no worker keeps the library in memory.

`learn` starts it. It reads lines of JSON, `{"words": […], "group": "s12", "labels": {"tone": "critical"}}`, and writes one
object: what was learned of each aspect and how often that is right. Nothing of Django is read here.
"""
# ruff: noqa: PLC0415 -- the portal itself needs none of the library

from __future__ import annotations

import base64
import json
import os
import resource
import subprocess
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

FOLDS = 5
MOST_WORDS = 10_000  # that weigh: the commonest
MOST_SECONDS = 900
MOST_MEMORY = 4 << 30
FIRMNESS = 10.0  # C of the regression; chosen once, not tuned on what it is measured on


class NotLearnedError(Exception):
    """The program fell or took too long."""


def is_there() -> bool:
    """Whether scikit-learn is installed (requirements-learning.txt)."""
    return find_spec("sklearn") is not None


def learn(samples: IO[bytes]) -> dict[str, dict[str, Any]]:
    """What is learned of each aspect that has two labels in two stories each; `samples` is a file at its beginning."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(__file__).resolve())],
            stdin=samples,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={"PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent", **threads},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotLearnedError from error
    if done.returncode:
        raise NotLearnedError(done.stderr.decode(errors="replace")[-1000:])
    return json.loads(done.stdout)


def _learned(texts: list[list[str]], labels: list[str], groups: list[str]) -> dict[str, Any] | None:
    """Weights from all samples, measured on folds they were not learned from; reprints of one text fall together."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    names = sorted(set(labels))
    stories = Counter(label for label, _group in set(zip(labels, groups, strict=True)))
    folds = min(FOLDS, *stories.values()) if len(names) > 1 else 0
    if folds < 2:
        return None
    machine = make_pipeline(
        TfidfVectorizer(analyzer=list, binary=True, min_df=2, max_features=MOST_WORDS),
        LogisticRegression(C=FIRMNESS, class_weight="balanced", max_iter=2000),
    )
    cut = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    said = list(cross_val_predict(machine, texts, labels, groups=groups, cv=cut))
    commonest = [Counter(labels).most_common(1)[0][0]] * len(labels)
    precision, recall, _f1, count = precision_recall_fscore_support(
        labels, said, labels=names, zero_division=0
    )
    machine.fit(texts, labels)
    words, regression = machine[0], machine[1]
    rows, intercepts = regression.coef_, regression.intercept_
    if len(names) == 2:  # one row for the second label: halved, so that the shares of the two are the same
        rows, intercepts = [-rows[0] / 2, rows[0] / 2], [-intercepts[0] / 2, intercepts[0] / 2]
    weights = array("f", words.idf_)
    for row in rows:
        weights.extend(row)
    return {
        "samples": len(labels),
        "accuracy": accuracy_score(labels, said),
        "baseline": accuracy_score(labels, commonest),
        "macro_f1": f1_score(labels, said, average="macro", zero_division=0),
        "baseline_f1": f1_score(labels, commonest, average="macro", zero_division=0),
        "labels": [
            {"label": name, "count": int(n), "precision": float(p), "recall": float(r)}
            for name, n, p, r in zip(names, count, precision, recall, strict=True)
        ],
        "words": list(words.get_feature_names_out()),
        "intercepts": [float(one) for one in intercepts],
        "weights": base64.b64encode(weights.tobytes()).decode(),
    }


def _main(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found = {}
    for aspect in sorted({aspect for line in lines for aspect in line["labels"]}):
        rows = [line for line in lines if aspect in line["labels"]]
        learned = _learned(
            [row["words"] for row in rows],
            [row["labels"][aspect] for row in rows],
            [row["group"] for row in rows],
        )
        if learned:
            found[aspect] = learned
    return found


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    json.dump(_main([json.loads(line) for line in sys.stdin.buffer]), sys.stdout)
