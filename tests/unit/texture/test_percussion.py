"""Percussion keeps to the meter: its grid, its groups and its accents."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desk_scenes import harmony_of
from motifgen.compose.texture import weave
from motifgen.compose.texture.percussion import barred, felt, rhythms, timed
from motifgen.theory.time import Meter

METERS = tuple(Meter(count, unit) for unit in (1, 2, 4, 8, 16) for count in range(1, 17))
NAMED = tuple(
    map(Meter.parse, ("2/4", "3/4", "4/4", "5/4", "7/4", "3/8", "5/8", "6/8", "7/8", "8/8", "9/8", "10/8", "11/8", "12/8", "15/8"))
)
PLAYS = sorted({row.play for rows in rhythms().values() for row in rows})
STRAIGHT = [play for play in PLAYS if all(play[place] != "X" for place in range(16) if place % 8)]


def bar(play: str, meter: Meter, nth: int = 0) -> list[tuple[Fraction, str]]:
    return list(timed(barred(play, meter, nth), meter))


@pytest.mark.parametrize("meter", METERS, ids=str)
def test_strokes_lie_in_the_bar_on_the_grid_of_their_beat(meter: Meter) -> None:
    beats = felt(meter)
    assert beats[0].start == 0
    assert beats[-1].end == meter.bar
    for play in (*PLAYS, "X" * 16):
        places = [at for at, _ in bar(play, meter)]
        assert places == sorted(set(places))
        for at in places:
            own = next(beat for beat in beats if at in beat)
            parts = 6 if own.length * meter.unit == 12 else 4
            assert (at - own.start) % (own.length / parts) == 0


@pytest.mark.parametrize("meter", [meter for meter in NAMED if meter.unit == 8], ids=str)
def test_a_beat_of_three_eighths_has_no_duplets(meter: Meter) -> None:
    for play in PLAYS:
        for at, _ in bar(play, meter):
            own = next(beat for beat in felt(meter) if at in beat)
            if own.length == Fraction(3, 2):
                assert (at - own.start) / Fraction(1, 2) in (0, 1, 2, Fraction(5, 2))


@pytest.mark.parametrize("meter", [meter for meter in NAMED if meter.unit == 8], ids=str)
def test_accents_lie_on_the_starts_of_groups_where_units_are_eighths(meter: Meter) -> None:
    accented = {at for play in PLAYS for nth in (0, 1) for at, stroke in bar(play, meter, nth) if stroke == "X"}
    assert accented == set(meter.accents)


@pytest.mark.parametrize("meter", NAMED, ids=str)
def test_rows_without_a_backbeat_accent_the_starts_of_groups_only(meter: Meter) -> None:
    accented = {at for play in STRAIGHT for nth in (0, 1) for at, stroke in bar(play, meter, nth) if stroke == "X"}
    assert 0 in accented
    assert accented <= set(meter.accents)


@pytest.mark.parametrize("play", PLAYS)
def test_four_four_is_played_as_written(play: str) -> None:
    assert bar(play, Meter(4, 4)) == [(Fraction(at, 4), stroke) for at, stroke in enumerate(play) if stroke != "."]


def test_two_bars_of_two_beats_share_a_row() -> None:
    play = "X..x..x.X..x.x.."
    assert barred(play, Meter(6, 8), 0) + barred(play, Meter(6, 8), 1) == play
    assert barred(play, Meter(2, 4), 2) == play[:8]


def test_a_swung_ride_goes_round() -> None:
    ride = "x...X..xx...X..x"
    assert barred(ride, Meter(3, 4), round_about=True) == ride[:12]
    assert barred(ride, Meter(5, 4), round_about=True) == ride + ride[:4]


@pytest.mark.parametrize("meter", ["3/4", "5/8", "6/8", "7/8", "9/8", "12/8"])
@pytest.mark.parametrize("style", ["action", "epic"])
def test_drums_of_a_scene_keep_to_its_meter(style: str, meter: str) -> None:
    texture = weave(harmony_of(style, 60, meter=Meter.parse(meter), hits=()))
    bars = texture.harmony.plan.spotting.bars
    drums = [note for line in texture.lines if line.role == "percussion" for note in line.notes if "tremolo" not in note.marks]
    assert drums
    for note in drums:
        own = next(bar for bar in reversed(bars) if bar.start <= note.onset)
        beat = next(beat for beat in felt(own.meter) if note.onset - own.start in beat)
        within = note.onset - own.start - beat.start
        ternary = beat.length == Fraction(3, 2)
        assert within in ((0, Fraction(1, 2), 1, Fraction(5, 4)) if ternary else tuple(Fraction(place, 4) for place in range(4)))
        assert "accent" not in note.marks or own.meter.weight(note.onset - own.start) >= (3 if own.meter.unit == 8 else 2)
