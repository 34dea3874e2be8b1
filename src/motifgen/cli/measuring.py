"""Measuring any MIDI file against a scene: a table, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import typer

from motifgen.cli.arguments import only_scene
from motifgen.cli.vocabulary import show_table
from motifgen.errors import RangeError
from motifgen.files.libraries import ANY, find_library
from motifgen.files.library_reading import unswitched
from motifgen.files.midi_recording import from_first_frame, read_recording
from motifgen.files.scene_file import read_story
from motifgen.files.whole import write_whole
from motifgen.measure.conformance import HitHeard, Report, ThemeHeard, measure
from motifgen.measure.picture import picture
from motifgen.measure.score import score
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene

_SLACK = 4.0


def show_measures(  # noqa: PLR0913 - the options of the command
    midi: Path, file: Path, scene: str, library: str, *, as_json: bool, drawn: Path | None, allow_outside: bool
) -> None:
    """Print how well a MIDI file does what a scene asks, and draw it if asked; what was guessed of it goes to standard error."""
    if drawn is not None and drawn.suffix.lower() != ".svg":
        raise RangeError(f"{drawn} is no name of a picture that is written; accepted: one that ends in .svg")
    story = read_story(file, allow_outside=allow_outside)
    asked = only_scene(story, scene, midi.stem)
    recording = unswitched(from_first_frame(read_recording(midi), asked.pickup), find_library(library or asked.library or ANY))
    for said in _remarks(recording, asked):
        typer.echo(f"{midi.name}: {said}", err=True)
    report = measure(replace(recording, end_tick=recording.tempo.tick(asked.length)), asked, story)
    if drawn is not None:
        title = " ".join(filter(None, (asked.id, asked.title, f"({midi.name})")))
        write_whole(drawn, picture(report, title).encode())
        typer.echo(f"{drawn}: asked and heard over time", err=True)
    if as_json:
        about = {"midi": midi.name, "scene": asked.id, "score": score(report).total}
        typer.echo(json.dumps(about | report.as_json(), ensure_ascii=False, indent=1, allow_nan=False))
        return
    show_table(("what", "where", "measured", "as it should be"), list(_rows(report)))


def _remarks(recording: Recording, scene: Scene) -> Iterator[str]:
    """Yield what had to be guessed, and where the file and the scene do not fit."""
    for part in recording.parts:
        if not part.instrument and not part.drums:
            yield f"part {part.name!r} names no instrument and has no program: its range is not checked"
    last = max((int(part.notes["end_tick"].max()) for part in recording.parts if part.notes.size), default=0)
    over = float(recording.tempo.seconds(last) - scene.length)
    if over > _SLACK:
        yield f"the music goes on for {over:.1f} s after the end of scene {scene.id}; it is measured up to there"
    if over < -float(scene.length) / 2:
        yield f"the music ends {-over:.1f} s before the end of scene {scene.id}"


def _rows(report: Report) -> Iterator[tuple[str, str, str, str]]:
    marks = score(report)
    yield "score", "", f"{marks.total:.2f}", "0 to 1"
    for mark in fields(marks):
        yield f"score: {mark.name}", "", f"{getattr(marks, mark.name):.2f}", "0 to 1"
    yield "tension", "", f"{report.tension:+.2f}", "rank correlation with the arc, -1 to 1"
    yield "arousal", "", f"{report.arousal:+.2f}", "rank correlation with the arc, -1 to 1"
    yield "valence", "", f"{report.valence:+.2f}", f"asked {report.valence_asked:+.2f}"
    yield from map(_hit, report.hits)
    yield from map(_theme, report.themes)
    for fault in report.faults:
        yield "unplayable", f"{fault.seconds:.2f} s", f"{fault.part}: {fault.what}", ""
    yield "loudness range", "", f"{report.dynamic_range_db:g} dB", ""
    yield "parts sounding", "", f"{report.parts_sounding:g}", ""
    yield "silent", "", f"{report.share_silent:.0%}", ""


def _hit(hit: HitHeard) -> tuple[str, str, str, str]:
    verdict = "heard" if hit.audible else "not heard"
    return (
        f"hit: {hit.do} {hit.what}".rstrip(),
        f"{hit.asked_seconds:.2f} s",
        f"{verdict}, {hit.off_ms:+.1f} ms, {hit.rise_db:+.1f} dB",
        "heard",
    )


def _theme(theme: ThemeHeard) -> tuple[str, str, str, str]:
    where = f"{theme.from_seconds:g}-{theme.to_seconds:g} s"
    if not theme.found:
        return f"theme: {theme.who}", where, "not found", theme.role
    changed = theme.transformation or "as it is"
    return f"theme: {theme.who}", where, f"{theme.found} times, best in {theme.part}: {changed}, likeness {theme.likeness:.2f}", theme.role
