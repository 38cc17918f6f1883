"""The papers of a visit, made from its frozen content."""

from __future__ import annotations

from core.registry import DocumentKind

PAPERS: tuple[DocumentKind, ...] = ()
