"""Time to picture on the command line: steady tempi, recuts, and markers from editing programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import typer

from motifgen.cli.vocabulary import show_table
from motifgen.cli.wording import counts
from motifgen.compose.spotting.steady import Steady, steady
from motifgen.errors import NotationError, RangeError, shown
from motifgen.files.scene_file import read_story
from motifgen.files.timelines import Clock, Mark, read_timeline
from motifgen.files.timelines.change_list import read_changes
from motifgen.files.timelines.marks import decoded
from motifgen.files.timelines.recut import Edit, edit, recut
from motifgen.files.timelines.update import started, update
from motifgen.files.whole import write_whole
from motifgen.orchestra.palette import palette
from motifgen.story.scene import Scene, Story
from motifgen.story.timecode import FrameRate, Timecode
from motifgen.takes import chosen_scenes

_RANGE = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*[-–]\s*([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*\Z")
_SLOWEST, _FASTEST = 20.0, 300.0


def show_tempi(file: Path, scenes: Sequence[str], asked: str, count: int, *, allow_outside: bool) -> None:
    """Print the best steady tempi of each scene, with the frames by which each hit is missed."""
    low, high = _bounds(asked) if asked else (0.0, 0.0)
    story = read_story(file, allow_outside=allow_outside)
    rows: list[tuple[str, ...]] = []
    for scene in chosen_scenes(story, scenes):
        if not scene.hits:
            typer.echo(f"{scene.id}: it has no hits; every tempo meets them all", err=True)
        rows += [_tempo(scene, row) for row in steady(scene, palette(scene.style), low, high)[:count]]
    show_table(("scene", "bpm", "click", "met", "near", "missed", "worst (frames)", "off at each hit (frames)"), rows)


def _bounds(asked: str) -> tuple[float, float]:
    match = _RANGE.match(asked)
    if not match:
        raise NotationError(f"cannot read the range {shown(asked)}; accepted: two tempi as in '60-140'")
    low, high = float(match[1]), float(match[2])
    if not _SLOWEST <= low <= high <= _FASTEST:
        raise RangeError(f"the range is {low:g} to {high:g}; accepted: rising, from {_SLOWEST:g} to {_FASTEST:g} bpm")
    return low, high


def _tempo(scene: Scene, row: Steady) -> tuple[str, ...]:
    counts = (str(row.met), str(row.near), str(row.missed))
    off = " ".join(f"{frames:+.1f}" for frames in row.off)
    return scene.id, f"{row.bpm:.1f}", row.click(scene.frame_rate.fps), *counts, f"{row.worst:.1f}", off


def recut_file(
    file: Path, asked: tuple[Sequence[str], Sequence[str], str], changes: Path | None, output: Path | None, *, allow_outside: bool
) -> None:
    """Move the times of a file and say each that moved; the file is written whole, or not at all."""
    story = read_story(file, allow_outside=allow_outside)
    text, said = recut(file, _edits(story, asked, changes), allow_outside=allow_outside)
    write_whole(output or file, text.encode())
    for line in said:
        typer.echo(line)
    moved = sum(" -> " in line for line in said)
    typer.echo(f"{output or file}: {counts(moved, 'time')} moved" if moved else f"{output or file}: nothing lies after the edits")


def _edits(story: Story, asked: tuple[Sequence[str], Sequence[str], str], changes: Path | None) -> tuple[Edit, ...]:
    places, amounts, scene = asked
    if len(places) != len(amounts):
        raise RangeError(f"--at stands {len(places)} times and --by {len(amounts)} times; accepted: a --by for each --at")
    if not places and changes is None:
        raise RangeError("no edit is given; accepted: --at 0:42 --by -14f, or --list with a change list")
    edits = tuple(edit(at, by, story, scene) for at, by in zip(places, amounts, strict=True))
    return edits if changes is None else edits + read_changes(decoded(changes.read_bytes(), changes.name), str(changes), story)


def spot_timeline(  # noqa: PLR0913, PLR0917 - the options of the command
    timeline: Path, output: Path | None, rate: str, zero: str, kind: str, title: str, *, allow_outside: bool
) -> None:
    """Make or update a scene arc file from a list of markers, and say what became of each."""
    exists = output is not None and output.exists()
    story = read_story(output, allow_outside=allow_outside) if exists and output is not None else None
    frame_rate = FrameRate.named(rate) if rate else story.frame_rate if story else FrameRate()
    marks = read_timeline(timeline, Clock(frame_rate, Timecode.parse(zero, frame_rate)), kind)
    if output is None:
        typer.echo(started(marks, frame_rate, title or timeline.stem), nl=False)
    elif exists:
        _update(output, marks, frame_rate, allow_outside=allow_outside)
    else:
        write_whole(output, started(marks, frame_rate, title or timeline.stem).encode())
        typer.echo(f"{output} is made from {counts(len(marks), 'mark')}. Next: motifgen check {output}")


def _update(file: Path, marks: Sequence[Mark], rate: FrameRate, *, allow_outside: bool) -> None:
    found = update(file, marks, allow_outside=allow_outside)
    write_whole(file, found.text.encode())
    for line in found.said:
        typer.echo(line)
    for mark in found.outside:
        typer.echo(f"{file}: the mark {shown(mark.name)} at {Timecode.nearest(mark.at, rate)} lies in no scene; it is left out", err=True)
    typer.echo(f"{file}: {counts(len(found.said), 'change')}" if found.said else f"{file}: nothing changed")
