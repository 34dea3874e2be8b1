"""What a line must be whatever is drawn: singable, with one interval to remember, and coming to rest."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean

import pytest

from motifgen.motif.invention import Invented, archetypes, invent
from motifgen.motif.notation import read, write

SUNG = ("hero", "love", "loss", "home", "journey", "lament", "chant", "wonder")


def made(archetype: str, count: int = 12) -> list[Invented]:
    return [invent(archetype=archetype, name=f"line {number}") for number in range(count)]


def moves(one: Invented) -> list[int]:
    return [b[2].midi - a[2].midi for a, b in pairwise(one.motif.sounding())]


@pytest.mark.parametrize("archetype", sorted(archetypes()))
def test_it_is_singable(archetype: str) -> None:
    for one in made(archetype):
        pitches = [pitch.midi for _, _, pitch in one.motif.sounding()]
        assert min(pitches) >= 53
        assert max(pitches) <= 81
        assert max(pitches) - min(pitches) <= 17
        assert all(abs(move) <= 12 for move in moves(one))


@pytest.mark.parametrize("archetype", SUNG)
def test_leaps_are_taken_back(archetype: str) -> None:
    """Most leaps of a fourth or more are followed by a turn (von Hippel and Huron, 2000: about seven in ten)."""
    pairs = [(a, b) for one in made(archetype) for a, b in pairwise(moves(one)) if abs(a) >= 5]
    if len(pairs) >= 6:
        assert fmean(a * b <= 0 for a, b in pairs) >= 0.6


@pytest.mark.parametrize("archetype", sorted(archetypes()))
def test_the_salient_interval_is_there_and_the_reason_names_it(archetype: str) -> None:
    for one in made(archetype, 6):
        assert one.salient in moves(one)
        assert f"({archetype}" in f"({one.reason}"
        assert "to remember it by" in one.reason


@pytest.mark.parametrize("archetype", SUNG)
def test_it_comes_to_rest_on_a_note_of_its_harmony(archetype: str) -> None:
    for one in made(archetype, 8):
        chord = next(note.chord for note in reversed(one.motif.notes) if note.chord)
        names = {name.semitone for name in chord.within(one.motif.key).names}
        assert one.motif.key.name(one.goal).semitone in names


def test_the_rhythm_comes_back() -> None:
    """Listeners remember what is repeated: in most motifs some group of the bar says again what an earlier one said."""

    def repeats(one: Invented) -> bool:
        lengths = [note.duration for note in one.motif.notes]
        return any(lengths[a : a + 2] == lengths[b : b + 2] for a in range(len(lengths) - 3) for b in range(a + 2, len(lengths) - 1))

    found = [repeats(one) for archetype in SUNG for one in made(archetype, 8)]
    assert fmean(found) > 0.75


@pytest.mark.parametrize("archetype", sorted(archetypes()))
def test_it_can_be_written_and_read_again(archetype: str) -> None:
    for one in made(archetype, 4):
        assert read(write(one.motif), one.motif.key, one.motif.meter) == one.motif


def test_two_characters_of_one_archetype_differ_in_rhythm_or_contour() -> None:
    for archetype in sorted(archetypes()):
        seen = {
            (tuple(note.duration for note in one.motif.notes), tuple((m > 0) - (m < 0) for m in moves(one))) for one in made(archetype, 12)
        }
        assert len(seen) == 12
