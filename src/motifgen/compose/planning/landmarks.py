"""Landmarks of an arc: where it turns, where it is highest, where the music holds its breath; and how affects compare."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from motifgen.affect import Affect
from motifgen.theory.time import Span

if TYPE_CHECKING:
    from motifgen.compose.planning.survey import Survey

TURN = 0.35
HUSH = 2
PLATEAU, UNLED, REVEALED = 0.2, 0.4, 0.35
HIGHEST, RISE, STILL, SLOPE = 1.5, 0.2, 0.1, 0.02
BLOWS = ("accent", "stinger", "reveal", "swell")
WEIGHTS = {"valence": 1.0, "arousal": 0.8, "tension": 1.2, "power": 0.4}


def distance(one: Affect, other: Affect) -> float:
    """Return how far two affects lie apart: 0 is the same; about 0.35 is a change that an audience notices.

    Valence and tension count most: they are what listeners agree on between passages, while power hardly carries
    (motifgen's own weights).

    Examples
    --------
    >>> distance(Affect(valence=0.5), Affect(valence=-0.5))
    1.0
    """
    squares = ((weight * (getattr(one, axis) - getattr(other, axis))) ** 2 for axis, weight in WEIGHTS.items())
    return round(sqrt(sum(squares)), 6)


def pressure(affect: Affect) -> float:
    """Return how high an affect stands on the way to a climax: tension and arousal together, -1 to 2."""
    return round(affect.tension + affect.arousal, 6)


def intensity(affect: Affect) -> float:
    """Return how much is at stake in an affect: arousal, with dread or with joy, whichever is the greater; -1 to 2.

    A triumph or a love fulfilled is a height as much as a terror is, though nothing in it is tense.

    Examples
    --------
    >>> intensity(Affect(valence=0.9, arousal=0.6, power=0.8)), intensity(Affect(valence=-0.8, arousal=0.6, tension=0.9))
    (1.47, 1.5)
    """
    joy = 0.7 * affect.valence + 0.3 * affect.power
    return round(affect.arousal + max(affect.tension, joy), 6)


class Turn(NamedTuple):
    """A bar line at which the arc changes: how it felt before, how it will feel, how great the change is, and its word.

    ``leaves`` is the word that holds there, where the change only begins; ``goal`` the word of the way's end, which may lie beyond.
    """

    at: Fraction
    before: Affect
    after: Affect
    strength: float
    word: str = ""
    leaves: str = ""
    goal: str = ""


def turns_of(survey: Survey) -> tuple[Turn, ...]:
    """Return an arc's turns, on bar lines, at least two bars apart."""
    points = survey.spotting.scene.arc.points
    found: list[Turn] = []
    last = (Fraction(0), survey.feel(Fraction(0)))
    for point, following in zip(points, [*points[1:], None], strict=True):
        at = survey.nearest_line(survey.spotting.quarter(point.at))
        if not last[0] < at < survey.end or len(survey.bars_in(Span(last[0], at))) < 2:
            continue
        near, far = distance(last[1], point.affect), 0.6 * distance(point.affect, following.affect) if following else 0.0
        goal = following if following is not None and far > near else point
        if max(near, far) >= TURN:
            # What is reached here is named, though the way may lead on to more.
            leaves = words_of(point.feel) if goal is following and near < TURN else ""
            word = words_of(goal.feel if leaves or goal is point else point.feel) or words_of(goal.feel)
            found.append(Turn(at, last[1], goal.affect, max(near, far), word, leaves, words_of(goal.feel)))
            last = (at, point.affect)
    return tuple(found)


def words_of(feel: str) -> str:
    """Return the words of a keyframe without their weights: ``"dread 0.8, fascination 0.2"`` is ``"dread and fascination"``."""
    words = [part.strip().rstrip("0123456789.").strip() for part in feel.split(",")]
    return " and ".join(word for word in words if word)


def hushes_of(survey: Survey) -> tuple[Span, ...]:
    """Return the quiet before each shock: a stinger always, an accent or a reveal where the arc is tense."""
    found = []
    for landing in survey.spotting.landings:
        start = survey.spotting.quarter(max(landing.hit.at - HUSH, Fraction(0)))
        beat = survey.spotting.bar_at(start).meter.beat
        bar = survey.spotting.bar_at(start).start
        start = bar + -(-(start - bar) // beat) * beat
        tense = survey.feel(landing.at).tension > 0.6
        if landing.hit.do == "stinger" or (tense and landing.hit.do in ("accent", "reveal")):
            found.append(Span(start, landing.at))
    return tuple(hush for hush in found if hush.length > 0 and hush.end < survey.end and not survey.silent(hush))


def climax_of(survey: Survey) -> Span | None:
    """Return where most is at stake, from bar line to bar line; ``None`` in a scene that has no height."""
    heights = [round(intensity(feel) + _marked(survey, i), 6) for i, feel in enumerate(survey.feels)]
    # Two bars are the least in which a theme can be at its height.
    roomy = [i for i, line in enumerate(survey.lines[:-1]) if i + 2 < len(survey.lines)]
    free = [i for i in roomy if _loud(survey, survey.lines[i], survey.lines[i + 1])]
    free = [i for i in free if _loud(survey, survey.lines[i], survey.lines[i + 2])] or free
    if len(survey.bars) < 4 or not free:
        return None
    top = max(heights[i] for i in free)
    if top < 0.2 or (top - min(heights) < 0.25 and top < 1.0):
        return None
    led = [i for i in free if _led_up_to(survey, heights, i)]
    # What only echoes a far higher opening is none.
    if not led or max(heights[i] for i in led) < max(top - UNLED, 0.2):
        return None
    # Above a certain height nobody hears which of two is the greater: one that is nearly as high, and later, is the climax.
    heard = [min(height, HIGHEST) for height in heights]
    risen = [i for i in led if survey.lines[i] >= survey.end / 4] or led
    highest, late = max(heard[i] for i in led), max(heard[i] for i in risen)
    high = [i for i in risen if heard[i] > late - PLATEAU] if late > highest - UNLED else [i for i in led if heard[i] > highest - 0.08]
    summit = min(high, key=lambda i: _summit(survey, i))
    start = _struck(survey, survey.lines[summit])
    return Span(start, _climax_end(survey, start))


def _led_up_to(survey: Survey, heights: list[float], index: int) -> bool:
    """Tell whether a bar has been risen to, or holds a height that has lasted: what a scene opens with is where it begins."""
    sinks = (later < earlier - SLOPE for earlier, later in pairwise(heights[max(index - 2, 0) : index + 1]))
    if index > 1 and all(sinks):
        return False
    if heights[index] - min(heights[: index + 1]) >= RISE:
        return True
    return survey.lines[index] >= survey.end / 4 and heights[index] >= max(heights) - STILL


def _marked(survey: Survey, index: int) -> float:
    """Return what a bar gains by what the picture marks there: a reveal is what the scene has been about."""
    start, end = survey.lines[index : index + 2]
    return REVEALED if any(it.hit.do == "reveal" and start <= it.at < end for it in survey.spotting.landings) else 0.0


def _summit(survey: Survey, index: int) -> tuple[Fraction, int]:
    """Return how far a bar of the plateau is from serving as its height: from three quarters, less where it is struck."""
    bar = Span(survey.lines[index], survey.lines[index + 1])
    struck = any(it.hit.do in BLOWS and it.at in bar for it in survey.spotting.landings)
    return abs(bar.start - survey.end * 3 / 4) - struck * survey.end / 4, index


def _loud(survey: Survey, start: Fraction, end: Fraction) -> bool:
    span = Span(start, end)
    return not survey.silent(span) and not survey.speaking(span)


def _struck(survey: Survey, start: Fraction) -> Fraction:
    """Return the line of a blow or a reveal within two bars of the summit, else the summit itself."""
    landings = (hit for hit in survey.spotting.landings if hit.hit.do in BLOWS)
    lines = [survey.line_before(landing.at) for landing in landings]
    near = [line for line in lines if len(survey.bars_in(Span(*sorted((line, start))))) <= 2 and line < survey.end]
    near = [line for line in near if _loud(survey, line, line + Fraction(1))]
    return min(near, key=lambda line: (abs(line - start), line)) if near else start


def _climax_end(survey: Survey, start: Fraction) -> Fraction:
    """Return where the climax is over: two bars later, four in a long scene, before any silence or words."""
    bars = 4 if len(survey.bars) >= 20 else 2
    lines = [line for line in survey.lines if line > start]
    end = lines[min(bars, len(lines)) - 1]
    stops = (span.start for span in (*survey.spotting.rests, *survey.dialogue) if span.start > start)
    return min([end, *stops])
