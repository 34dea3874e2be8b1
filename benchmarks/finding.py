"""Motifs searched in real scores: what is found against what was counted, and how long a search takes.

Run it as ``python benchmarks/finding.py``. The scores are those of music21's corpus; every place that is found or missed is printed with
``--places``. ``docs/finding.md`` says where the counts come from.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

import music21
import numpy as np

from motifgen.chance import Chance
from motifgen.files.score_lines import read_lines
from motifgen.measure.finding import Occurrence, find
from motifgen.motif.invention import invent
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.sketch.events import note_table
from motifgen.sketch.note_lines import NoteLine, NoteLines
from motifgen.sketch.tempo_map import TempoMap

CORPUS = Path(music21.__file__).parent / "corpus"
FIGURE = Motif.parse("F4/q. G4/s F4 E4/e F4", key="F major", meter="3/4")
SUBJECT = Motif.parse("G4/h~ | G4/e G4/e A4 G4 F4 E4 D4/q r/e F4/e G4 F4 E4 D4 C4/q", key="C major", meter="64/1")
ENTRIES = {
    "1st Violin": (31, 100, 108, 110, 138, 240),
    "2nd Violin": (11, 31, 92, 102, 108, 110, 142, 220, 222, 304),
    "Viola": (1, 102, 108, 210),
    "Cello": (21, 94, 108, 230, 232, 306),
}
"""Bars in which the subject of Beethoven's op. 59 no. 3, finale, enters: its figure, then the figure a step lower."""
ENTRY = 9
FIRST = "beethoven/opus18no1/movement1.mxl"
OTHERS = [*(f"beethoven/opus18no1/movement{n}.mxl" for n in (2, 3, 4)), *(f"haydn/opus74no1/movement{n}.mxl" for n in (1, 2, 3, 4))]
PLAIN = ("transpose", "mode")
PLANTED = ("hero", "love", "villain", "home", "journey", "mystery", "wonder", "loss")
DONE = (
    *("transpose 3", "transpose 2 degrees", "other mode", "invert", "retrograde", "augment 2", "augment 3/2", "diminish 2"),
    *(f"ornament {kind} 1/4" for kind in ("passing", "turn", "trill", "appoggiatura", "grace")),
    *("truncate 1", "head 5", "octave displacement", "dot", "syncopate"),
)
Row = tuple[int, int, int, int]


def figure() -> None:
    """Print how often the opening figure of op. 18 no. 1 is found in its own movement and in others."""
    print("Beethoven, op. 18 no. 1, the opening figure\n")
    print(f"{'movement':38}{'notes':>7}{'exact':>7}{'diatonic':>10}{'all':>6}")
    for name in (FIRST, *OTHERS):
        music = read_lines(CORPUS / name)
        exact, diatonic = (len(find(FIGURE, music, tolerance=0, transforms=kinds)) for kinds in (("transpose",), PLAIN))
        exact = sum("degrees" not in each.transformation for each in find(FIGURE, music, tolerance=0, transforms=("transpose",)))
        print(f"{name.removesuffix('.mxl'):38}{music.size:>7}{exact:>7}{diatonic:>10}{len(find(FIGURE, music)):>6}")


def fugue(*, places: bool) -> None:
    """Print precision and recall for the subject of op. 59 no. 3, finale."""
    music = read_lines(CORPUS / "beethoven/opus59no3/movement4.mxl")
    entries = [each for each in find(SUBJECT, music) if len(each.notes) >= ENTRY]
    wanted = {(part, bar) for part, bars in ENTRIES.items() for bar in bars}
    right = {(each.part, each.bar) for each in entries} & wanted
    print("\nBeethoven, op. 59 no. 3, finale: entries of the subject")
    print(f"counted {len(wanted)}, found {len(entries)}; precision {len(right) / len(entries):.2f}, recall {len(right) / len(wanted):.2f}")
    if places:
        print(*(_line(each) for each in entries), sep="\n")
        print("missed:", *sorted(wanted - right))


def _line(each: Occurrence) -> str:
    return f"  {each.part} {each.bar}:{each.beat:g} {each.transformation or 'as it is'} ({len(each.notes)} notes, {each.altered} altered)"


def strangers() -> None:
    """Print what is found of each theme in music that does not have it: false by what it is."""
    print("\nBoth themes in four movements of Haydn's op. 74 no. 1: found by chance, whole and in part")
    for name, theme in (("figure", FIGURE), ("subject", SUBJECT)):
        found = [each for path in OTHERS[3:] for each in find(theme, read_lines(CORPUS / path))]
        whole = [each for each in found if not any(step.split()[0] in {"head", "tail", "range"} for step in each.steps)]
        notes = sum(read_lines(CORPUS / path).size for path in OTHERS[3:])
        print(
            f"{name:10}{notes:>7} notes{len(whole):>5} whole, {sum('ornament' in each.steps for each in whole)} of them ornamented", end=""
        )
        print(f"{len(found) - len(whole):>5} fragments")


def played() -> None:
    """Print how often the figure is found when every note is moved at random."""
    print("\nThe figure in the first movement and in the seven others, notes moved by a standard deviation of")
    draw = np.random.default_rng(3)
    for spread in (16, 40):
        found = [
            len(find(FIGURE, _uneven(read_lines(CORPUS / path), spread, draw), tolerance=0, transforms=PLAIN)) for path in (FIRST, *OTHERS)
        ]
        print(f"{spread:>3} ticks of 960: {found[0]} and {sum(found[1:])}")


def _uneven(music: NoteLines, spread: int, draw: np.random.Generator) -> NoteLines:
    lines = []
    for line in music.lines:
        rows = np.array([list(note) for note in line.notes.tolist()], dtype=np.int64)
        rows[:, :2] += np.round(draw.normal(0, spread, (len(rows), 1))).astype(np.int64)
        lines.append(NoteLine(line.part, note_table(rows)))
    return NoteLines(music.title, music.tempo, music.bars, tuple(lines))


def planted() -> None:
    """Print how many of eight invented themes are found again where they were put into a movement, after what was done to them.

    *Alone* has them in a part of their own between other notes, *within* among the notes of the first violin. Found is what has six of
    ten of their notes at their places.
    """
    bed, chance = read_lines(CORPUS / OTHERS[4]), Chance(1, "planted")
    themes = [invent(archetype=name, name="planted", meter="4/4").motif for name in PLANTED]
    print(
        f"\n{len(themes)} invented themes in {OTHERS[4]}: {sum(len(find(theme, bed)) for theme in themes)} found before they were put there"
    )
    print(f"{'put there after':28}{'alone':>8}{'within':>8}")
    for text in DONE:
        found = [0, 0]
        for theme in themes:
            variant = parse_transform(("major" if theme.key.mode.minor else "minor") if text == "other mode" else text)(theme)
            at = 3840 * chance.below(200)
            rows = [
                (at + round(begin * 960), at + round((begin + length) * 960), pitch.midi, 80) for begin, length, pitch in variant.sounding()
            ]
            for number, music in enumerate((_beside(bed, rows, chance), _within(bed, rows))):
                found[number] += _is_there(find(theme, music), rows, bed, len(theme.sounding()))
        print(f"{text:28}{found[0]:>8}{found[1]:>8}")


def _beside(bed: NoteLines, rows: list[Row], chance: Chance) -> NoteLines:
    """Return a movement with another part: eight notes at random, the rows, eight more."""
    begin, end = rows[0][0], rows[-1][1]
    before = [(begin - 960 * n, begin - 960 * (n - 1), 67 + chance.below(8), 80) for n in range(8, 0, -1) if begin >= 960 * n]
    after = [(end + 480 * n, end + 480 * (n + 1), 62 + chance.below(8), 80) for n in range(8)]
    line = NoteLine("Planted", note_table(np.array([*before, *rows, *after], dtype=np.int64)))
    return NoteLines(bed.title, bed.tempo, bed.bars, (*bed.lines, line))


def _within(bed: NoteLines, rows: list[Row]) -> NoteLines:
    """Return a movement with the rows among the notes of its first part."""
    first = bed.lines[0]
    together = np.array([*(list(note) for note in first.notes.tolist()), *rows], dtype=np.int64)
    line = NoteLine(first.part, note_table(together[np.argsort(together[:, 0], kind="stable")]))
    return NoteLines(bed.title, bed.tempo, bed.bars, (line, *bed.lines[1:]))


def _is_there(found: tuple[Occurrence, ...], rows: list[Row], bed: NoteLines, notes: int) -> bool:
    """Tell whether an occurrence has six of ten of the notes that were put there, or of the theme's where it has fewer."""
    places = {(round(float(bed.tempo.seconds(row[0])), 3), row[2]) for row in rows}
    least = 0.6 * min(notes, len(rows))
    return any(sum((round(at, 3), pitch) in places for at, pitch in each.notes) >= least for each in found)


def speed() -> None:
    """Print how long a search of 100,000 notes under all transformations takes, best of three."""
    print("\n100,000 notes, one motif, all transformations: seconds of processor time")
    draw = np.random.default_rng(1)
    for name, steps, moves in (("one voice", (240, 480, 960), 0), ("even scales", (480,), 1), ("chords", (0, 0, 240, 480), 0)):
        onset = np.cumsum(draw.choice(steps, 100_000))
        pitch = 60 + (np.cumsum(draw.choice((-2, -1, 1, 2), 100_000)) % 24 if moves else draw.integers(-12, 13, 100_000))
        rows = np.stack([onset, onset + 240, pitch, np.full(100_000, 80)], axis=1)
        music = NoteLines("", TempoMap(((0, 500_000),)), (), (NoteLine("Part", note_table(rows)),))
        print(f"{name:14}{min(_timed(music) for _ in range(3)):.2f}")


def _timed(music: NoteLines) -> float:
    begun = process_time()
    find(SUBJECT, music)
    return process_time() - begun


def main() -> None:
    """Print everything."""
    figure()
    fugue(places="--places" in sys.argv)
    strangers()
    played()
    planted()
    speed()


if __name__ == "__main__":
    main()
