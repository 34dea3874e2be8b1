"""Music that begins on a pickup before the first frame: the scene starts there, and the frame is a hit on a downbeat."""

from fractions import Fraction

import pytest

from motifgen.motif.notation import read
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, BarPlace, Cast, Hit, Scene
from motifgen.takes import compose
from motifgen.theory.scale import Key

MARA = Character("mara", read("A3/q | D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", Key.parse("D minor")))


@pytest.mark.parametrize("at", [BarPlace(1, Fraction(2)), Fraction(1)])
def test_the_pickup_is_heard_before_the_frame_and_its_bar_line_falls_on_it(at):
    scene = Scene(
        "1m1",
        32,
        Arc.of((0, "calm")),
        start="00:59:58:00",
        cast=[Cast(MARA)],
        hits=[Hit(2, "accent", "the first frame", on="downbeat")],
        statements=[Asked(at, MARA)],
        style="chamber",
    )
    ledger = compose(scene).recording.ledger
    (hit,) = ledger["hits"]
    assert (hit["met"], hit["beat"]) == (True, 1.0)
    assert abs(hit["error_ms"]) <= 1
    stated = ledger["statements"][0]
    (pickup, _), (first, pitch) = stated["notes"][:2]
    assert pickup < 2 - 0.5
    # A player may be a few hundredths early or late.
    assert abs(first - 2) < 0.05
    assert pitch % 12 == 2
