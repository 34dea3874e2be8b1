"""The depth: no two voices lie closer than their register allows, unless dread asks for mud, and then the warnings say so.

Low-interval limits as published for arrangers; that their breach sounds dull and muddy, like defeat, is put to use (after lists by
R. Lowell and K. Pullig, *Arranging for Large Jazz Ensemble*, 2003).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby, pairwise

from motifgen.compose.desk import BarSpan, ScoreNote, Spotting
from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.roster import Duty
from motifgen.theory.spacing import LOW_LIMITS

SHORTEST = Fraction(1, 8)
_HIGHEST = max(LOW_LIMITS) + 12
_WORTH = {"hit": 9, "melody": 8, "bass": 7, "counter": 6, "drone": 5, "pad": 4, "ostinato": 3, "arpeggio": 2, "pulse": 2, "percussion": 1}
_MOVES = {"bass": (-1, 1), "drone": (-1, 1), "pad": (1,), "counter": (1,)}
#: What a note of a statement is worth in an inner voice, and one that is its theme, which nothing may take a note from.
_STATED, _THEME = 10, 11
_TENSE, _BAD, _STILL = 0.8, -0.4, 0.4


@dataclass(slots=True)
class Voice:
    """A low note of somebody's duty; ``note`` is ``None`` once it is left out."""

    chair: Chair
    duty: Duty
    place: int
    note: ScoreNote
    worth: int
    end: float
    gone: bool = False


@dataclass(slots=True)
class Depth:
    """What sounds low at a moment.

    Parameters
    ----------
    held : list[Voice]
    latest : Fraction
        The onset of those that begin last.
    changed : dict[int, tuple[Chair, Duty, list[Voice]]]
        By the identity of the duty, the notes of it that were moved, cut or left out.
    """

    held: list[Voice] = field(default_factory=list)
    latest: Fraction = Fraction(0)
    changed: dict[int, tuple[Chair, Duty, list[Voice]]] = field(default_factory=dict)

    def clash(self) -> tuple[list[Voice], list[Voice]] | None:
        """Return the lowest two neighbours that are too close, each with all who play the same key."""
        by_key: dict[int, list[Voice]] = {}
        for voice in self.held:
            by_key.setdefault(voice.note.pitch.midi, []).append(voice)
        for low, high in pairwise(sorted(by_key)):
            if too_close(low, high):
                return by_key[low], by_key[high]
        return None

    def fits(self, key: int, but: Sequence[Voice]) -> bool:
        """Tell whether a key is far enough from all that sounds low, apart from some voices."""
        others = (voice.note.pitch.midi for voice in self.held if voice not in but)
        return not any(too_close(min(key, other), max(key, other)) for other in others)

    def change(self, voice: Voice, note: ScoreNote | None) -> None:
        """Move or cut a voice's note, or leave it out."""
        voice.gone = note is None
        voice.note = note or voice.note
        entry = self.changed.setdefault(id(voice.duty), (voice.chair, voice.duty, []))
        if voice not in entry[2]:
            entry[2].append(voice)


def too_close(low: int, high: int) -> bool:
    """Tell whether an interval lies below its low limit.

    Examples
    --------
    >>> too_close(40, 44), too_close(52, 56), too_close(30, 42)
    (True, False, False)
    """
    return 0 < high - low < 12 and low < LOW_LIMITS[high - low]


def clear(casting: Casting) -> Iterator[str]:
    """Move, cut or leave out what lies too close in the depth, the least important voice first; yield what was left as mud, and where."""
    bars = [bar for bar in casting.spotting.bars if _dreadful(casting.spotting, bar)]
    muddy, found, themes, depth = {bar.number for bar in bars}, set[int](), set[int](), Depth()
    order = {chair.name: chair.order for chair in casting.roster.chairs}
    voices = sorted(
        _voices(casting), key=lambda voice: (voice.note.quarters[0], -voice.worth, order[voice.chair.name], voice.note.pitch.midi)
    )
    for place, group in groupby(voices, key=lambda voice: voice.note.quarters[0]):
        depth.held = [voice for voice in depth.held if voice.end > place]
        depth.held.extend(group)
        depth.latest = depth.held[-1].note.onset
        while (clash := depth.clash()) is not None:
            onset = depth.latest
            number = casting.spotting.bar_at(onset).number
            stays = found if number in muddy else themes if _both_themes(*clash) else None
            if stays is not None:
                stays.add(number)
                break
            _part(depth, *clash, onset)
    for chair, duty, altered in depth.changed.values():
        casting.roster.change(chair, duty, tuple(_rewritten(duty, altered)))
    yield from _said(found, "voices lie closer than their depth allows; the dread there asks for mud")
    yield from _said(themes, "two themes lie closer than their depth allows; both keep all their notes")


def _dreadful(spotting: Spotting, bar: BarSpan) -> bool:
    """Tell whether a bar's feeling asks for mud: tense and bad all through, and held back rather than let out."""
    felt = (spotting.affect(bar.start), spotting.affect(bar.end))
    return all(affect.tension > _TENSE and affect.valence < _BAD and affect.arousal < _STILL for affect in felt)


def _voices(casting: Casting) -> Iterator[Voice]:
    for chair in casting.roster.chairs:
        for duty in casting.roster.of(chair) if not chair.instrument.drums else ():
            for place, note in enumerate(duty.notes):
                if note.pitch.midi < _HIGHEST:
                    stated = _THEME if duty.role == "melody" else _STATED
                    worth = 0 if duty.joined else stated if note.statement >= 0 else _WORTH[duty.role]
                    yield Voice(chair, duty, place, note, worth, note.quarters[1])


def _both_themes(low: Sequence[Voice], high: Sequence[Voice]) -> bool:
    return all(max(voice.worth for voice in voices) == _THEME for voices in (low, high))


def _part(depth: Depth, low: list[Voice], high: list[Voice], onset: Fraction) -> None:
    """Part two keys that are too close: the less important one moves by an octave, ends early, or is left out."""
    weaker = min((high, low), key=lambda voices: max(voice.worth for voice in voices))
    for voice in weaker:
        if voice.note.onset < onset:
            early = onset - voice.note.onset
            depth.change(voice, replace(voice.note, duration=early) if early >= SHORTEST else None)
            depth.held.remove(voice)
            continue
        moved = _moved(depth, voice, weaker)
        depth.change(voice, moved)
        if moved is None:
            depth.held.remove(voice)


def _moved(depth: Depth, voice: Voice, but: Sequence[Voice]) -> ScoreNote | None:
    """Return a voice's note an octave away, where its player has it and nothing is near; figures and doublings rest instead."""
    instrument = voice.chair.instrument
    for octave in () if voice.duty.joined else _MOVES.get(voice.duty.role, ()):
        pitch = voice.note.pitch.octaves(octave)
        own = (other.pitch.midi for other in voice.duty.notes if other.onset < voice.note.end and voice.note.onset < other.end)
        if instrument.low <= pitch.midi <= instrument.high and depth.fits(pitch.midi, but) and pitch.midi not in own:
            return replace(voice.note, pitch=pitch)
    return None


def _rewritten(duty: Duty, altered: Sequence[Voice]) -> Iterator[ScoreNote]:
    by_place = {voice.place: voice for voice in altered}
    for place, note in enumerate(duty.notes):
        voice = by_place.get(place)
        if voice is None:
            yield note
        elif not voice.gone:
            yield voice.note


def _said(bars: set[int], what: str) -> Iterator[str]:
    """Yield a sentence for every stretch of bars that is left as it is."""
    ordered = sorted(bars)
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        first, *rest = [number for _, number in run]
        where = f"bars {first} to {rest[-1]}" if rest else f"bar {first}"
        yield f"{where}: {what}"
