"""Casting: the theme that everybody in a scene really has, given or invented, and that no two are mistaken for each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from motifgen.motif.motif import Motif
from motifgen.story.descent import descended, descends
from motifgen.story.leitmotif import Character, Invention
from motifgen.story.scene import Scene, Story
from motifgen.theory.time import Meter

if TYPE_CHECKING:
    from motifgen.motif.invention import Invented

_REDRAWS = 24


class Casting(NamedTuple):
    """Who has which theme.

    Parameters
    ----------
    themes : tuple[tuple[str, Motif], ...]
        Characters' keys and their motifs, in order of declaration.
    reasons : tuple[tuple[str, str], ...]
        For each invented theme, why it is as it is.
    warnings : tuple[str, ...]
        Themes that had to be drawn again, or that are still alike.
    """

    themes: tuple[tuple[str, Motif], ...]
    reasons: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def themes(scene: Scene, story: Story | None = None) -> Mapping[str, Motif]:
    """Return the motif of everybody who is cast in a scene or called for by a hit, and of its emotions, by key.

    A motif that is given stays as it is. One that is to be invented depends on the seed (the story's, or the scene's
    where there is no story) and on the character alone, so that it is the same in every scene; only where two would be
    mistaken for each other is the later one drawn again. Its meter, where none is asked for, is that of its scenes if they all
    fix the same, else 4/4: themes of one film should be able to sound together.

    Examples
    --------
    >>> from motifgen.affect import Affect
    >>> from motifgen.story.arc import Arc, Keyframe
    >>> from motifgen.story.scene import Cast
    >>> from motifgen.theory.time import Span
    >>> mara = Character("mara", traits=("brave",))
    >>> arc = Arc((Keyframe(Fraction(0), Affect()),))
    >>> scene = Scene("1m1", Fraction(30), arc, cast=(Cast(mara, Span(Fraction(0), Fraction(30))),))
    >>> themes(scene) == themes(scene) and list(themes(scene))
    ['mara']
    """
    return MappingProxyType(dict(cast(scene, story).themes))


def cast(scene: Scene, story: Story | None = None) -> Casting:
    """Return the themes of a scene with the reasons of the invented ones, and what had to be drawn again.

    Within a story the whole cast of the film is kept apart, so that a theme does not change from scene to scene.
    """
    seed = story.seed if story else scene.seed
    scenes = _scenes(scene, story)
    whole = _kept_apart(_declared(scenes, story), scenes, seed)
    present = _keys((scene,))
    return Casting(
        tuple((key, motif) for key, motif in whole.themes if key in present),
        tuple((key, why) for key, why in whole.reasons if key in present),
        tuple(warning for key, warning in whole.warnings if key in present),
    )


def alike(one: Motif, other: Motif) -> bool:
    """Tell whether two motifs open so alike that they may be mistaken for each other.

    They are when contour and rhythm agree over their first six notes, or intervals and rhythm over their first five.
    Motifs of fewer than four notes are compared with each other alone.
    """
    return _alike(_Opening.of(one), _Opening.of(other))


def _alike(a: _Opening, b: _Opening) -> bool:
    shorter = min(len(a.moves), len(b.moves)) + 1
    if shorter < 4 and len(a.moves) != len(b.moves):
        return False
    six, five = min(shorter, 6), min(shorter, 5)
    return a.contour(six) == b.contour(six) or a.intervals(five) == b.intervals(five)


class _Opening(NamedTuple):
    """The intervals between sounded notes in semitones, and the ratios of the times between their onsets."""

    moves: tuple[int, ...]
    ratios: tuple[Fraction, ...]

    @classmethod
    def of(cls, motif: Motif) -> _Opening:
        heard = motif.sounding()
        gaps = [b[0] - a[0] for a, b in pairwise(heard)]
        return cls(tuple(b[2].midi - a[2].midi for a, b in pairwise(heard)), tuple(b / a for a, b in pairwise(gaps)))

    def contour(self, notes: int) -> tuple[object, ...]:
        """Return the signs of the intervals and the rhythm of the first notes."""
        return (tuple((move > 0) - (move < 0) for move in self.moves[: notes - 1]), self.ratios[: max(notes - 2, 0)])

    def intervals(self, notes: int) -> tuple[object, ...]:
        """Return the intervals and the rhythm of the first notes."""
        return (self.moves[: notes - 1], self.ratios[: max(notes - 2, 0)])


def _present(scenes: Iterable[Scene]) -> list[Character]:
    """Return whoever is cast in scenes, has a statement there, or is one of their emotions."""
    found: list[Character] = []
    for scene in scenes:
        found += [one.who for one in scene.cast]
        found += [one.who for one in scene.statements]
        found += scene.emotions
    return found


def _keys(scenes: Iterable[Scene]) -> set[str]:
    """Return the keys of all who are present, and of those whose theme a hit calls for."""
    scenes = list(scenes)
    return {one.key for one in _present(scenes)} | {hit.who for scene in scenes for hit in scene.hits if hit.who}


def _scenes(scene: Scene, story: Story | None) -> list[Scene]:
    """Return the scenes of the film, or the one there is."""
    return [*(one for one in story.scenes if isinstance(one, Scene)), scene] if story else [scene]


def _declared(scenes: Sequence[Scene], story: Story | None) -> list[Character]:
    """Return everybody who is cast anywhere, once, in order of declaration; who is cast nowhere is not there."""
    keys, found = _keys(scenes), dict[str, Character]()
    for character in [*(story.characters if story else ()), *(story.emotions if story else ()), *_present(scenes)]:
        if character.key in keys:
            found.setdefault(character.key, character)
    return list(found.values())


def _meter(key: str, scenes: Sequence[Scene]) -> Meter:
    """Return the meter of a theme that asks for none: that of its scenes where they all fix the same, else 4/4.

    The themes of a film should be able to sound together, and two thirds of real ones are in 4/4.
    """
    fixed = {scene.meter for scene in scenes if key in _keys((scene,))}
    return (fixed.pop() if len(fixed) == 1 else None) or Meter(4, 4)


def _kept_apart(characters: Sequence[Character], scenes: Sequence[Scene], seed: int) -> _Whole:
    """Give everybody a theme: first those that are given, which cannot move, then the invented ones in order."""
    given = {one.key: one.motif for one in characters if isinstance(one.motif, Motif)}
    found, reasons, warnings = dict(given), [], _clashes(given)
    # Bonds come last: they may grow out of the others.
    for character in sorted((one for one in characters if isinstance(one.motif, Invention)), key=descends):
        made, reason, warning = _made(character, found, scenes, seed)
        found[character.key] = made
        reasons.append((character.key, reason))
        warnings += [(character.key, warning)] if warning else []
    ordered = tuple((one.key, found[one.key]) for one in characters)
    return _Whole(ordered, tuple(reasons), tuple(warnings))


class _Whole(NamedTuple):
    """A casting whose warnings still know whom they are about."""

    themes: tuple[tuple[str, Motif], ...]
    reasons: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]


def _clashes(given: Mapping[str, Motif]) -> list[tuple[str, str]]:
    """Warn of given themes that open alike; they stay, because they are the composer's."""
    openings = {key: _Opening.of(motif) for key, motif in given.items()}
    return [(other, f"the themes of {one} and {other} open alike; both are given, and stay")
            for one, other in combinations(given, 2) if _alike(openings[one], openings[other])]  # fmt: skip


def _metered(character: Character, scenes: Sequence[Scene]) -> Character:
    """Return a character whose wish for a theme names its meter."""
    wish = character.motif
    if not isinstance(wish, Invention) or wish.meter:
        return character
    return replace(character, motif=replace(wish, meter=str(_meter(character.key, scenes))))


def _made(character: Character, others: Mapping[str, Motif], scenes: Sequence[Scene], seed: int) -> tuple[Motif, str, str]:
    """Return a theme for somebody who has none, why it is as it is, and a warning or nothing."""
    joined = [key for key in character.between if key in others] if descends(character) else []
    if joined:
        child = descended(character, tuple(others[key] for key in joined), seed, lambda motif: not _clash(motif, others))
        if child is not None:
            return child[0], f"it grows out of the theme of {joined[0]}, so that it can sound with {' and '.join(joined)}; {child[1]}", ""
    made, warning = _distinct(_metered(character, scenes), others, seed)
    return made.motif, made.reason, warning


def _distinct(character: Character, others: Mapping[str, Motif], seed: int) -> tuple[Invented, str]:
    """Invent a theme, again where it would be mistaken for another; with a warning when that happened."""
    first = _invented(character, seed, 0)
    clash = _clash(first.motif, others)
    if not clash:
        return first, ""
    for attempt in range(1, _REDRAWS):
        made = _invented(character, seed, attempt)
        if not _clash(made.motif, others):
            return made, f"the invented theme of {character.key} opened like that of {clash}, and was drawn again"
    return first, f"the invented theme of {character.key} opens like that of {clash} in all of {_REDRAWS} drawings; give it other traits"


def _clash(motif: Motif, others: Mapping[str, Motif]) -> str:
    """Return whose theme a motif opens like; empty when nobody's."""
    return next((key for key, other in others.items() if alike(motif, other)), "")


@lru_cache(maxsize=512)
def _invented(character: Character, seed: int, attempt: int) -> Invented:
    from motifgen.motif.invention import invent  # noqa: PLC0415 - only casts with a theme to be invented pay

    wish = character.motif if isinstance(character.motif, Invention) else Invention()
    return invent(
        traits=character.traits or ((character.key,) if character.kind == "emotion" else ()),
        kind=character.kind,
        archetype=wish.archetype,
        notes=wish.notes,
        key=wish.key or None,
        meter=wish.meter or None,
        seed=seed,
        name=character.key if not attempt else f"{character.key}, drawing {attempt + 1}",
    )
