"""What surrounds a place in a melody, in words that can be counted: the soprano's degrees around it, its place in phrase and bar.

The same words are read from Bach's chorales (``scripts/learn_chorale_harmony.py``) and looked up while harmonising.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from motifgen.compose.harmony.slots import Slot

SILENT, FAR = 12, 3
_TELLING = (1, 3, 4, 6, 8, 9, 10, 11)


class _Phrase(NamedTuple):
    """A phrase as its places see it: where it begins and ends, its last degree, the degrees it uses."""

    first: int
    last: int
    final: int
    degrees: frozenset[int]


def contexts(slots: Sequence[Slot]) -> tuple[tuple[str, ...], ...]:
    """Return for every slot the words for what surrounds it; none where nothing is sung.

    Degrees are pitch classes above the tonic; ``left`` counts places to the end of the phrase.

    Examples
    --------
    >>> contexts(())
    ()
    """
    sung = [_degrees(slot) for slot in slots]
    phrases = _phrases(slots, sung)
    return tuple(tuple(_words(slots, sung, phrases[at], at)) if slot.notes else () for at, slot in enumerate(slots))


def _degrees(slot: Slot) -> tuple[int, ...]:
    tonic = slot.key.tonic.semitone
    return tuple((one.note.pitch.semitones - tonic) % 12 for one in slot.notes) or (SILENT,)


def _phrases(slots: Sequence[Slot], sung: Sequence[tuple[int, ...]]) -> list[_Phrase]:
    """Return for every slot its phrase: phrases end where no place is left, and at silences."""
    ends = [at for at, slot in enumerate(slots) if not slot.left or at + 1 == len(slots) or slots[at + 1].after_gap]
    found: list[_Phrase] = []
    for before, end in pairwise([-1, *ends]):
        inside = range(before + 1, end + 1)
        last = next((at for at in reversed(inside) if slots[at].notes), end)
        degrees = frozenset(degree for at in inside for degree in sung[at])
        found += [_Phrase(before + 1, last, sung[last][-1], degrees)] * len(inside)
    return found


def _words(slots: Sequence[Slot], sung: Sequence[tuple[int, ...]], phrase: _Phrase, at: int) -> list[str]:
    slot, here = slots[at], sung[at]
    now, end = here[0], here[-1]
    after, later = (sung[at + by][0] if at + by < len(sung) else SILENT for by in (1, 2))
    before, earlier = (sung[at - by][-1] if at >= by else SILENT for by in (1, 2))
    left, since = max(0, phrase.last - at), min(at - phrase.first, FAR)
    near = min(left, FAR)
    held = int(slot.notes[0].note.onset == slot.span.start and slot.notes[0].came == 0)
    return [
        "any",
        f"now {now}",
        f"inside {' '.join(map(str, here[:4]))}",
        f"ends {now} {end}",
        f"next {now} {after}",
        f"later {now} {after} {later}",
        f"before {before} {now}",
        f"earlier {earlier} {before} {now}",
        f"around {before} {now} {after}",
        f"left {now} {min(left, 2 * FAR)}",
        f"left next {now} {after} {near}",
        f"goal {phrase.final} {min(left, 2 * FAR)}",
        f"goal now {phrase.final} {now} {near}",
        f"since {now} {since}",
        f"since next {now} {after} {since}",
        f"weight {now} {slot.weight}",
        f"again {now} {held} {int(slot.weight >= FAR)}",
        *(f"with {degree} now {now}" for degree in _TELLING if degree in phrase.degrees),
        *(f"with {degree} goal {phrase.final}" for degree in _TELLING if degree in phrase.degrees),
    ]
