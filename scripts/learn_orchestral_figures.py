"""Measure how orchestral scores spend their players, and set motifgen's own scenes beside them.

    python scripts/learn_orchestral_figures.py FOLDER > docs/data/orchestral_figures.csv
    python scripts/learn_orchestral_figures.py FOLDER --ours

FOLDER holds compressed MusicXML scores, with ``NAME_annotations.csv`` beside each that says who carries the main line (the OpenScore
Orchestra corpus with the Hauptstimme annotations has that form). Scores are cut into stretches of 64 bars, about as long as a scene of
three minutes; printed are the 5th, 50th and 95th percentile of every figure over all stretches, and no more than that: no score's notes.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

STRETCH = 64
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_FAMILIES = {
    "woodwind": ("flute", "picc", "oboe", "clarinet", "bassoon", "horn_english", "english horn", "cor anglais", "fl", "ob", "cl", "bsn"),
    "brass": ("horn", "trumpet", "trombone", "tuba", "hn", "tpt", "tbn"),
    "strings": ("violin", "viola", "cello", "bass", "vln", "vla", "vc", "cb"),
}
Bar = tuple[tuple[Fraction, Fraction, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A score as bars: part names, and for each part its bars of (onset in the bar, duration, MIDI key).

    ``leads`` names the family that carries the line in each bar, or nothing.
    """

    names: tuple[str, ...]
    parts: tuple[tuple[Bar, ...], ...]
    leads: tuple[str, ...]


def family(name: str) -> str:
    """Return the family of a part by its name; what is none of the three great families is ``other``."""
    plain = name.casefold()
    if "english horn" in plain or "cor anglais" in plain or "bass clarinet" in plain or "bassoon" in plain:
        return "woodwind"
    if "drum" in plain or "trombone" in plain:
        return "brass" if "trombone" in plain else "other"
    return next((key for key in ("woodwind", "brass", "strings") if any(word in plain for word in _FAMILIES[key])), "other")


def read(path: Path) -> Table:
    """Return a compressed MusicXML score as a table, in sounding pitch."""
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".xml") and not n.startswith("META-INF"))
        root = ET.fromstring(archive.read(name))  # noqa: S314 - the caller's own files
    names = tuple(part.findtext("part-name", "") for part in root.iter("score-part"))
    parts = tuple(tuple(_bars(part)) for part in root.findall("part"))
    return Table(names, parts, tuple(_leads(path, len(parts[0]))))


def _bars(part: ET.Element) -> Iterator[Bar]:
    divisions, shift = Fraction(1), 0
    for measure in part.findall("measure"):
        at, last, notes = Fraction(0), Fraction(0), []
        for item in measure:
            if item.tag == "attributes":
                divisions = Fraction(item.findtext("divisions", str(divisions)))
                moved = item.find("transpose")
                if moved is not None:
                    shift = int(moved.findtext("chromatic", "0")) + 12 * int(moved.findtext("octave-change", "0"))
            elif item.tag in {"backup", "forward"}:
                length = Fraction(item.findtext("duration", "0")) / divisions
                at += length if item.tag == "forward" else -length
            elif item.tag == "note" and item.find("grace") is None:
                length = Fraction(item.findtext("duration", "0")) / divisions
                onset = last if item.find("chord") is not None else at
                if item.find("chord") is None:
                    last, at = at, at + length
                pitch = item.find("pitch")
                if pitch is not None:
                    notes.append((onset, length, _key(pitch) + shift))
        yield tuple(sorted(set(notes)))


def _key(pitch: ET.Element) -> int:
    alter = round(float(pitch.findtext("alter", "0")))
    return 12 * (int(pitch.findtext("octave", "4")) + 1) + _STEPS[pitch.findtext("step", "C")] + alter


def _leads(path: Path, bars: int) -> Iterator[str]:
    """Return who leads in each bar, from the table beside the score."""
    with path.with_name(path.stem + "_annotations.csv").open(encoding="utf-8") as file:
        marks = sorted((int(float(row["measure"])), family(row["instrument"])) for row in csv.DictReader(file))
    now = ""
    for bar in range(1, bars + 1):
        for measure, lead in marks:
            if measure == bar:
                now = lead
        yield now


def stretches(table: Table) -> Iterator[Table]:
    """Cut a score into stretches of 64 bars; a shorter rest belongs to none."""
    for start in range(0, len(table.parts[0]) - STRETCH + 1, STRETCH):
        cut = slice(start, start + STRETCH)
        yield Table(table.names, tuple(part[cut] for part in table.parts), table.leads[cut])


def figures(table: Table) -> dict[str, float]:
    """Return the figures of a stretch; parts that never play in it are left out of the averages over parts."""
    playing = [part for part in table.parts if any(part)]
    bars = range(len(playing[0]))
    sounding = [sum(bool(part[bar]) for part in playing) for bar in bars]
    busy = [bar for bar in bars if sounding[bar]]
    keys = [[key for part in playing for _, _, key in part[bar]] for bar in busy]
    return {
        "share of bars a part rests": _mean(sum(not bar for bar in part) / len(part) for part in playing),
        "parts sounding at once, of those that play": _mean(sounding[bar] / len(playing) for bar in busy),
        "spread of that over bars (standard deviation)": statistics.pstdev(sounding[bar] / len(playing) for bar in busy),
        "length of an entry in bars": _mean(run for part in playing for run in _runs(part, full=True)),
        "length of a rest in bars": _mean(run for part in playing for run in _runs(part, full=False)),
        "distinct rhythms per bar played": _mean(len({_rhythm(bar) for bar in part if bar}) / sum(map(bool, part)) for part in playing),
        "literal repetition of the bar before": _repeated(playing),
        "bars doubled by another part": _doubled(playing, busy),
        "distinct strands at once": _mean(len({_content(part[bar]) for part in playing if part[bar]}) for bar in busy),
        "register spread in semitones": _mean(max(row) - min(row) for row in keys),
        "notes in a bar played": _mean(len(bar) for part in playing for bar in part if bar),
        "share of bars led by strings": _share(table.leads, "strings"),
        "share of bars led by woodwind": _share(table.leads, "woodwind"),
        "share of bars led by brass": _share(table.leads, "brass"),
        "bars before the lead changes family": _mean(_lead_runs(table.leads)),
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _runs(part: Sequence[Bar], *, full: bool) -> Iterator[int]:
    run = 0
    for bar in (*part, None):
        if bar is not None and bool(bar) == full:
            run += 1
        elif run:
            yield run
            run = 0


def _rhythm(bar: Bar) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((onset, duration) for onset, duration, _ in bar)


def _content(bar: Bar) -> tuple[tuple[Fraction, int], ...]:
    return tuple(sorted({(onset, key % 12) for onset, _, key in bar}))


def _repeated(parts: Sequence[Sequence[Bar]]) -> float:
    pairs = [bar == before for part in parts for before, bar in pairwise(part) if before and bar]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _doubled(parts: Sequence[Sequence[Bar]], bars: Iterable[int]) -> float:
    found: list[bool] = []
    for bar in bars:
        contents = Counter(_content(part[bar]) for part in parts if part[bar])
        found.extend(contents[_content(part[bar])] > 1 for part in parts if part[bar])
    return sum(found) / len(found) if found else 0.0


def _share(leads: Sequence[str], name: str) -> float:
    known = [lead for lead in leads if lead]
    return sum(lead == name for lead in known) / len(known) if known else 0.0


def _lead_runs(leads: Sequence[str]) -> Iterator[int]:
    run, last = 0, ""
    for lead in (*leads, ""):
        if lead == last and lead:
            run += 1
        else:
            if run:
                yield run
            run, last = 1 if lead else 0, lead


def spread(rows: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, float, float]]:
    """Return the 5th, 50th and 95th percentile of every figure."""
    found = {}
    for name in rows[0]:
        values = sorted(row[name] for row in rows)
        found[name] = tuple(values[round(share * (len(values) - 1))] for share in (0.05, 0.5, 0.95))
    return found  # type: ignore[return-value]


def ours(seeds: Iterable[int] = range(6)) -> list[dict[str, float]]:
    """Return the figures of our own scenes: three minutes for orchestra with a full arc, one a seed."""
    return [figures(table) for seed in seeds for table in [_composed(seed)]]


def _composed(seed: int) -> Table:
    from motifgen.compose.steps import Steps  # noqa: PLC0415 - only when asked to compose
    from motifgen.motif.notation import read as motif  # noqa: PLC0415 - as above
    from motifgen.story.arc import Arc  # noqa: PLC0415 - as above
    from motifgen.story.leitmotif import Character  # noqa: PLC0415 - as above
    from motifgen.story.scene import Cast, Hit, Scene  # noqa: PLC0415 - as above
    from motifgen.theory.time import Span  # noqa: PLC0415 - as above

    hero = Character("hero", motif("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", "D minor"))
    foe = Character("foe", motif("A3/q Bb3/e A3/e D4/q Eb4/q | D4/h r/h", "D minor"))
    length = Fraction(180)
    arc = Arc.of((0, "calm"), (40, "unease"), (80, "determination"), (110, "terror"), (135, "battle"), (150, "grief"), (180, "peace"))
    cast = (Cast(hero, Span(Fraction(0), length)), Cast(foe, Span(Fraction(30), Fraction(150)), "lead"))
    hits = (Hit(Fraction(80), "accent"), Hit(Fraction(110), "stinger"), Hit(Fraction(135), "reveal", who="hero"))
    steps = Steps()
    scene = Scene(f"s{seed}", length, arc, cast=cast, hits=hits, seed=seed)
    scoring = steps.orchestrate(steps.weave(steps.harmonise(steps.plan(steps.spot(scene, None)))))
    return tabled(scoring)


def tabled(scoring) -> Table:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a Scoring, imported only when asked
    """Return one of our scores as a table."""
    spotting = scoring.texture.harmony.plan.spotting
    bars = [bar for bar in spotting.bars if bar.start < spotting.end]
    pitched = [part for part in scoring.parts if not part.instrument.drums]
    parts = tuple(tuple(_cut(part.notes, bar.start, bar.end) for bar in bars) for part in pitched)
    leads: list[str] = []
    for bar in bars:
        singing = [
            (n.onset, -n.level, p.instrument.family)
            for p in pitched
            for n in p.notes
            if n.statement >= 0 and bar.start <= n.onset < bar.end
        ]
        leads.append(min(singing)[2] if singing else leads[-1] if leads else "")
    return Table(tuple(part.name for part in pitched), parts, tuple(leads))


def _cut(notes, start: Fraction, end: Fraction) -> Bar:  # type: ignore[no-untyped-def]  # noqa: ANN001 - ScoreNotes
    """Return what sounds in a bar as notation writes it: a note over the bar line is two, tied."""
    cut = ((max(n.onset, start), min(n.end, end), n.pitch.midi) for n in notes if n.onset < end and n.end > start)
    return tuple(sorted((onset - start, until - onset, key) for onset, until, key in cut))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ours", action="store_true", help="set motifgen's own scenes beside them")
    args = parser.parse_args()
    human = spread([figures(cut) for path in sorted(args.folder.glob("*.mxl")) for cut in stretches(read(path))])
    mine = spread(ours()) if args.ours else {}
    out = csv.writer(sys.stdout)
    out.writerow(["figure", "5 %", "median", "95 %", *(["ours", "inside"] if mine else [])])
    for name, (low, middle, high) in human.items():
        own = mine[name][1] if mine else 0.0
        beside = [f"{own:.3g}", "yes" if low <= own <= high else "no"] if mine else []
        out.writerow([name, f"{low:.3g}", f"{middle:.3g}", f"{high:.3g}", *beside])


if __name__ == "__main__":
    main()
