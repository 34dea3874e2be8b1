"""Measure likeness on real melodies, and write the table in docs/likeness.md.

Themes are the first four bars (at most 24 notes, at least 5) of songs of the Essen collection, as music21's corpus ships it; the key
is estimated, since the collection notes no modes. Pairs are drawn at random among songs of different titles; folk songs wander, so some
of them are relatives all the same. Run it as::

    python scripts/calibrate_likeness.py --songs 60 --pairs 20000
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean, pstdev

from motifgen.chance import Chance
from motifgen.errors import MotifgenError
from motifgen.files.motif_scores import score_melodies
from motifgen.motif.key_finding import estimated_key
from motifgen.motif.likeness import Likeness, compared
from motifgen.motif.motif import Motif
from motifgen.motif.profile import Profile, profile
from motifgen.motif.transform.formal import Head
from motifgen.motif.transform.table import parse_transform

FLOOR = 0.5
PAGE = Path(__file__).parent.parent / "docs" / "likeness.md"
Theme = tuple[str, Motif]


def themes(songs: int, bars: int) -> Iterator[Theme]:
    """Yield title and opening of so many songs of each file of the collection, evenly spread."""
    from music21 import corpus  # noqa: PLC0415 - slow import

    for path in corpus.getComposer("essenFolksong"):
        if path.name.startswith(("test", "variant")):
            continue
        tunes = [
            tune for tune in re.split(r"\n(?=X:)", path.read_text(encoding="utf-8", errors="replace")) if tune.lstrip().startswith("X:")
        ]
        for tune in tunes[:: max(len(tunes) // songs, 1)][:songs]:
            title = re.search(r"T:\s*(.*)", tune)
            try:
                motif = opening(tune, bars)
            except MotifgenError:
                continue
            if title and len(motif.sounding()) >= 5:
                yield title[1].strip(), motif


def opening(tune: str, bars: int) -> Motif:
    """Return the first bars of a tune in ABC, in its estimated key."""
    melody = score_melodies(tune.encode(), "abc")[0]
    pickup = 1 if melody.bars[0].span.length < melody.bars[0].meter.bar else 0
    span = melody.bars[: bars + pickup]
    written = Head(24)(melody.motif((span[0].number, span[-1].number), None, None))
    weights: dict[int, float] = {}
    for _, length, pitch in written.sounding():
        weights[pitch.midi % 12] = weights.get(pitch.midi % 12, 0.0) + float(length)
    key = estimated_key(weights)
    notes = tuple(replace(note, degree=key.degree(written.key.pitch(note.degree)) if note.degree else None) for note in written)
    return written.having(notes=notes, key=key)


def half(motif: Motif) -> Motif:
    """Return the first half of the notes."""
    return Head(max((len(motif.sounding()) + 1) // 2, 1))(motif)


def other_mode(motif: Motif) -> Motif:
    """Return the motif in minor if it is major, in major if it is minor."""
    return parse_transform("major" if motif.key.mode.minor else "minor")(motif)


def rungs() -> list[tuple[str, Callable[[Motif], Motif]]]:
    """Return what is done to themes, in the order of the recognisability ladder."""
    texts = ("ornament passing 1/4", "ornament neighbor 1/4", "ornament grace 1/4", "ornament turn 1/4", "ornament trill 1/4",
             "ornament appoggiatura 1/4", "augment 2", "diminish 2")  # fmt: skip
    late = (
        "octave displacement",
        "expand 3/2",
        "compress 2",
        "head 5",
        "head 4",
        "invert",
        "invert real",
        "retrograde",
        "retrograde inversion",
    )
    return [
        ("transpose 5", parse_transform("transpose 5")),
        ("change of mode", other_mode),
        *((text, parse_transform(text)) for text in texts),
        ("truncation to a half", half),
        *((text, parse_transform(text)) for text in late),
    ]


def unrelated(found: list[Theme], profiles: list[Profile], pairs: int) -> list[float]:
    """Return the likeness of random pairs of different titles, in rising order."""
    chance, totals = Chance(0, "calibrate likeness"), []
    while len(totals) < pairs:
        a, b = chance.below(len(found)), chance.below(len(found))
        if found[a][0].casefold() != found[b][0].casefold():
            totals.append(compared(profiles[a], profiles[b]).total)
    return sorted(totals)


def changed(found: list[Theme], profiles: list[Profile], change: Callable[[Motif], Motif]) -> list[Likeness]:
    """Return how like each theme is to what becomes of it."""
    return [compared(mine, profile(change(motif))) for mine, (_, motif) in zip(profiles, found, strict=True)]


def row(name: str, parts: list[Likeness]) -> str:
    """Return a line of the table: total with spread, share at or above the floor, and the means of the parts."""
    totals = [each.total for each in parts]
    above = 100 * sum(total >= FLOOR for total in totals) / len(totals)
    means = (mean(getattr(each, part) for each in parts) for part in ("contour", "intervals", "rhythm", "harmony", "cover"))
    return f"| {name} | {mean(totals):.2f} ± {pstdev(totals):.2f} | {above:.1f} % | " + " | ".join(f"{each:.2f}" for each in means) + " |"


def page(found: list[Theme], pairs: int, bars: int) -> str:
    """Return the measured part of the page."""
    profiles = [profile(motif) for _, motif in found]
    totals = unrelated(found, profiles, pairs)
    passed = 100 * sum(total >= FLOOR for total in totals) / len(totals)
    at = {share: totals[min(int(share * len(totals)), len(totals) - 1)] for share in (0.5, 0.95, 0.99, 0.995)}
    lines = [
        f"{len(found)} themes of {bars} bars ({mean(len(each.points) for each in profiles):.1f} notes on average), {pairs} pairs.",
        "",
        (
            f"Unrelated pairs: mean {mean(totals):.3f}, median {at[0.5]:.2f}, p95 {at[0.95]:.2f}, "
            f"p99 {at[0.99]:.2f}, p99.5 {at[0.995]:.2f}, highest {totals[-1]:.2f}; **{passed:.2f} % reach the floor of 0.5**."
        ),
        "",
        "| done to the theme | likeness (mean ± sd) | at or above 0.5 | contour | intervals | rhythm | harmony | cover |",
        "|---|---|---|---|---|---|---|---|",
        *(
            row(name, [compared(mine, profile(change(motif))) for mine, (_, motif) in zip(profiles, found, strict=True)])
            for name, change in rungs()
        ),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, and put the figures between the marks of the page."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--songs", type=int, default=60, help="songs taken from each file of the collection")
    reader.add_argument("--pairs", type=int, default=20_000, help="random pairs of unrelated themes")
    reader.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    asked = reader.parse_args()
    parts = []
    for bars in (4, 2):
        found = list(themes(asked.songs, bars))
        parts.append(f"### Themes of {bars} bars\n\n{page(found, asked.pairs, bars)}")
    measured = "\n\n".join(parts)
    sys.stdout.write(measured + "\n")
    if asked.write:
        start, end = "<!-- measured -->", "<!-- end -->"
        text = PAGE.read_text(encoding="utf-8")
        head, rest = text.split(start)
        PAGE.write_text(f"{head}{start}\n{measured}\n{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
