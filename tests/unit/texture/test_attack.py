"""Chords in loud passages: struck in the theme's rhythm, and choirs with work of their own."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from desk_scenes import harmony_of
from motifgen import Arc, Cast, Character, Hit, Scene, compose
from motifgen.compose.texture.attack import accents, attacked, loud, manner
from motifgen.compose.texture.choirs import choirs
from motifgen.compose.texture.loom import Loom, survey
from motifgen.compose.texture.pads import led_apart

STYLES = ("orchestral", "epic", "action", "western")


@cache
def surveyed(style: str) -> Loom:
    return survey(harmony_of(style))


@pytest.mark.parametrize("style", STYLES)
def test_chords_are_held_where_the_music_rests_and_change_their_manner_where_it_is_loud(style: str) -> None:
    loom = surveyed(style)
    ways = [(loud(moment), manner(loom, index)) for index, moment in enumerate(loom.moments)]
    assert all(way == "held" for active, way in ways if not active)
    assert len({way for active, way in ways if active}) >= 3


@pytest.mark.parametrize("style", STYLES)
def test_accents_fill_a_bar_and_are_never_shorter_than_an_eighth_apart(style: str) -> None:
    loom = surveyed(style)
    for index, moment in enumerate(loom.moments):
        places = accents(loom, index)
        assert places[0][0] == moment.start
        assert all(after[0] - before[0] >= 1 / 2 and before[0] + before[1] == after[0] for before, after in pairwise(places))
        assert places[-1][0] + places[-1][1] == moment.end


@pytest.mark.parametrize("way", ["repeated", "punctuated", "swelling", "tremolo"])
def test_every_manner_keeps_to_its_chord(way: str) -> None:
    loom = surveyed("epic")
    index = next(index for index, moment in enumerate(loom.moments) if loud(moment))
    spans = loom.chords(loom.moments[index].start, loom.moments[index + 3].end)
    led = led_apart([item.chord for item in spans], 50, 72, 3)
    notes = tuple(attacked(loom, spans, led, way))
    for item, voicing in zip(spans, led, strict=True):
        own = [note for note in notes if note.onset in item.span]
        assert {note.pitch for note in own} == set(voicing)
        assert min(note.onset for note in own) == item.span.start
        assert max(note.end for note in own) <= item.span.end
    onsets = len({note.onset for note in notes})
    assert onsets == len(spans) if way == "tremolo" else onsets > len(spans)


@pytest.mark.parametrize("style", STYLES)
def test_choirs_play_only_where_it_is_loud_and_are_players_of_the_style(style: str) -> None:
    loom = surveyed(style)
    members = {name for name, _ in loom.palette.ensemble}
    found = choirs(loom, ())
    assert found
    for line in found:
        assert set(line.voice) <= members
        rolls = line.role in {"percussion", "arpeggio"}
        assert rolls or all(loud(loom.moment(note.onset)) for note in line.notes)


def test_a_band_and_a_string_quintet_have_no_brass_choir() -> None:
    assert choirs(surveyed("jazz"), ()) == ()
    assert all("horn" in line.voice or line.role != "pad" for line in choirs(surveyed("chamber"), ()))


def test_brass_sings_in_a_bright_climax_and_strikes_elsewhere() -> None:
    loom = survey(harmony_of("epic", 120, arc=Arc.of((0, "calm"), (60, "hope"), (75, "triumph"), (110, "triumph"), (120, "peace"))))
    brass = [line for line in choirs(loom, ()) if line.role == "pad" and "trombone" in line.voice]
    high = [line for line in brass if loom.moment(line.notes[0].onset).section.function == "climax"]
    assert high
    assert all("tenuto" in note.marks for line in high for note in line.notes)
    assert not any("tenuto" in note.marks for line in brass if line not in high for note in line.notes)


@pytest.mark.parametrize("seed", range(3))
def test_an_introduction_keeps_its_blows_for_later(seed: int) -> None:
    """Suspense before somebody enters may be full and stirred; whoever strikes there has nothing left for the deed."""
    arc = Arc.of((0, "suspense"), (40, "horror"))
    hits = [Hit(Fraction(17, 2), "entry", "the dagger", who="ada"), Hit(40, "stinger", "the deed")]
    scene = Scene("1m1", 50, arc, style="orchestral", key="C minor", cast=[Cast(Character("ada", traits=("noble",)))], hits=hits, seed=seed)
    texture = compose(scene).scoring.texture
    loom = survey(texture.harmony)
    intro = [moment for moment in loom.moments if moment.section.function == "intro"]
    assert intro
    assert not any(loud(moment) for moment in intro)
    struck = [note for line in texture.lines if line.role == "pad" for note in line.notes if note.onset < intro[-1].end]
    assert not any("marcato" in note.marks for note in struck)
    assert any(loud(moment) for moment in loom.moments)
