"""Marks of music that is composed: its sections, and its hits where they are heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from motifgen.files.plain_text import LONGEST_MARKER, plain
from motifgen.files.timelines.marks import Mark, of_scene, own_names
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene
from motifgen.story.timecode import Timecode

#: Frames below which a hit is heard where it should be.
_AUDIBLE = 0.05


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


def of_film_scene(scene: Scene, recording: Recording | None = None) -> tuple[Mark, ...]:
    """Return a scene's marks for the programs in which the picture is cut: its start and end, its hits, and the sections of its music.

    A hit is marked where the picture has it, so that a list that comes back moves nothing; where the music meets it some frames off, its
    note says so.

    Parameters
    ----------
    recording : Recording, optional
        Of the scene; there are no sections without it.

    Examples
    --------
    >>> from motifgen import Arc, Cast, Character, Hit, Motif, Scene, compose
    >>> mara = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q", key="D minor"))
    >>> scene = Scene("1m1", 20, Arc.of((0, "calm")), cast=[Cast(mara)], hits=[Hit(12, "accent", "the wave")])
    >>> [mark.name for mark in of_film_scene(scene)]
    ['1m1', 'HIT accent: the wave', '1m1 end']
    >>> len(of_film_scene(scene, compose(scene).recording)) > 3
    True
    """
    start, *hits, end = of_scene(scene)
    if recording is None:
        return (start, *hits, end)
    rows = recording.ledger["hits"]
    order = sorted(range(len(rows)), key=lambda number: scene.hits[number].at)
    noted = (_noted(mark, rows[number]) for mark, number in zip(hits, order, strict=True))
    sections = own_names(scene.id) - {start.name, end.name}
    heard = (mark for mark in of_recording(recording, scene.start) if mark.name in sections)
    return tuple(sorted((start, *noted, *heard, end), key=lambda mark: mark.at))


def _noted(mark: Mark, row: Mapping[str, Any]) -> Mark:
    """Return a hit's mark with a note if it is heard elsewhere; on one that says nothing a note would be read as what it says."""
    frames = row["error_frames"]
    if abs(frames) < _AUDIBLE or not row["what"]:
        return mark
    return replace(mark, note=f"heard {abs(frames):.1f} frames {'late' if frames > 0 else 'early'}")


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
