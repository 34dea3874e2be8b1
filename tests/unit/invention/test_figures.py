"""Invented motifs beside real themes: the figures of `leitmotif` research per role, and whether archetypes can be told apart."""

from __future__ import annotations

from functools import cache
from statistics import fmean, median, pstdev

import pytest

from motifgen.motif.invention import archetypes, invent
from motifgen.motif.statistics import INTERVALS, Figures, figures

# Medians and shares over 66 published film themes, per role: notes and range of the first two bars, share that begin before the
# bar line, that are minor or have no key, that call (an upward fourth, fifth or octave early on), and of each class of interval in the
# order of INTERVALS (sevenths were not counted).
ROLES = {
    "heroic": (8.0, 9.0, 0.43, 0.43, 0.43, (0.10, 0.47, 0.15, 0.11, 0.012, 0.07, 0.03, None, 0.03)),
    "villain": (7.0, 5.0, 0.10, 1.00, 0.10, (0.15, 0.47, 0.24, 0.025, 0.020, 0.036, 0.014, None, 0.03)),
    "love": (8.5, 11.5, 0.75, 0.33, 0.42, (0.08, 0.47, 0.16, 0.10, 0.012, 0.06, 0.07, None, 0.02)),
    "mystery": (8.0, 7.0, 0.08, 1.00, 0.31, (0.12, 0.32, 0.25, 0.06, 0.080, 0.06, 0.06, None, 0.03)),
    "comic": (12.5, 8.0, 0.83, 0.00, 0.33, (0.20, 0.31, 0.20, 0.04, 0.028, 0.14, 0.06, None, 0.03)),
}
NOTES_IN_TWO_BARS = (5.8, 10.3)  # the middle half of all 66 themes
NPVI = (30.0, 67.0)
OF_A_ROLE = sorted(name for name, row in archetypes().items() if row.role in ROLES)
COUNTS = (24, pytest.param(100, marks=pytest.mark.nightly))


@cache
def population(archetype: str, count: int) -> tuple[Figures, ...]:
    return tuple(figures(invent(archetype=archetype, name=f"motif {number}", seed=11).motif) for number in range(count))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("archetype", OF_A_ROLE)
def test_motifs_lie_within_the_spread_of_real_themes(archetype: str, count: int) -> None:
    found, chance = population(archetype, count), 0.5 / count**0.5
    notes, spread, pickups, minor, calls, _ = ROLES[archetypes()[archetype].role]
    assert abs(median(one.notes_in_two_bars for one in found) - notes) <= 2
    assert sum(NOTES_IN_TWO_BARS[0] - 2 <= one.notes_in_two_bars <= NOTES_IN_TWO_BARS[1] + 4 for one in found) >= 0.8 * count
    assert abs(median(one.range_in_two_bars for one in found) - spread) <= 2
    assert abs(fmean(one.pickup for one in found) - pickups) <= 0.12 + chance
    assert abs(fmean(one.minor for one in found) - minor) <= 0.25 + chance
    assert abs(fmean(one.calls for one in found) - calls) <= 0.12 + chance
    assert NPVI[0] - 8 <= median(one.npvi for one in found) <= NPVI[1] + 5


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("archetype", OF_A_ROLE)
def test_the_shares_of_intervals_are_those_of_real_themes(archetype: str, count: int) -> None:
    shares = ROLES[archetypes()[archetype].role][5]
    for interval, published in zip(INTERVALS, shares, strict=True):
        if published is not None:
            share = fmean(one.share(interval) for one in population(archetype, count))
            assert abs(share - published) <= 0.1 + 0.15 / count**0.5, (interval, share, published)


@pytest.mark.parametrize("count", COUNTS)
def test_what_sets_a_role_apart_sets_it_apart_here(count: int) -> None:
    def mean(archetype: str, interval: str) -> float:
        return fmean(one.share(interval) for one in population(archetype, count))

    hero, villain, love = (population(name, count) for name in ("hero", "villain", "love"))
    assert fmean(one.calls for one in hero) > 4 * fmean(one.calls for one in villain)
    assert mean("mystery", "tritone") > 3 * max(mean(name, "tritone") for name in ("hero", "love", "comic", "home"))
    assert median(one.largest_rise for one in love) > median(one.largest_rise for one in villain)
    assert mean("love", "sixth") > 2 * mean("villain", "sixth")
    assert fmean(one.semitones for one in villain) > fmean(one.semitones for one in love) + 0.05


@pytest.mark.parametrize("count", COUNTS)
def test_archetypes_are_told_apart_by_their_figures(count: int) -> None:
    """Learn the mean figures from two thirds of the motifs, and name the others by the nearest mean."""
    learned = 2 * count // 3
    known = {name: [one.numbers for one in population(name, count)] for name in archetypes()}
    scale = [pstdev(column) or 1.0 for column in zip(*(vector for vectors in known.values() for vector in vectors), strict=True)]
    centers = {name: [fmean(column) for column in zip(*vectors[:learned], strict=True)] for name, vectors in known.items()}
    named = [name == _nearest(vector, centers, scale) for name, vectors in known.items() for vector in vectors[learned:]]
    assert fmean(named) >= 8 / len(known)  # eight times what guessing would reach


def _nearest(vector: tuple[float, ...], centers: dict[str, list[float]], scale: list[float]) -> str:
    def distance(name: str) -> float:
        return sum(((a - b) / s) ** 2 for a, b, s in zip(vector, centers[name], scale, strict=True))

    return min(sorted(centers), key=distance)
