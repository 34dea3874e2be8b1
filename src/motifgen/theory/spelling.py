"""How keys are named side by side, and a chord in its key: by the name that players expect there, without signs that can be avoided."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Key

_LEADING, _LED, _DOMINANTS = ("E#", "B#"), ("dim", "dim7"), ("", "7", "7b9", "dim", "dim7", "aug7")
_FLAT, _SHARP, _STACKED = -4, 2, (2, 4, 6)
_EASY, _PRINTED, _FARTHEST = 5, 7, 9
_RENAMED, _FIRST, _RARELY, _FIFTH, _BAR = 12.0, 14.0, 4.0, 0.5, 4
_TONICS = frozenset({"D#", "A#", "E#", "B#", "Cb", "Fb"})


@lru_cache(maxsize=4096)
def written(chord: Chord, key: Key) -> Chord:
    """Return a chord as it is written in a key.

    Chords on the key's own degrees keep their names, with the double sharps of their thirds (D#7 in G# minor). Others are
    respelled where their root is a name that is hardly ever read there (E#m, Fbmaj7, Cb among sharps) or a note of theirs
    has a double sign that another name avoids. Diminished chords on E# or B# lead to a sharp, and stay among sharps; Cb
    stays among many flats.

    Examples
    --------
    >>> [str(written(Chord.parse(text), Key.parse("Db major"))) for text in ("Fbmaj7", "Cb", "Bbbm/Gb", "Ab7")]
    ['Emaj7', 'Cb', 'Am/Gb', 'Ab7']
    >>> [str(written(Chord.parse(text), Key.parse("G# minor"))) for text in ("D#7", "E#m", "F##dim7", "A")]
    ['D#7', 'Fm', 'Gdim7', 'A']
    """
    if _usual(chord, key):
        return chord
    near = (PitchClass(step, (chord.root.semitone - PitchClass(step).semitone + 6) % 12 - 6) for step in range(7))
    others = [_on(chord, root) for root in near if abs(root.alter) <= 1]
    return min([chord, *others], key=lambda other: _strange(other, key))


def plain(pitch: Pitch, key: Key) -> Pitch:
    """Return a pitch without a double sharp or flat, unless it is a note of the key or its leading tone.

    Examples
    --------
    >>> [str(plain(Pitch.parse(text), Key.parse("C minor"))) for text in ("Ebb4", "F##4", "Cb5")]
    ['D4', 'G4', 'Cb5']
    >>> str(plain(Pitch.parse("F##4"), Key.parse("G# minor")))
    'F##4'
    """
    name = pitch.pitch_class
    leading = pitch.alter == 2 and (key.tonic.semitone - name.semitone) % 12 == 1 and (key.tonic.step - name.step) % 7 == 1
    if abs(pitch.alter) < 2 or name in key.scale or leading:
        return pitch
    sizes = [(abs(other.alter), other) for step in (-1, 1) for other in [Pitch(pitch.steps + step, pitch.semitones)]]
    return min(sizes)[1]


def _usual(chord: Chord, key: Key) -> bool:
    """Tell whether a chord stands on a degree of the key, under a name that is read there; double sharps are for dominants."""
    alters = [name.alter for name in (*chord.names, chord.lowest)]
    plain = max(map(abs, alters)) < 2 or (min(alters) > -2 and chord.lowest.alter < 2 and chord.quality in _DOMINANTS)
    return chord.root in key.scale and not _rare(chord, key) and plain


def _rare(chord: Chord, key: Key) -> bool:
    """Tell whether a root is hardly ever read in a key."""
    name = str(chord.root)
    if name in _LEADING:
        leads = chord.quality in _LED or (chord.quality == "m7b5" and chord.root in key.scale)
        return not leads or key.fifths < _SHARP
    return abs(chord.root.alter) > 1 or name == "Fb" or (name == "Cb" and (key.fifths > _FLAT or chord.minor))


def _strange(chord: Chord, key: Key) -> tuple[object, ...]:
    """Return how hard a chord is to read in a key: a rare root, double signs, roots foreign to the key, far notes, signs."""
    signs = [abs(name.alter) for name in (*chord.names, chord.lowest)]
    middle = sum(name.fifths for name in key.scale) / 7
    far = sum(abs(name.fifths - middle) for name in chord.names) / len(chord.names)
    doubled = sum(sign > 1 for sign in signs)
    return _rare(chord, key), doubled > (chord.quality == "dim7"), round(far, 6), sum(signs), chord.root


def _on(chord: Chord, root: PitchClass) -> Chord:
    """Return a chord on another name of its root; a bass that is its third, fifth or seventh goes along, a foreign one stays."""
    if chord.bass is None or (chord.bass - chord.root).steps not in _STACKED:
        return Chord(root, chord.quality, chord.bass)
    return Chord(root, chord.quality, root + (chord.bass - chord.root))


def side_by_side(keys: Sequence[tuple[Key, Fraction]]) -> tuple[Key, ...]:
    """Return keys by the names under which they are read together, the cheapest way by dynamic programming.

    A key costs the signs that it has over five, for every four quarters of its length, and far more over seven. To call a tonic by
    another name than just before costs as much as twelve bars in six flats, a far step half its distance in fifths, and the first
    key is called otherwise only for a reason. So E flat minor stays E flat through a phrygian passage with seven flats, but a long one in
    D flat minor is written with four sharps.

    Parameters
    ----------
    keys : Sequence[tuple[Key, Fraction]]
        Each with its length in quarters.

    Examples
    --------
    >>> def named(length, *keys):
    ...     return [str(key) for key in side_by_side([(Key.parse(name), Fraction(length)) for name in keys])]
    >>> named(16, "Eb minor", "D# phrygian", "Eb major")
    ['Eb minor', 'Eb phrygian', 'Eb major']
    >>> named(48, "Db major", "C# minor")
    ['Db major', 'C# minor']
    """
    home = keys[0][0].respelled() if keys else None
    best: list[tuple[float, tuple[Key, ...]]] = [(0.0, ())]
    for key, length in keys:
        best = [min((_onward(way, name, length, home) for way in best), key=lambda way: round(way[0], 6)) for name in _names(key)]
    return min(best, key=lambda way: round(way[0], 6))[1]


def _onward(way: tuple[float, tuple[Key, ...]], key: Key, length: Fraction, home: Key | None) -> tuple[float, tuple[Key, ...]]:
    cost, names = way
    cost += _load(key) * float(length) / _BAR + _RARELY * (str(key.tonic) in _TONICS)
    if not names:
        return cost + _FIRST * (key != home), (key,)
    last = names[-1]
    renamed = last.tonic != key.tonic and last.tonic.semitone == key.tonic.semitone
    return cost + _FIFTH * abs(last.fifths - key.fifths) + _RENAMED * renamed, (*names, key)


def _load(key: Key) -> int:
    signs = abs(key.fifths)
    return max(signs - _EASY, 0) + 3 * max(signs - _PRINTED, 0)


@lru_cache(maxsize=512)
def _names(key: Key) -> tuple[Key, ...]:
    """Return the names of a key that can be read, the one with the fewest signs first."""
    best = key.respelled()
    steps = ((key.tonic.step + up) % 7 for up in (0, 1, -1))
    near = [PitchClass(step, (key.tonic.semitone - PitchClass(step).semitone + 6) % 12 - 6) for step in steps]
    others = [Key(name, key.mode) for name in near if abs(name.alter) <= 1 and name != best.tonic]
    return best, *(other for other in others if abs(other.fifths) <= _FARTHEST)
