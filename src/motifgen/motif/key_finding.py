"""Which key a melody is in, and how its notes are spelled there, where a file does not say."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Key, Mode

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_LETTER_ON_FIFTHS = (3, 0, 4, 1, 5, 2, 6)


def estimated_key(weights: Mapping[int, float], among: tuple[Key, ...] = ()) -> Key:
    """Return the key whose profile is nearest to how long each pitch class sounds.

    Parameters
    ----------
    weights : Mapping[int, float]
        How long each pitch class, 0 to 11, sounds, in any unit. Without any, C major.
    among : tuple[Key, ...]
        Keys to choose from; all major and minor keys if empty.

    Notes
    -----
    Source: C. Krumhansl and E. Kessler, "Tracing the dynamic changes in perceived tonal organization" (1982).

    Examples
    --------
    >>> str(estimated_key({2: 3, 4: 1, 5: 2, 9: 2, 1: 0.5}))
    'D minor'
    """
    keys = among or tuple(Key(_named(pc), Mode.named(mode)).respelled() for pc in range(12) for mode in ("major", "minor"))
    return max(keys, key=lambda key: round(_correlation(weights, key) - _foreign(weights, key), 9))


def _foreign(weights: Mapping[int, float], key: Key) -> float:
    """Return the share of the time spent outside the key: a short note that a key cannot explain says much against it."""
    own = {name.semitone for name in key.scale}
    if key.mode.minor:
        own |= {(key.tonic.semitone + raised) % 12 for raised in (9, 11)}
    whole = sum(weights.values())
    return sum(weight for pc, weight in weights.items() if pc not in own) / whole if whole else 0.0


def _named(pitch_class: int) -> PitchClass:
    return next(PitchClass(step, alter) for alter in (0, -1, 1) for step in range(7) if PitchClass(step, alter).semitone == pitch_class)


def _correlation(weights: Mapping[int, float], key: Key) -> float:
    ideal = _MINOR if key.mode.minor else _MAJOR
    heard = [weights.get((pc + key.tonic.semitone) % 12, 0.0) for pc in range(12)]
    mean, ideal_mean = sum(heard) / 12, sum(ideal) / 12
    spread = sqrt(sum((x - mean) ** 2 for x in heard) * sum((y - ideal_mean) ** 2 for y in ideal))
    return sum((x - mean) * (y - ideal_mean) for x, y in zip(heard, ideal, strict=True)) / spread if spread else 0.0


def spelled(midi: int, key: Key) -> Pitch:
    """Return a MIDI key number as it is written in a key: its scale as it stands, other notes by nearness in fifths.

    Examples
    --------
    >>> str(spelled(61, Key.parse("D minor"))), str(spelled(61, Key.parse("Ab major"))), str(spelled(66, Key.parse("C major")))
    ('C#4', 'Db4', 'F#4')
    """
    name = next((name for name in key.scale if name.semitone == midi % 12), None) or _by_fifths(midi % 12, key)
    octave = (midi - 12 - name.alter) // 12
    return name.at(octave)


def _by_fifths(pitch_class: int, key: Key) -> PitchClass:
    """Return the name between five fifths below the tonic (the lowered second) and six above (the raised fourth)."""
    above = (7 * (pitch_class - key.tonic.semitone)) % 12
    fifths = key.tonic.fifths + (above if above <= 6 else above - 12)
    alter, letter = divmod(fifths + 1, 7)
    return PitchClass(_LETTER_ON_FIFTHS[letter], alter)
