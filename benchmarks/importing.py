"""What programs make of our MIDI files: those that are installed here open them, and what they hold afterwards is counted.

    python benchmarks/importing.py [FILE.yaml ...]

Without files, the examples. MuseScore (3 or 4) imports each file and writes it as MusicXML: parts that kept their names, bars, metronome
marks. FluidSynth plays it: whether it comes to an end at the right second. pretty_midi and symusic read it: notes. Ours are beside them.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from motifgen import compose, read_story
from motifgen.files.audio import render
from motifgen.files.midi import write_midi
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene

ROOT = Path(__file__).parent.parent
MUSESCORE = ("mscore4portable", "mscore4", "musescore4", "mscore", "musescore3", "mscore3")


def by_musescore(program: str, recording: Recording) -> str:
    """Return what MuseScore holds after it has opened a recording's MIDI file."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "scene.mid", Path(folder) / "scene.musicxml"
        source.write_bytes(write_midi(recording))
        quiet = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        subprocess.run([program, "-o", str(out), str(source)], capture_output=True, check=True, timeout=300, env=quiet)  # noqa: S603 - no shell
        text = out.read_text(encoding="utf-8")
    names = re.findall(r"<part-name>([^<]*)", text)
    kept = sum(any(name.split(", ")[-1] == part.name for name in names) for part in recording.parts)
    bars, tempi = text.split("</part>")[0].count("<measure "), text.count("<sound tempo")
    written = (len(recording.parts), len(recording.bars), len(recording.tempo.steps))
    rows = zip((kept, bars, tempi), written, ("parts by name", "bars", "tempi"), strict=True)
    return ", ".join(f"{held} of {count} {what}" for held, count, what in rows)


def by_readers(recording: Recording) -> str:
    """Return how many notes other readers find, and how many are written."""
    from pretty_midi import PrettyMIDI  # noqa: PLC0415 - one of several readers
    from symusic import Score  # noqa: PLC0415 - as above

    data = write_midi(recording, guide=False)
    pretty = sum(len(each.notes) for each in PrettyMIDI(io.BytesIO(data), charset="utf-8").instruments)
    other = sum(len(track.notes) for track in Score.from_midi(data).tracks)
    return f"pretty_midi {pretty}, symusic {other} of {sum(len(part.notes) for part in recording.parts)} notes"


def main() -> None:
    """Print what each program holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path, default=sorted(ROOT.glob("examples/*/*.yaml")))
    program = next((found for name in MUSESCORE if (found := shutil.which(name))), "")
    for file in parser.parse_args().files:
        story = read_story(file)
        for scene in [each for each in story.scenes if isinstance(each, Scene)]:
            recording = compose(scene, story).recording
            print(f"{file.stem} {scene.id}: {by_readers(recording)}")
            if program:
                print(f"  {Path(program).name}: {by_musescore(program, recording)}")
            if shutil.which("fluidsynth"):
                sound = render(recording, engine="fluidsynth")
                print(f"  fluidsynth: {len(sound.samples) / sound.rate:.1f} s, tail kept, of a scene of {float(scene.length):g} s")


if __name__ == "__main__":
    main()
