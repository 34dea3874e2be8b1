from fractions import Fraction

import pytest

from motifgen.errors import NotationError
from motifgen.theory.time import Meter, Span


@pytest.mark.parametrize(
    ("text", "bar", "beat", "beats", "compound"),
    [
        ("4/4", "4", "1", 4, False),
        ("3/4", "3", "1", 3, False),
        ("2/2", "4", "2", 2, False),
        ("6/8", "3", "3/2", 2, True),
        ("9/8", "9/2", "3/2", 3, True),
        ("12/8", "6", "3/2", 4, True),
        ("3/8", "3/2", "1/2", 3, False),
        ("7/8", "7/2", "1/2", 7, False),
        ("6/4", "6", "1", 6, False),
        ("6/16", "3/2", "3/4", 2, True),
    ],
)
def test_bars_and_beats(text, bar, beat, beats, compound):
    meter = Meter.parse(text)
    assert (meter.bar, meter.beat, meter.beats, meter.compound) == (Fraction(bar), Fraction(beat), beats, compound)
    assert str(meter) == text
    assert meter.beat * meter.beats == meter.bar


@pytest.mark.parametrize("count", range(1, 33))
@pytest.mark.parametrize("unit", [2, 4, 8, 16])
def test_accents_lie_on_beats_inside_the_bar_and_begin_it(count, unit):
    meter = Meter(count, unit)
    assert meter.accents[0] == 0
    assert list(meter.accents) == sorted(set(meter.accents))
    assert all(accent < meter.bar and not accent % meter.beat for accent in meter.accents)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("4/4", "4 0 1 0 2 0 1 0 3 0 1 0 2 0 1 0"),
        ("6/8", "4 0 1 0 1 0 3 0 1 0 1 0"),
        ("3/4", "4 0 1 0 2 0 1 0 2 0 1 0"),
        ("7/8", "4 1 2 1 3 1 2 1 3 1 2 1 2 1"),
    ],
)
def test_weights_of_a_bar_in_sixteenths(text, weights):
    meter = Meter.parse(text)
    found = [meter.weight(Fraction(n, 4)) for n in range(int(meter.bar * 4))]
    assert found == list(map(int, weights.split()))
    assert meter.weight(meter.bar) == 4


@pytest.mark.parametrize("wrong", ["", "4", "0/4", "4/3", "4/64", "-3/4", "100/4", "4/4/4", "3 4", "٣/4"])
def test_what_is_no_meter_is_refused(wrong):
    with pytest.raises(NotationError, match="accepted: '4/4'"):
        Meter.parse(wrong)


@pytest.mark.parametrize(("count", "unit"), [(0, 4), (100, 4), (4, 3), (4, 64)])
def test_a_meter_that_cannot_be_written_is_refused(count, unit):
    with pytest.raises(NotationError, match="1 to 99 over"):
        Meter(count, unit)


def test_spans_are_half_open():
    span = Span(Fraction(1), Fraction(3))
    assert Fraction(1) in span
    assert Fraction(3) not in span
    assert span.length == 2
    assert not span.overlaps(Span(Fraction(3), Fraction(4)))
    assert span.overlaps(Span(Fraction(0), Fraction(9)))
