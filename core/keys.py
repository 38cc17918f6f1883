"""Keys as files under `PERSONAL_KEYS_DIR`, outside the database and its backups (design 4.8)."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings


def path(name: str) -> Path:
    """Where the key of this name lies, or would."""
    return Path(settings.PERSONAL_KEYS_DIR) / name[:2] / name


def read(name: str) -> bytes | None:
    """The key, or None when it is gone: with it what it opened is erased."""
    try:
        return _read(str(path(name)))
    except FileNotFoundError:
        return None


def read_or_new(name: str) -> bytes:
    """The key, made when it is not there yet; of two makers the first wins."""
    if key := read(name):
        return key
    place = path(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(Fernet.generate_key())
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(temporary, place)  # the first of two makers wins, the other reads its key
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    return _read(str(place))


def forget(name: str) -> None:
    """Delete the key for good."""
    path(name).unlink(missing_ok=True)
    forget_read()


def forget_read() -> None:
    """Read the files anew from now on."""
    _read.cache_clear()


@lru_cache(maxsize=4096)
def _read(place: str) -> bytes:
    return Path(place).read_bytes()
