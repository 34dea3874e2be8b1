"""A hit on a scene's last frame belongs to the closing bar line, not to a fifth beat of the last bar."""

from fractions import Fraction

import pytest

from motifgen.compose.desk import BarSpan
from motifgen.compose.ledger import _place
from motifgen.compose.spotting import spot
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene


@pytest.mark.parametrize("length", [20, 31, Fraction("47.25")])
def test_a_hit_at_the_end_is_on_beat_one_of_the_bar_that_would_follow(length):
    scene = Scene("1m1", length, Arc.of((0, "calm")), hits=[Hit(length, "accent", on="downbeat")])
    found = spot(scene)
    (landing,) = found.landings
    assert landing.met
    assert landing.at == found.bars[-1].end
    assert _place(found, landing.at) == {"bar": len(found.bars) + 1, "beat": 1.0}
    assert found.bars[-1].start < found.end


def test_every_place_lies_in_its_bar():
    found = spot(Scene("1m1", 20, Arc.of((0, "calm"))))
    for bar in found.bars:
        assert found.bar_at(bar.start) == bar
        assert found.bar_at(bar.end - Fraction(1, 960)) == bar
    last = found.bars[-1]
    assert found.bar_at(last.end) == found.bar_at(last.end + 1) == BarSpan(last.number + 1, last.end, last.meter)
