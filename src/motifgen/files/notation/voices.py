"""Notes into voices: durations made readable, chords joined, overlaps given to a second voice, everything cut at bar lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.files.notation.staff import Sound
from motifgen.files.notation.values import pieces, readable
from motifgen.sketch.score import StaffBar, StaffNote
from motifgen.theory.time import Span

_SIXTEENTH = Fraction(1, 4)
_EIGHTH = Fraction(1, 2)
_SHORTEST = Fraction(1, 8)
_DETACHED = frozenset({"staccato", "staccatissimo", "spiccato", "pizzicato", "marcato"})
Chord = list[StaffNote]


def tidied(notes: Sequence[StaffNote]) -> tuple[tuple[StaffNote, ...], frozenset[Fraction]]:
    """Return notes with durations that are written, and the onsets of those that were shortened for a breath.

    A player's release a moment before the next note is a matter of performance: on paper the note fills its value, and where a
    gap of at most a sixteenth stood there may be a breath mark. Before longer rests notes end on eighths, so that no crumb of a rest
    stands between them: detached ones on the nearest, the shorter of two, held ones on the longer; notes of a theme keep their sixteenths.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> rows = ((0, "3/4", "staccato"), (2, "1/4", "staccato"), (4, "5/8", ""), (6, "3/4", ""))
    >>> line = [StaffNote(Fraction(at), Fraction(long), Pitch.parse("C4"), 0.5, frozenset({mark})) for at, long, mark in rows]
    >>> [str(note.duration) for note in tidied(line)[0]]
    ['1/2', '1/2', '1/2', '1']
    """
    placed = sorted((_placed(note) for note in notes), key=lambda note: (note.onset, note.pitch.semitones))
    onsets = sorted({note.onset for note in placed})
    found, breaths = [], set()
    for note in placed:
        after = bisect_right(onsets, note.onset)
        following = onsets[after] if after < len(onsets) else None
        end = _written_end(note, following)
        if note.end < end == following:
            breaths.add(note.onset)
        found.append(replace(note, duration=end - note.onset))
    return tuple(found), frozenset(breaths)


def _placed(note: StaffNote) -> StaffNote:
    """Return a note whose ends can be written: what a frame cut elsewhere is moved to the nearest 32nd."""
    onset, end = readable(note.onset), readable(note.end)
    return replace(note, onset=onset, duration=max(end - onset, _SHORTEST))


def _written_end(note: StaffNote, following: Fraction | None) -> Fraction:
    end = _on_eighths(note, following)
    if following is not None and end < following <= end + _SIXTEENTH:
        return following
    if end.denominator <= 4 or end.denominator % 3 == 0 or end.denominator % 5 == 0:
        return end
    rounded = -(-end // _SIXTEENTH) * _SIXTEENTH
    return rounded if following is None or following <= note.onset or rounded <= following else end


def _on_eighths(note: StaffNote, following: Fraction | None) -> Fraction:
    """Return where a note before a rest ends on paper: on an eighth if one is near and free, else where it ends."""
    end = note.end
    own = note.statement >= 0 and note.duration < 3 * _SIXTEENTH
    gap = following is None or following > end + _SIXTEENTH or following <= note.onset
    if not gap or own or note.onset % _SIXTEENTH or end % _EIGHTH == 0 or end.denominator % 3 == 0 or end.denominator % 5 == 0:
        return end
    below = end // _EIGHTH * _EIGHTH
    above = below + _EIGHTH
    down = end - below < above - end or (end - below == above - end and bool(note.marks & _DETACHED))
    chosen = below if down and below > note.onset else above
    return chosen if following is None or following <= note.onset or chosen <= following else end


def beaten(notes: Iterable[StaffNote], bars: Sequence[StaffBar]) -> tuple[StaffNote, ...]:
    """Return strokes of percussion as they are written: until the next stroke or the end of the beat; rolls keep their length."""
    placed = sorted((_placed(note) for note in notes), key=lambda note: (note.onset, note.pitch.semitones))
    onsets, starts = sorted({note.onset for note in placed}), [bar.start for bar in bars]
    found = []
    for note in placed:
        after = bisect_right(onsets, note.onset)
        bar = bars[max(bisect_right(starts, note.onset) - 1, 0)]
        beat = max(bar.meter.beat, Fraction(1))
        end = min(bar.end, note.onset + beat - (note.onset - bar.start) % beat)
        if "tremolo" in note.marks:
            end = max(end, note.end)
        following = onsets[after] if after < len(onsets) else end
        found.append(replace(note, duration=min(end, following) - note.onset))
    return tuple(found)


def voices(notes: Iterable[StaffNote], most: int = 2) -> list[list[Chord]]:
    """Return notes as voices of chords: what begins and ends together is a chord, what overlaps goes to another voice.

    Nothing is left out: where a voice more would be needed, what sounds longest already is let go for the new chord. The first voice
    is the upper one wherever there are two.
    """
    chords: dict[tuple[Fraction, Fraction], Chord] = {}
    for note in notes:
        chords.setdefault((note.onset, note.duration), []).append(note)
    found: list[list[Chord]] = [[] for _ in range(most)]
    for chord in sorted(chords.values(), key=lambda chord: (chord[0].onset, -chord[0].duration, -chord[0].pitch.semitones)):
        _join(found, chord)
    return ordered(found)


def _join(found: list[list[Chord]], chord: Chord) -> None:
    onset = chord[0].onset
    free = next((voice for voice in found if not voice or voice[-1][0].end <= onset), None)
    if free is None:
        free = min(found, key=lambda voice: voice[-1][0].onset)
        held = free[-1]
        if held[0].onset == onset:
            free[-1] = [*held, *(replace(note, duration=held[0].duration) for note in chord)]
            return
        free[-1] = [replace(note, duration=onset - note.onset) for note in held]
    free.append(chord)


def ordered(found: Sequence[list[Chord]]) -> list[list[Chord]]:
    """Return the voices that are not empty; two are exchanged, by stretches of overlapping chords, so that the first is the upper one."""
    if len(found) != 2 or not found[1]:
        return [voice for voice in found if voice]
    rows = sorted([(chord, 0) for chord in found[0]] + [(chord, 1) for chord in found[1]], key=lambda row: (row[0][0].onset, row[1]))
    made: list[list[Chord]] = [[], []]
    for cluster in _clusters(rows):
        heights = [_height([chord for chord, voice in cluster if voice == number]) for number in (0, 1)]
        crossed = heights[1] is None or (heights[0] is not None and heights[1] > heights[0])
        swap = heights[0] is None or (heights[1] is not None and crossed)
        for chord, voice in cluster:
            made[1 - voice if swap else voice].append(chord)
    return [voice for voice in made if voice]


def _clusters(rows: Iterable[tuple[Chord, int]]) -> Iterator[list[tuple[Chord, int]]]:
    cluster: list[tuple[Chord, int]] = []
    end = Fraction(0)
    for chord, voice in rows:
        if cluster and chord[0].onset >= end:
            yield cluster
            cluster = []
        cluster.append((chord, voice))
        end = max(end, chord[0].end) if len(cluster) > 1 else chord[0].end
    if cluster:
        yield cluster


def _height(chords: Iterable[Chord]) -> float | None:
    heights = [note.pitch.semitones for chord in chords for note in chord]
    return sum(heights) / len(heights) if heights else None


def barred(
    lines: Sequence[Sequence[Chord]], bars: Sequence[StaffBar], accents: Sequence[tuple[Fraction, ...]] = ()
) -> tuple[tuple[tuple[Sound, ...], ...], ...]:
    """Return for every bar what its voices do, rests included, as values that can be written; none where all are silent.

    ``accents`` say of every bar where its groups begin; left out, they are the usual ones.
    """
    rows = zip(bars, accents or [bar.meter.accents for bar in bars], strict=True)
    return tuple(tuple(sounds for line in lines if (sounds := filled(_inside(line, bar), bar, row))) for bar, row in rows)


def _inside(line: Sequence[Chord], bar: StaffBar) -> Sequence[Chord]:
    first = max(bisect_right(line, bar.start, key=lambda chord: chord[0].onset) - 1, 0)
    last = bisect_left(line, bar.end, key=lambda chord: chord[0].onset)
    return [chord for chord in line[first:last] if chord[0].end > bar.start]


def filled(inside: Sequence[Chord], bar: StaffBar, accents: tuple[Fraction, ...] = ()) -> tuple[Sound, ...]:
    """Return what a voice does in a bar from its chords there; empty when it is silent."""
    if not inside:
        return ()
    found, at = [], Fraction(0)
    for chord in inside:
        span = Span(max(chord[0].onset - bar.start, Fraction(0)), min(chord[0].end - bar.start, bar.meter.bar))
        found += [Sound(onset, length) for onset, length in pieces(Span(at, span.start), bar.meter, accents, rest=True)]
        found += _tied(chord, span, bar, accents)
        at = span.end
    return (*found, *(Sound(onset, length) for onset, length in pieces(Span(at, bar.meter.bar), bar.meter, accents, rest=True)))


def _tied(chord: Chord, span: Span, bar: StaffBar, accents: tuple[Fraction, ...]) -> Iterator[Sound]:
    cut = pieces(span, bar.meter, accents)
    beyond, before = chord[0].end > bar.end, chord[0].onset < bar.start
    for number, (onset, length) in enumerate(cut):
        last = number == len(cut) - 1
        yield Sound(onset, length, tuple(chord), tied=not last or beyond, continues=number > 0 or before)
