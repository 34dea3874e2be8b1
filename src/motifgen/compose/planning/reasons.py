"""Reasons: why a statement is what it is, in a sentence that a composer would accept."""

from __future__ import annotations

from motifgen.compose.planning.occasions import Occasion
from motifgen.compose.planning.variants import Variant


def reason(occasion: Occasion, variant: Variant, *, known: int) -> str:
    """Return a statement's reason: the story's side, then what the music does about it."""
    return f"{occasion.why}: {_music(occasion, variant, known)}"


def _music(occasion: Occasion, variant: Variant, known: int) -> str:
    name = occasion.who.name
    if not variant.steps:
        return f"{name}'s theme is heard whole and plain" + (", for the first time" if not known else "")
    whole = "" if variant.whole else ", not whole"
    return f"{name}'s theme {_listed(variant.says)}{whole}"


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
