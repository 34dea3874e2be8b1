"""Choirs of the orchestra in its loud hours: brass that punctuates, winds that answer, and what leads into an arrival.

In the tutti each choir has work of its own (N. Rimsky-Korsakov, *Principles of Orchestration*, 1922, ch. 3 to 5): strings and theme go on,
brass strikes where the theme leans, woodwind fills the holes that it leaves, and a run or a roll carries into the downbeat that counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.attack import accents, loud
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, steps
from motifgen.compose.texture.pads import led_apart
from motifgen.compose.texture.percussion import rhythms
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.pitch import Pitch

_BRASS, _REEDS = ("trombone", "horn", "trumpet"), ("oboe", "clarinet", "flute", "horn", "bassoon")
_RUNNERS = ("flute", "clarinet", "violin", "piccolo")
_FULL, _RISE, _BRIGHT = 0.6, 0.12, 0.3
_LOW, _MIDDLE, _HIGH = 48, 60, 76
_REST = 4  # bars between two runs
_FREE = Fraction(1)  # a hole in the theme that is worth an answer


def choirs(loom: Loom, themes: Sequence[Line]) -> tuple[Line, ...]:
    """Return what brass and woodwind do of their own in loud passages, phrase by phrase, and the runs and rolls into arrivals.

    Parameters
    ----------
    themes : sequence of Line
        What they leave room for.
    """
    if loom.palette.swing:
        return ()
    lines: list[Line] = []
    brass, reeds = _players(loom, _BRASS), _players(loom, _REEDS)
    for run in _loud_runs(loom):
        for turn, (first, until) in enumerate(phrases(loom, run)):
            answering = loom.chance("choir", loom.place(loom.moments[first])).below(2) == turn % 2
            voice = reeds if (answering and len(reeds) > 1) or not brass else brass
            if brass and _shining(loom.moments[first]):
                lines.extend(_chorale(loom, first, until, brass))
            elif voice:
                lines.extend((_answers if voice is reeds else _stabs)(loom, first, until, themes, voice))
    return (*lines, *_arrivals(loom))


def _players(loom: Loom, names: Sequence[str]) -> tuple[str, ...]:
    members = {name for name, _ in loom.palette.ensemble}
    return tuple(name for name in names if name in members)


def _loud_runs(loom: Loom) -> Iterator[Layer]:
    """Go through the stretches of loud bars."""
    first = -1
    for index in range(len(loom.moments) + 1):
        inside = index < len(loom.moments) and loud(loom.moments[index]) and loom.moments[index].full >= _FULL
        if inside and first < 0:
            first = index
        elif not inside and first >= 0:
            yield Layer("pad", first, index)
            first = -1


def _shining(moment: Moment) -> bool:
    """Tell whether a loud phrase is one in which brass does not strike but sing: a bright climax."""
    return moment.section.function == "climax" and moment.affect.valence > _BRIGHT


def _chorale(loom: Loom, first: int, until: int, voice: tuple[str, ...]) -> Iterator[Line]:
    """Return the chords of a phrase held by the brass, every change of them leaned on."""
    spans = loom.chords(loom.moments[first].start, loom.moments[until - 1].end)
    yield from _chords(loom, [(item.span.start, item.span.length) for item in spans], voice, (_LOW, _LOW + 19), frozenset({"tenuto"}))


def _stabs(loom: Loom, first: int, until: int, _: Sequence[Line], voice: tuple[str, ...]) -> Iterator[Line]:
    """Return close chords of the brass on the theme's first accents, in every bar or every other one; a longer one ends the phrase."""
    chance, places = loom.chance("stabs", first), list[tuple[Fraction, Fraction]]()
    every, most = 1 + chance.below(2), 2 + chance.below(2)
    for index in range(first, until):
        if index == until - 1:
            places += [(at, max(duration, _FREE)) for at, duration in accents(loom, index)[:1]]
        elif (index - first) % every == 0:
            places += [(at, min(duration, Fraction(1, 2))) for at, duration in accents(loom, index)[:most]]
    yield from _chords(loom, places, voice, (_LOW, _LOW + 19), frozenset({"marcato"}))


def _answers(loom: Loom, first: int, until: int, themes: Sequence[Line], voice: tuple[str, ...]) -> Iterator[Line]:
    """Return chords of the woodwind in the holes of the theme, in its rhythm; without a theme, in the second half of every bar."""
    taken = sorted(float(note.onset) for line in themes if line.role == "melody" for note in line.notes)
    places = []
    for index in range(first, until):
        moment = loom.moments[index]
        sung = taken[bisect_left(taken, float(moment.start)) : bisect_left(taken, float(moment.end)) + 1]
        early = moment.start if sung and sung[0] < moment.end else moment.start + moment.bar.meter.middle - Fraction(1, 8)
        for at, duration in accents(loom, index):
            later = next((onset for onset in sung if onset >= at), None)
            if at > early and (later is None or later - at >= _FREE):
                places.append((at, min(duration, _FREE)))
    yield from _chords(loom, places, voice, (_MIDDLE, _HIGH), frozenset({"staccato"}))


def _chords(
    loom: Loom, places: Sequence[tuple[Fraction, Fraction]], voice: tuple[str, ...], room: tuple[int, int], marks: frozenset[str]
) -> Iterator[Line]:
    """Return three-part chords at places, led from one to the next."""
    found = [(at, duration, item) for at, duration in places if (item := loom.chord(at)) is not None]
    if not found:
        return
    spans = list({item.span.start: item for _, _, item in found}.values())
    voiced = dict(zip((item.span.start for item in spans), led_apart([item.chord for item in spans], *room, 3), strict=True))
    notes = [
        ScoreNote(at, min(duration, item.span.end - at), pitch, round(min(loom.loud(at) * 0.95, 1.0), 4), marks)
        for at, duration, item in found
        for pitch in voiced[item.span.start]
    ]
    yield Line("pad", tuple(notes), voice=voice, weight=0.6)


def _arrivals(loom: Loom) -> Iterator[Line]:
    """Go through what leads into each climax and each loud section that is fuller than the bar before: a run of the winds, a roll.

    Of two within four bars only the first is led to so.
    """
    last = -_REST
    for index in range(1, len(loom.moments)):
        before, moment = loom.moments[index - 1], loom.moments[index]
        rises = moment.full - before.full > _RISE or (moment.section.function == "climax" and before.section != moment.section)
        awaited = rises and moment.section != before.section and loud(moment) and index - last >= _REST
        if awaited and before.spoken <= 0 and before.affect.arousal > 0:
            last = index
            yield from _run(loom, before, moment)
            yield from _roll(loom, before)


def _run(loom: Loom, before: Moment, moment: Moment) -> Iterator[Line]:
    """Return a scale of the winds up to the downbeat, in the last beat or two: sixteenths, or sextuplets where the beat is slow."""
    voice = _players(loom, _RUNNERS)
    item, goal = loom.chord(before.end - Fraction(1, 4)), loom.chord(moment.start)
    if len(voice) < 2 or item is None or goal is None:
        return
    unit = Fraction(1, 6) if before.pace > 0.7 else Fraction(1, 4)
    count = int(before.bar.meter.beat / unit) * (2 if before.pace < 0.55 else 1)
    top = near(goal.chord.names[0], 86)
    ladder = [pitch for pitch in steps(item.key, item.chord, 55, 96) if pitch.midi < top.midi][-count:]
    start = moment.start - len(ladder) * unit
    notes = [_step(loom, start + n * unit, unit, pitch, 0.6 + 0.3 * n / count) for n, pitch in enumerate(ladder)]
    if start >= before.start:
        yield Line("counter", (*notes, _step(loom, moment.start, Fraction(1, 2), top, 1.0)), voice=voice, weight=0.7)


def _step(loom: Loom, at: Fraction, duration: Fraction, pitch: Pitch, share: float) -> ScoreNote:
    return ScoreNote(at, duration, pitch, round(min(max(loom.loud(at) * share, 0.05), 1.0), 4))


def _roll(loom: Loom, before: Moment) -> Iterator[Line]:
    """Return a roll of the timpani through the bar before, growing, where the style's rows know them."""
    item = loom.chord(before.start)
    if item is None or "timpani" not in {row.instrument for row in rhythms()[loom.palette.rhythm]} or not _players(loom, ("timpani",)):
        return
    drum = find_instrument("timpani")[0]
    pitch = near(before.key.tonic, (drum.sweet_low + drum.sweet_high) // 2)
    start, middle, end = before.start, min(before.start + before.bar.meter.middle, before.end), before.end
    notes = (
        ScoreNote(start, middle - start, pitch, round(loom.loud(start) * 0.55, 4), frozenset({"tremolo"})),
        ScoreNote(middle, end - middle, pitch, round(min(loom.loud(middle) * 0.85, 1.0), 4), frozenset({"tremolo"})),
    )
    yield Line("percussion", tuple(note for note in notes if note.duration), voice=("timpani",), weight=0.0)
