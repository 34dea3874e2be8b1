"""What a theme means when it is plain."""

from __future__ import annotations

from functools import lru_cache

from motifgen.affect import Affect, affect_of
from motifgen.compose.planning.deck import mode_row
from motifgen.errors import UnknownNameError
from motifgen.motif.invention.archetype import archetype_named
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character, Invention


def home_affect(who: Character, theme: Motif) -> Affect:
    """Return what a theme means when it is plain: its mode's mood, half-way to its owner's traits."""
    return _home(_words(who), theme.key.mode.name)


@lru_cache(maxsize=512)
def _home(traits: tuple[str, ...], mode: str) -> Affect:
    row = mode_row(mode)
    own = Affect(valence=row.valence if row else 0.0, tension=row.tension if row else 0.2)
    known = [affect for affect in map(_trait, traits) if affect is not None]
    for affect in known:
        own = own.towards(affect, 0.5 / len(known))
    return own


def _words(who: Character) -> tuple[str, ...]:
    """Return what a character is: its traits, and the archetype that its theme is to be invented after."""
    asked = who.motif.archetype if isinstance(who.motif, Invention) else ""
    return (*who.traits, asked) if asked else who.traits


@lru_cache(maxsize=512)
def _trait(word: str) -> Affect | None:
    try:
        return affect_of(word)
    except UnknownNameError:
        pass
    try:
        return archetype_named(word).feel
    except UnknownNameError:
        return None


def dark(who: Character) -> bool:
    """Tell whether a character is a menace by a trait of its own: bad and strong; sorrow and fear are not dark."""
    return _menacing(_words(who))


@lru_cache(maxsize=512)
def _menacing(words: tuple[str, ...]) -> bool:
    known = [affect for affect in map(_trait, words) if affect is not None]
    return any(it.valence < -0.35 and it.power > 0.05 for it in known)


def kindly(who: Character) -> bool:
    """Tell whether a character is good company by its traits; one of whom nothing is said is."""
    known = [affect.valence for affect in map(_trait, _words(who)) if affect is not None]
    return sum(known) >= 0
