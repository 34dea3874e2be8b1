"""What the written score costs, and how it reads.

    python benchmarks/score.py [--films FILE ...]

- processor seconds to lay out and write a 3-minute score of more than thirty parts as MusicXML, full and short;
- over films (those of ``tests/scenes`` and ``examples``): ledger lines a note with clefs that change and with each part's own clef alone,
  changes of clef, notes on more than four ledger lines, short rests and second voices, tempo marks, staves of the short score and notes of
  its largest chord.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from timing import processor_seconds

from motifgen import compose, read_story
from motifgen.files.musicxml import write_musicxml, write_short_musicxml
from motifgen.files.notation import Sheet, Staff, full_score, short_score
from motifgen.files.notation.clefs import ledger_lines, runs
from motifgen.files.notation.signatures import head
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene

HERE = Path(__file__).parent
FILMS = (*sorted((HERE.parent / "tests" / "scenes").glob("*.yaml")), *sorted((HERE.parent / "examples").glob("*/*.yaml")))


def recordings(files: Iterable[Path]) -> list[Recording]:
    """Return every composed scene of files."""
    stories = [read_story(path) for path in files]
    return [compose(scene, story).recording for story in stories for scene in story.scenes if isinstance(scene, Scene)]


def ledgers(staff: Staff, sheet: Sheet, clefs: Sequence[str]) -> list[int]:
    """Return the ledger lines of every note of a staff under clefs."""
    found = []
    for number, bar in enumerate(sheet.bars):
        steps = [head(note.pitch, staff.shifts[number]).steps for note in staff.notes if bar.start <= note.onset < bar.end]
        found += [ledger_lines(step, clefs[number]) for step in steps]
    return found


def reading(sheets: Sequence[tuple[Sheet, Sheet]]) -> None:
    """Print how full and short scores read."""
    staves = [(staff, full) for full, _ in sheets for staff in full.staves if not staff.drums]
    changing = [count for staff, full in staves for count in ledgers(staff, full, staff.clefs)]
    homes = {False: "treble", True: "bass"}
    usual = [count for staff, full in staves for count in ledgers(staff, full, (_home(staff, full, homes),) * len(full.bars))]
    print(f"{len(sheets)} scenes, {len(staves)} pitched staves, {len(changing)} notes")
    print(f"  ledger lines a note: {sum(changing) / len(changing):.2f}; without changes of clef {sum(usual) / len(usual):.2f}")
    print(f"  notes on more than four: {sum(n > 4 for n in changing)}; without {sum(n > 4 for n in usual)}")
    print(f"  changes of clef or octave sign: {sum(len(runs(staff.clefs)) - 1 for staff, _ in staves)}")
    print(f"  slurs {sum(len(s.slurs) for s, _ in staves)}, hairpins {sum(len(s.hairpins) for s, _ in staves)}, "
          f"dynamics {sum(len(s.dynamics) for s, _ in staves)}, breaths {sum(len(s.breaths) for s, _ in staves)}")  # fmt: skip
    plain(sheets, len(changing))
    voices = [voice for _, short in sheets for staff in short.staves for bar in staff.voices for voice in bar]
    chords = [len(sound.notes) for voice in voices for sound in voice]
    print(f"  short scores: {max(len(short.staves) for _, short in sheets)} staves at most, {max(chords)} notes in the largest chord")


def plain(sheets: Sequence[tuple[Sheet, Sheet]], notes: int) -> None:
    """Print how plain the values are, and what stands over the system."""
    bars = [bar for full, _ in sheets for staff in full.staves if not staff.drums for bar in staff.voices if bar]
    rests = [sound.duration for bar in bars for voice in bar for sound in voice if not sound.notes]
    short, tiny = sum(each <= Fraction(1, 4) for each in rests), sum(each <= Fraction(1, 8) for each in rests)
    print(f"  rests of a sixteenth or less, for a hundred notes: {100 * short / notes:.2f}; of a thirty-second: {100 * tiny / notes:.2f}")
    print(f"  bars with two voices on a staff: {100 * sum(len(bar) > 1 for bar in bars) / len(bars):.1f} %")
    words = [text for full, _ in sheets for text in full.texts if text.kind == "tempo"]
    marks = sum(len(full.tempi) for full, _ in sheets)
    print(f"  metronome marks a scene: {marks / len(sheets):.1f}; words between them: {len(words) / len(sheets):.1f}")
    spoken = [text for full, _ in sheets for text in full.texts if text.kind == "hit"]
    print(f"  letters in the longest hit: {max((len(text.text) for text in spoken), default=0)}, timecode and all")


def _home(staff: Staff, full: Sheet, homes: dict[bool, str]) -> str:
    from motifgen.files.notation.clefs import customs  # noqa: PLC0415 - only asked here

    twin = [other for other in full.staves if other.part == staff.part]
    return homes[twin.index(staff) > 0] if len(twin) > 1 else customs()[staff.instrument].clefs[0]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", nargs="*", type=Path, default=FILMS)
    asked = parser.parse_args()
    (long,) = recordings([HERE / "three_minutes.yaml"])
    write_musicxml(long)
    notes = sum(len(part.notes) for part in long.score.parts)
    print(f"3 minutes, {len(long.score.parts)} parts, {notes} notes, seconds of one processor:")
    laid, written = processor_seconds(lambda: full_score(long.score)), processor_seconds(lambda: write_musicxml(long))
    print(f"  laid out {laid:.2f}, as MusicXML {written:.2f}")
    print(f"  short score as MusicXML {processor_seconds(lambda: write_short_musicxml(long)):.2f}")
    reading([(full_score(each.score), short_score(each.score)) for each in recordings(asked.films)])


if __name__ == "__main__":
    main()
