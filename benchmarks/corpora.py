"""Public-domain music for the harmony benchmark and for learning: Bach's chorales and folk songs of music21's corpus, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from motifgen.compose.harmony import MelodyNote
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

QUALITY_SHAPES = {
    "": (0, 4, 7), "m": (0, 3, 7), "dim": (0, 3, 6), "aug": (0, 4, 8), "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10),
    "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9),
}  # fmt: skip

KIN = 0.3


@dataclass(frozen=True, slots=True)
class Song:
    """A melody with its key and meter; ``phrases`` are the ends of its phrases in quarters."""

    name: str
    key: Key
    meter: Meter
    pickup: Fraction
    notes: tuple[MelodyNote, ...]
    phrases: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Chorale:
    """A chorale: its soprano, and what Bach has on every beat: (place, root, quality, bass)."""

    song: Song
    beats: tuple[tuple[Fraction, PitchClass, str, PitchClass], ...]


def chorales(most: int | None = None) -> Iterator[Chorale]:
    """Yield the four-part chorales of music21's corpus that have one meter, in the corpus's order."""
    from music21 import corpus  # noqa: PLC0415 - slow import

    found = 0
    for path in corpus.getComposer("bach"):
        if most is not None and found >= most:
            return
        if not path.name.startswith("bwv") or path.suffix not in (".mxl", ".xml", ".krn"):
            continue
        chorale = _chorale(corpus.parse(path), path.stem)
        if chorale:
            found += 1
            yield chorale


def folk_songs(most: int) -> Iterator[Song]:
    """Yield melodies of the Essen folk song collection that have one meter, from its smallest files up: the large ones load slowly."""
    from music21 import corpus  # noqa: PLC0415 - slow import

    found = 0
    paths = [path for path in corpus.getPaths(fileExtensions=["abc"]) if "essenFolksong" in str(path)]
    for path in sorted(paths, key=lambda path: (path.stat().st_size, path.name)):
        opus = corpus.parse(path)
        for number, score in enumerate(opus.scores if hasattr(opus, "scores") else [opus]):
            song = _song(score, f"{path.stem}/{number + 1}")
            if song:
                found += 1
                yield song
            if found >= most:
                return


def tunes(songs: Sequence[Song]) -> tuple[int, ...]:
    """Return for every song the number of its tune: songs that share many turns of six intervals are one tune, set again."""
    turns = [_turns(song) for song in songs]
    numbers: list[int] = []
    for at, own in enumerate(turns):
        kin = (number for number, other in zip(numbers, turns, strict=False) if len(own & other) >= KIN * len(own | other))
        numbers.append(next(kin, at))
    return tuple(numbers)


def divided(found: Sequence[Chorale]) -> tuple[tuple[Chorale, ...], tuple[Chorale, ...]]:
    """Return the chorales to learn from and those to test with: every third tune is held out, with all its settings."""
    numbers = tunes([chorale.song for chorale in found])
    held_out = set(sorted(set(numbers))[2::3])
    parted = [[], []]  # type: list[list[Chorale]]
    for chorale, number in zip(found, numbers, strict=True):
        parted[number in held_out].append(chorale)
    return tuple(parted[0]), tuple(parted[1])


def _turns(song: Song) -> frozenset[tuple[int, ...]]:
    steps = [other.pitch.semitones - one.pitch.semitones for one, other in pairwise(song.notes)]
    steps = [step for step in steps if step]
    return frozenset(tuple(steps[at : at + 6]) for at in range(len(steps) - 5))


def _chorale(score: Any, name: str) -> Chorale | None:  # noqa: ANN401 - a music21 stream
    parts = list(score.parts)
    if len(parts) != 4:
        return None
    song = _song(parts[0], name)
    if song is None:
        return None
    song = replace(song, key=_key(score))
    tones = [list(part.flatten().notes) for part in parts]
    beats = []
    at, end = Fraction(0), max(note.end for note in song.notes)
    while at < end:
        sounding = [_overlapping(notes, at, at + song.meter.beat) for notes in tones]
        label = _label(sounding, at)
        if label:
            beats.append((at, *label))
        at += song.meter.beat
    return Chorale(song, tuple(beats))


def _overlapping(notes: list[Any], start: Fraction, end: Fraction) -> list[tuple[Fraction, Fraction, Any]]:
    found = []
    for note in notes:
        onset, until = Fraction(note.offset), Fraction(note.offset) + Fraction(note.quarterLength)
        if onset < end and until > start:
            found.append((max(onset, start), min(until, end), note.pitches[0]))
    return found


def _label(sounding: list[list[tuple[Fraction, Fraction, Any]]], at: Fraction) -> tuple[PitchClass, str, PitchClass] | None:
    """Return root, quality and bass of the chord that explains most of what sounds in a beat."""
    weight: defaultdict[int, float] = defaultdict(float)
    names: dict[int, PitchClass] = {}
    for voice in sounding:
        for onset, until, pitch in voice:
            weight[pitch.pitchClass] += float(until - onset) * (1.3 if onset == at else 1.0)
            names[pitch.pitchClass] = PitchClass.parse(pitch.name.replace("-", "b"))
    if not weight or not sounding[3]:
        return None
    bass = sounding[3][0][2].pitchClass
    scores = []
    for root in names:
        for quality, shape in QUALITY_SHAPES.items():
            inside = sum(weight[(root + tone) % 12] for tone in shape)
            missing = sum(not weight[(root + tone) % 12] for tone in shape)
            score = inside - sum(weight.values()) * 0.5 - 0.55 * missing - 0.12 * (len(shape) - 3) + 0.25 * (root == bass)
            scores.append((round(score, 6), -root, quality))
    score, root, quality = max(scores)
    return names[-root], quality, names[bass]


def _song(part: Any, name: str) -> Song | None:  # noqa: ANN401 - a music21 stream
    flat = part.flatten()
    meters = {str(one.ratioString) for one in flat.getElementsByClass("TimeSignature")}
    if len(meters) != 1 or len(flat.notes) < 8:
        return None
    meter = Meter.parse(meters.pop())
    first = part.getElementsByClass("Measure").first()
    pickup = Fraction(0)
    if first is not None and Fraction(first.duration.quarterLength) < meter.bar:
        pickup = Fraction(first.duration.quarterLength)
    notes = _joined(flat.notes)
    if not notes or any(note.duration <= 0 for note in notes):
        return None
    return Song(name, _key(part), meter, pickup, notes, _phrases(flat, notes))


def _joined(elements: Any) -> tuple[MelodyNote, ...]:  # noqa: ANN401 - a music21 iterator
    notes: list[MelodyNote] = []
    for one in elements:
        if one.duration.isGrace:
            continue
        pitch = Pitch.parse(one.pitches[-1].nameWithOctave.replace("-", "b"))
        note = MelodyNote(Fraction(one.offset), Fraction(one.quarterLength), pitch)
        if one.tie is not None and one.tie.type in ("stop", "continue") and notes and notes[-1].pitch == pitch:
            notes[-1] = MelodyNote(notes[-1].onset, note.end - notes[-1].onset, pitch)
        else:
            notes.append(note)
    return tuple(notes)


def _key(part: Any) -> Key:  # noqa: ANN401 - a music21 stream
    found = part.analyze("key")
    return Key.parse(f"{found.tonic.name.replace('-', 'b')} {found.mode}")


def _phrases(flat: Any, notes: tuple[MelodyNote, ...]) -> tuple[Fraction, ...]:  # noqa: ANN401 - a music21 stream
    held = {Fraction(one.offset) for one in flat.notes for mark in one.expressions if "Fermata" in mark.classes}
    ends = [note.end for note in notes if note.onset in held]
    return tuple(sorted({*ends, notes[-1].end}))
