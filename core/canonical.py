"""One way to write JSON, so that equal content has equal bytes and one SHA-256."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def canonical(content: Any) -> str:
    """The content as JSON with sorted keys and no spare space."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder
    )


def plain(content: Any) -> Any:
    """The content as it comes back from a JSON column: dates and decimals are strings."""
    return json.loads(canonical(content))


def content_sha256(content: Any) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()
