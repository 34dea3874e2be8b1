"""Restating notes on another degree of the same key: what a tonal sequence does, altered notes included."""

from __future__ import annotations

from dataclasses import replace

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.chords import shifted_chord
from motifgen.motif.transform.strands import chord_in_force, mapped, sounded
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Degree, Key, Mode


def stepped(motif: Motif, steps: int) -> tuple[Note, ...]:
    """Return the notes so many scale steps higher, within the key, under chords that went along.

    Altered notes mean the same there: one that was in its chord is as its new chord has it, one that led by semitone into a neighbor
    leads by semitone. Others stay altered.

    Examples
    --------
    >>> [str(note.degree) for note in stepped(Motif.parse("C5/q B4 C5", key="C minor"), -2)]
    ['6', '5', '6']
    """
    mode = motif.key.mode
    moved = list(mapped(motif, lambda degree: degree.shifted(steps), lambda chord: shifted_chord(chord, steps, mode)))
    places = sounded(motif.notes)
    for order, group in enumerate(places):
        degree = motif.notes[group.start].degree
        if degree is None or not degree.alter:
            continue
        beside = [places[near].start for near in (order + 1, order - 1) if 0 <= near < len(places)]
        eased = _eased(motif, tuple(moved), group.start, beside)
        for place in group:
            moved[place] = replace(moved[place], degree=eased)
    return tuple(moved)


def _eased(motif: Motif, moved: tuple[Note, ...], place: int, beside: list[int]) -> Degree | None:
    """Return what becomes of an altered note: as its chord has it, or a semitone from its neighbor as before."""
    mode, old, new = motif.key.mode, motif.notes[place].degree, moved[place].degree
    if old is None or new is None:
        return new
    before, after = chord_in_force(motif.notes, place), chord_in_force(moved, place)
    if before and after and old.alter == _spelled(before, motif.key).get(old.step % 7):
        return Degree(new.step, _spelled(after, motif.key).get(new.step % 7, new.alter))
    for near in beside:
        was, now = motif.notes[near].degree, moved[near].degree
        if was is None or now is None or abs(was.step - old.step) != 1:
            continue
        gap = _height(was, mode) - _height(old, mode)
        alter = _height(now, mode) - gap - mode.semitones(new.step)
        if abs(gap) == 1 and abs(alter) <= 1:
            return Degree(new.step, alter)
    return new


def _height(degree: Degree, mode: Mode) -> int:
    return mode.semitones(degree.step) + degree.alter


def _spelled(chord: DegreeChord, key: Key) -> dict[int, int]:
    """Return the alteration of each scale step, 0 to 6, that a chord has."""
    degrees = [key.degree(name.at(4)) for name in chord.within(key).names]
    return {degree.step % 7: degree.alter for degree in degrees}
