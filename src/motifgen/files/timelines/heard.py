"""Marks of music that is composed: its sections, and its hits where they are heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from motifgen.files.plain_text import LONGEST_MARKER, plain
from motifgen.files.timelines.marks import Mark
from motifgen.sketch.recording import Recording
from motifgen.story.timecode import Timecode


def of_recording(recording: Recording, start: Timecode) -> tuple[Mark, ...]:
    """Return the markers of a composed scene in the picture's time: every section, and every hit at the moment at which it is heard.

    Parameters
    ----------
    start : Timecode
        Of the scene's first frame.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from motifgen import Arc, Cast, Character, Hit, Motif, Scene, compose
    >>> mara = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q", key="D minor"))
    >>> scene = Scene("1m1", 20, Arc.of((0, "calm")), cast=[Cast(mara)], hits=[Hit(12, "accent", "the wave")])
    >>> found = of_recording(compose(scene).recording, scene.start)
    >>> [round(float(mark.at - 3600), 3) for mark in found if mark.name == "HIT accent the wave"]
    [12.0]
    """
    return tuple(Mark(start.seconds + recording.tempo.seconds(marker.tick), marker.text) for marker in recording.markers)


def plainly_named(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks named in at most 31 characters of plain ASCII, for hosts that show no others; a name that was cut is whole in the note.

    Examples
    --------
    >>> from fractions import Fraction
    >>> plainly_named([Mark(Fraction(0), "HIT l’éclair"), Mark(Fraction(1), "HIT stinger: the face in the window again")])[1].note
    'HIT stinger: the face in the window again'
    """
    return tuple(_plainly(mark) for mark in marks)


def _plainly(mark: Mark) -> Mark:
    name = plain(mark.name, LONGEST_MARKER)
    if name == plain(mark.name):
        return replace(mark, name=name)
    return replace(mark, name=name, note=f"{mark.name} {mark.note}".strip())
