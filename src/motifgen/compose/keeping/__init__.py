"""Keeping: bars of an earlier take survive, notes and performance, while the rest is composed around them."""

from motifgen.compose.keeping.kept import keep
from motifgen.compose.keeping.lock import lock

__all__ = ["keep", "lock"]
