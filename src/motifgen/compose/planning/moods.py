"""What a theme means when it is plain."""

from __future__ import annotations

from functools import lru_cache

from motifgen.affect import Affect, affect_of
from motifgen.compose.planning.deck import mode_row
from motifgen.errors import UnknownNameError
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character


def home_affect(who: Character, theme: Motif) -> Affect:
    """Return what a theme means when it is plain: its mode's mood, half-way to its owner's traits."""
    return _home(who.traits, theme.key.mode.name)


@lru_cache(maxsize=512)
def _home(traits: tuple[str, ...], mode: str) -> Affect:
    row = mode_row(mode)
    own = Affect(valence=row.valence if row else 0.0, tension=row.tension if row else 0.2)
    known = [affect for affect in map(_trait, traits) if affect is not None]
    for affect in known:
        own = own.towards(affect, 0.5 / len(known))
    return own


def _trait(word: str) -> Affect | None:
    try:
        return affect_of(word)
    except UnknownNameError:
        return None


def dark(who: Character) -> bool:
    """Tell whether a character is a menace by a trait of its own: bad and strong; sorrow and fear are not dark."""
    known = [affect for affect in map(_trait, who.traits) if affect is not None]
    return any(it.valence < -0.35 and it.power > 0.05 for it in known)
