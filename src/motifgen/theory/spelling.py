"""How a chord is written in a key: by the name that players expect there, never with a sign that can be avoided."""

from __future__ import annotations

from functools import lru_cache

from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Key

_LEADING, _LED, _DOMINANTS = ("E#", "B#"), ("dim", "dim7"), ("", "7", "7b9", "dim", "dim7", "aug7")
_FLAT, _SHARP, _STACKED = -4, 2, (2, 4, 6)


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
