"""How the chords attached to a motif follow its notes.

A chord in degree space is read as the degree of its root and a *deviation*: how many places its quality stands from the quality
that the mode itself builds there, in a small cycle of qualities from bright to dark. Shifting by scale steps keeps the
deviation, mirroring negates it; so both can be undone exactly, whatever chord it was, as they can for altered notes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from motifgen.motif.note import Note
from motifgen.theory.chord import DegreeChord
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Degree, Mode

TRIADS = ("", "m", "dim", "aug")
SEVENTHS = ("maj7", "7", "m7", "m7b5", "dim7", "m(maj7)")
NINTHS = ("maj9", "9", "m9")
_CYCLES = (TRIADS, SEVENTHS, NINTHS, ("add9", "m(add9)"), ("6", "m6"))
_TRIAD_BY_SIZES = {(4, 7): 0, (3, 7): 1, (3, 6): 2, (4, 8): 3}
_SEVENTH_BY_SIZES = {(0, 11): 0, (0, 10): 1, (1, 10): 2, (2, 10): 3, (2, 9): 4, (1, 11): 5, (1, 9): 2, (3, 11): 0, (3, 10): 1, (2, 11): 3}
_STAFF_SPAN = {TRIADS: 4, SEVENTHS: 6, NINTHS: 8, ("add9", "m(add9)"): 4, ("6", "m6"): 2}
_MIRRORED = {
    "": ("m", Interval(4, 7)), "m": ("", Interval(4, 7)), "dim": ("dim", Interval(4, 6)), "aug": ("aug", Interval(4, 8)),
    "5": ("5", Interval(4, 7)), "sus4": ("sus2", Interval(4, 7)), "sus2": ("sus4", Interval(4, 7)), "7sus4": ("7sus4", Interval(3, 5)),
    "6": ("6", Interval(2, 4)), "7": ("m7b5", Interval(6, 10)), "m7b5": ("7", Interval(6, 10)), "m7": ("m7", Interval(6, 10)),
    "maj7": ("maj7", Interval(6, 11)), "dim7": ("dim7", Interval(6, 9)), "9": ("9", Interval(8, 14)),
    "maj9": ("m9", Interval(8, 14)), "m9": ("maj9", Interval(8, 14)),
}  # fmt: skip
_FIFTH = Interval(4, 7)


def folded(degree: Degree) -> Degree:
    """Return a degree within the octave above the tonic, as chords name their roots."""
    return Degree(degree.step % 7, degree.alter)


def moved_degree(degree: Degree, interval: Interval, mode: Mode) -> Degree:
    """Return the degree a spelled interval higher in the same mode.

    Examples
    --------
    >>> moved_degree(Degree(2), Interval(2, 4), Mode.named("major"))
    Degree(step=4, alter=1)
    """
    step = degree.step + interval.steps
    return Degree(step, mode.semitones(degree.step) + degree.alter + interval.semitones - mode.semitones(step))


def mirrored_degree(degree: Degree, axis: Degree, mode: Mode) -> Degree:
    """Return the degree as far below the axis as this one is above, staff steps and semitones both exact."""
    return mirror(axis, mode)(degree)


def mirror(axis: Degree, mode: Mode) -> Callable[[Degree], Degree]:
    """Return what mirrors degrees exactly about an axis; made once for many degrees, because it is called so often."""
    offsets, middle, twice = mode.offsets, 2 * axis.step, 2 * (mode.semitones(axis.step) + axis.alter)

    def mirrored(degree: Degree) -> Degree:
        own = degree.step
        step = middle - own
        return Degree(step, twice - degree.alter - 12 * (step // 7 + own // 7) - offsets[step % 7] - offsets[own % 7])

    return mirrored


def _sizes(mode: Mode, step: int) -> tuple[int, int, int]:
    root = mode.semitones(step)
    return mode.semitones(step + 2) - root, mode.semitones(step + 4) - root, mode.semitones(step + 6) - root


def _plain(cycle: tuple[str, ...], mode: Mode, step: int) -> int:
    """Return the place in a cycle of the quality that the mode itself builds on a step."""
    third, fifth, seventh = _sizes(mode, step)
    triad = _TRIAD_BY_SIZES.get((third, fifth), 1 if third <= 3 else 0)
    if cycle is TRIADS:
        return triad
    if cycle is SEVENTHS:
        return _SEVENTH_BY_SIZES.get((triad, seventh), 3)
    if cycle is NINTHS:
        return min(_SEVENTH_BY_SIZES.get((triad, seventh), 2), 2)
    return int(third <= 3)


def _usual(cycle: tuple[str, ...], mode: Mode, step: int) -> int:
    """Return the place of the quality that is usual on a step: the mode's own, but for the dominant of minor, which is major."""
    dominant = mode.name == "minor" and step % 7 == 4
    return _plain(cycle, Mode.named("harmonic minor") if dominant else mode, step)


def _cycle(quality: str) -> tuple[str, ...]:
    return next((cycle for cycle in _CYCLES if quality in cycle), (quality,))


def diatonic_quality(mode: Mode, step: int, like: str = "") -> str:
    """Return the quality that a mode builds on a step, of the same size as another.

    Examples
    --------
    >>> diatonic_quality(Mode.named("minor"), 4), diatonic_quality(Mode.named("major"), 4, like="m7")
    ('m', '7')
    """
    cycle = _cycle(like)
    return cycle[_plain(cycle, mode, step)] if len(cycle) > 1 else like


def is_diatonic(chord: DegreeChord, mode: Mode) -> bool:
    """Tell whether a chord is one that the mode itself builds."""
    return not chord.root.alter and chord.quality == diatonic_quality(mode, chord.root.step, chord.quality)


def shifted_chord(chord: DegreeChord, steps: int, mode: Mode) -> DegreeChord:
    """Return the chord so many scale steps higher: what belongs to the mode still does, what was altered still is.

    Examples
    --------
    >>> shifted_chord(DegreeChord(Degree(0)), 1, Mode.named("major"))
    DegreeChord(root=Degree(step=1, alter=0), quality='m', bass=None)
    """
    cycle, root = _cycle(chord.quality), folded(chord.root.shifted(steps))
    quality = chord.quality
    if len(cycle) > 1:
        deviation = cycle.index(quality) - _usual(cycle, mode, chord.root.step)
        quality = cycle[(_usual(cycle, mode, root.step) + deviation) % len(cycle)]
    return DegreeChord(root, quality, folded(chord.bass.shifted(steps)) if chord.bass is not None else None)


def moved_chord(chord: DegreeChord, interval: Interval, mode: Mode) -> DegreeChord:
    """Return the chord an exact interval higher, its quality kept."""
    bass = folded(moved_degree(chord.bass, interval, mode)) if chord.bass is not None else None
    return DegreeChord(folded(moved_degree(chord.root, interval, mode)), chord.quality, bass)


def tonally_mirrored_chord(chord: DegreeChord, axis: Degree, mode: Mode) -> DegreeChord:
    """Return the chord mirrored by scale steps: its top becomes its root."""
    cycle, quality = _cycle(chord.quality), chord.quality
    span = _STAFF_SPAN.get(cycle, _MIRRORED.get(quality, (quality, _FIFTH))[1].steps)
    root = folded(Degree(2 * axis.step - chord.root.step - span, 2 * axis.alter - chord.root.alter))
    if len(cycle) > 1:
        deviation = cycle.index(quality) - _usual(cycle, mode, chord.root.step)
        quality = cycle[(_usual(cycle, mode, root.step) - deviation) % len(cycle)]
    elif quality in {"sus2", "sus4"}:
        quality = _MIRRORED[quality][0]
    bass = chord.bass
    if bass is not None:
        bass = folded(Degree(2 * axis.step - bass.step, 2 * axis.alter - bass.alter))
    return DegreeChord(root, quality, bass)


def exactly_mirrored_chord(chord: DegreeChord, axis: Degree, mode: Mode) -> DegreeChord:
    """Return the chord mirrored by semitones: major becomes minor, a dominant seventh becomes half-diminished.

    The few chords whose mirror image has no symbol of its own (sixth chords on minor, added ninths, minor with major seventh)
    keep their quality on the mirrored fifth.
    """
    quality, top = _MIRRORED.get(chord.quality, (chord.quality, _FIFTH))
    root = folded(mirrored_degree(moved_degree(chord.root, top, mode), axis, mode))
    bass = folded(mirrored_degree(chord.bass, axis, mode)) if chord.bass is not None else None
    return DegreeChord(root, quality, bass)


def recast_degree(degree: Degree, old: Mode, new: Mode) -> Degree:
    """Return a degree in another mode: scale notes follow the mode, altered notes keep their distance from the tonic.

    Examples
    --------
    >>> minor, major = Mode.named("minor"), Mode.named("major")
    >>> recast_degree(Degree(2), minor, major), recast_degree(Degree(6, 1), minor, major)
    (Degree(step=2, alter=0), Degree(step=6, alter=0))
    """
    return _kept(degree, old, new) if degree.alter else degree


def recast_chord(chord: DegreeChord, old: Mode, new: Mode) -> DegreeChord:
    """Return a chord in another mode: chords of the old mode become those of the new, others keep their sound."""
    if is_diatonic(chord, old):
        bass = recast_degree(chord.bass, old, new) if chord.bass is not None else None
        return DegreeChord(chord.root, diatonic_quality(new, chord.root.step, chord.quality), bass)
    return DegreeChord(_kept(chord.root, old, new), chord.quality, _kept(chord.bass, old, new) if chord.bass is not None else None)


def _kept(degree: Degree, old: Mode, new: Mode) -> Degree:
    return Degree(degree.step, old.semitones(degree.step) + degree.alter - new.semitones(degree.step))


def with_chord(note: Note, chord: DegreeChord | None) -> Note:
    """Return the note with another chord attached."""
    return note if note.chord == chord else replace(note, chord=chord)


def mirrored_in_time(chords: tuple[DegreeChord | None, ...]) -> tuple[DegreeChord | None, ...]:
    """Return where chords begin when their notes are read backwards: each still sounds with the notes it sounded with.

    A chord holds until the next one; the last is taken to hold into notes before the first, as if the motif went round.

    Examples
    --------
    >>> tonic, dominant = DegreeChord(Degree(0)), DegreeChord(Degree(4))
    >>> mirrored_in_time((tonic, None, dominant, None)) == (dominant, None, tonic, None)
    True
    """
    size = len(chords)
    begins = [place for place, chord in enumerate(chords) if chord is not None]
    found: list[DegreeChord | None] = [None] * size
    for place, following in zip(begins, [*begins[1:], *begins[:1]], strict=True):
        last = (following - 1) % size
        found[size - 1 - last] = chords[place]
    return tuple(found)
