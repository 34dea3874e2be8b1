from __future__ import annotations

import pytest

from motifgen.errors import RangeError, UnknownNameError
from motifgen.motif.invention import archetype_named, archetypes, invent
from motifgen.theory.pitch import Pitch


@pytest.mark.parametrize("archetype", sorted(archetypes()))
def test_bars_add_up_and_notes_stay_within_the_archetype(archetype: str) -> None:
    row = archetypes()[archetype]
    for number in range(6):
        motif = invent(archetype=archetype, name=f"one {number}").motif
        assert (motif.duration - motif.pickup) % motif.meter.bar == 0
        assert row.notes[0] <= len(motif.sounding()) <= row.notes[1] + 2  # four bars of three have two more


def test_the_same_name_gets_the_same_motif_and_another_name_another() -> None:
    assert invent(["brave"], name="mara") == invent(["brave"], name="mara")
    assert invent(["brave"], name="mara").motif != invent(["brave"], name="tom").motif
    assert invent(["brave"], name="mara").motif != invent(["brave"], name="mara", seed=1).motif


@pytest.mark.parametrize("notes", [(1, 1), (2, 4), (3, 3), (12, 16), (20, 24)])
def test_the_number_of_notes_is_kept(notes: tuple[int, int]) -> None:
    for meter in ("4/4", "3/4", "7/8", "6/8", "3/2"):
        motif = invent(archetype="menace", notes=notes, meter=meter).motif
        assert notes[0] <= len(motif.sounding()) <= notes[1]
        assert (motif.duration - motif.pickup) % motif.meter.bar == 0


def test_a_compass_is_kept() -> None:
    low, high = Pitch.parse("G3"), Pitch.parse("G4")
    for number in range(5):
        for _, _, pitch in invent(archetype="hero", compass=(low, high), key="C major", name=str(number)).motif.sounding():
            assert low.midi <= pitch.midi <= high.midi


def test_key_mode_and_meter_are_kept() -> None:
    assert str(invent(["calm"], key="F# dorian").motif.key) == "F# dorian"
    assert invent(["calm"], mode="phrygian").motif.key.mode.name == "phrygian"
    assert str(invent(["calm"], meter="5/4").motif.meter) == "5/4"


def test_traits_choose_the_archetype() -> None:
    assert invent(["brave", "lonely"]).archetype == "hero"
    assert invent(["menace"]).archetype == "menace"
    assert invent(["romance"]).archetype == "love"
    assert archetype_named("Antagonist").name == "villain"


def test_what_cannot_be_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="unknown archetype 'heroo'; did you mean 'hero'"):
        invent(archetype="heroo")
    with pytest.raises(UnknownNameError, match="unknown emotion word 'bravve'"):
        invent(["bravve"])
    with pytest.raises(RangeError, match="5 to 2 notes"):
        invent(notes=(5, 2))
    with pytest.raises(RangeError, match="compass C5 to C4"):
        invent(compass=(Pitch.parse("C5"), Pitch.parse("C4")))


def test_phrases_are_even() -> None:
    for notes in ((3, 4), (6, 7), (12, 14), (18, 20), (30, 32)):
        motif = invent(archetype="home", meter="3/4", notes=notes).motif
        assert (motif.duration - motif.pickup) / motif.meter.bar in {1, 2, 4, 6, 8, 12, 16}


def test_a_mode_carries_the_chords_that_it_gets() -> None:
    """A dorian sixth degree has no major seventh of its own, a lydian fourth degree only a diminished triad: neither is written."""
    for number in range(8):
        for mode in ("dorian", "lydian", "mixolydian"):
            motif = invent(archetype="love", mode=mode, name=str(number)).motif
            assert all(note.chord.quality != "dim" for note in motif.notes if note.chord)
