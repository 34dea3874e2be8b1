"""Sound now, and what of all that makes sound is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import typer

from motifgen.cli.vocabulary import show_table
from motifgen.errors import RangeError
from motifgen.files.audio import Sound, find_soundfont, render
from motifgen.files.audio_play import findings, play
from motifgen.files.midi_port import find_port, open_port, send
from motifgen.files.midi_recording import read_recording
from motifgen.files.pages import ENGRAVERS, found
from motifgen.files.scene_file import read_story
from motifgen.sketch.recording import Recording
from motifgen.story.timecode import FrameRate, Timecode, parse_time
from motifgen.takes import chosen_scenes, compose

_MIDI = (".mid", ".midi")


def play_file(file: Path, scenes: Sequence[str], soundfont: str, *, allow_outside: bool) -> None:
    """Play the scenes of a scene arc file one after the other, or a MIDI file; say of each what plays it."""
    find_soundfont(soundfont)
    for name, recording in _recordings(file, scenes, allow_outside=allow_outside):
        play_recording(name, recording, soundfont)


def send_file(  # noqa: PLR0913 - the options of the command
    file: Path, scenes: Sequence[str], port: str, *, clock: bool = False, start: str = "0", allow_outside: bool
) -> None:
    """Send the scenes of a scene arc file, or a MIDI file, to a MIDI port in their own time, each from the same second on."""
    name = find_port(port)
    second = parse_time(start, Timecode(), FrameRate())
    for each, recording in _recordings(file, scenes, allow_outside=allow_outside):
        with open_port(name) as opened:
            send(recording, opened, clock=clock, start=_tick(each, recording, second))
        typer.echo(f"{each}: sent to {name}")


def _tick(name: str, recording: Recording, second: Fraction) -> int:
    length = recording.tempo.seconds(recording.end_tick)
    if second >= length:
        raise RangeError(f"--from {float(second):g} s is after the end of {name} ({float(length):g} s)")
    return recording.tempo.tick(second)


def play_recording(name: str, recording: Recording, soundfont: str = "") -> None:
    """Play a recording to its end, and say in a line what made the sound."""
    sound: Sound = render(recording, soundfont=soundfont)
    player = play(sound)
    typer.echo(f"{name}: {len(sound.samples) / sound.rate:.1f} s by {sound.engine}, through {player}")


def show_findings() -> None:
    """Print what was found on this machine, and how to get what was not."""
    rows = [(each.name, each.purpose, each.where or "not found", "" if each.where else each.get) for each in findings()]
    drawn = found()
    rows += [
        (name, "engraves the score's pages", drawn.get(name, "not found"), "" if name in drawn else way) for name, way in ENGRAVERS.items()
    ]
    show_table(("what", "what for", "found", "how to get it"), rows)


def _recordings(file: Path, scenes: Sequence[str], *, allow_outside: bool) -> Iterator[tuple[str, Recording]]:
    if file.suffix.lower() in _MIDI:
        yield file.name, read_recording(file)
        return
    story = read_story(file, allow_outside=allow_outside)
    for scene in chosen_scenes(story, scenes):
        yield scene.id, compose(scene, story).recording
