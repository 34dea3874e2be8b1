"""Wishes: what the story adds to the price of a form, beyond what is felt."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.planning.deck import mode_row
from motifgen.compose.planning.forms import step
from motifgen.compose.planning.moments import Moment
from motifgen.compose.planning.moods import dark, home_affect
from motifgen.compose.planning.table import StepRow, mode_rows, step_rows

BELONGS, GOES_ON, ROOMY = -0.55, -0.3, Fraction(3, 2)
#: How a phrase goes on instead of closing, as the table writes it.
CLIMB, SINK, SPIN, ANSWER = "truncate, sequence 1 up 1", "truncate, sequence 1 down 1", "truncate, extend 2 2", "sequence 1 up 2"


def wishes(moment: Moment) -> list[tuple[str, float]]:
    """Return what the story adds to the price of a mark: below 0 it is wished for."""
    wishes: list[tuple[str, float]] = [("plain", -0.1)]
    corrupted = "corrupted" in moment.calls
    wishes += [_called(moment, row) for row in step_rows() if row.belongs & moment.calls or (corrupted and "corrupt" in row.names)]
    if moment.kind == "climax":
        wishes += [
            ("augment", -0.4),
            ("diminish", 0.5),
            ("head", 0.4),
            ("tail", 0.4),
            ("truncate", -0.2) if defeat(moment) else ("whole", -0.6),
        ]
    if moment.kind == "hit" and "height" in moment.calls:
        wishes += [("augment", -0.3)]
    if moment.kind == "return":
        # Who has come back is not darker than before.
        own = mode_row(moment.theme.key.mode.name)
        wishes += [("whole", -0.6), *((row.name, 0.3) for row in mode_rows() if own is not None and row.valence < own.valence)]
    if losing(moment) and moment.kind in ("again", "turn"):
        wishes += [("truncate", -0.12)]
    if moment.kind in ("memory", "bridge"):
        wishes += _between(moment)
    if moment.kind == "develop":
        wishes += [((CLIMB, SPIN, ANSWER)[int(3 * moment.draw)], -0.2), *((way, -0.4) for way in (CLIMB, SINK, SPIN, ANSWER))]
    if moment.kind == "build":
        wishes += [("sequence", -0.3), ("extend", -0.2)]
    wishes += [(CLIMB, -0.2), (SINK, 0.3)] if "approach" in moment.calls else []
    wishes += [(SINK, -0.15), (CLIMB, 0.2)] if "aftermath" in moment.calls else []
    if moment.kind == "coda":
        wishes += [("tail", -0.15)]
    if moment.guest:
        wishes += [(moment.guest, -0.15)]
    return wishes


def _between(moment: Moment) -> list[tuple[str, float]]:
    """Return what is wished between statements, where a theme is worked with: which way is drawn, unless the feeling insists."""
    drawn = ("sequence", "extend", "tail", "sequence", "extend", "head")[int(6 * moment.draw)]
    wishes = [(drawn, -0.3), ("head", 0.1), ("tail", 0.1)]
    if moment.room >= ROOMY * moment.theme.duration:
        # With so much room a few notes alone would be lost: the phrase goes on.
        wishes += [(way, GOES_ON) for way in (CLIMB, SINK, SPIN)]
    return wishes


def _called(moment: Moment, row: StepRow) -> tuple[str, float]:
    """Return how much a technique is wished for that the story calls for: less each time that it was heard in the scene."""
    heard = sum(any(step(text).name in row.names for text in form) for form in moment.worn)
    return row.step, round(BELONGS * (1 - heard / 2), 6)


def losing(moment: Moment) -> bool:
    """Tell whether things go badly for a theme's owner; for a menace, what is dark is not a loss."""
    home = home_affect(moment.who, moment.theme)
    return not dark(moment.who) and moment.feel.valence < min(-0.25, home.valence - 0.2)


def defeat(moment: Moment) -> bool:
    """Tell whether a climax is a defeat, in which the theme is denied its end."""
    return losing(moment) and moment.feel.valence < -0.4 and moment.feel.power < 0
