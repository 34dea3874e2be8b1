"""Form: sections on bar lines, what each does for the scene, and how full it is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.compose.desk import Section, Statement
from motifgen.compose.planning.keys import KeyPlan, in_mode
from motifgen.compose.planning.landmarks import pressure
from motifgen.compose.planning.survey import Survey, merged
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

PHRASE = 4
SHARE = {"intro": 0.75, "underscore": 0.2, "release": 0.8, "coda": 0.55, "silence": 0.0, "climax": 1.0, "build": 1.0}


class Stated(NamedTuple):
    """Where a theme is stated, and in which key."""

    span: Span
    key: Key


def sections(survey: Survey, keys: KeyPlan, statements: tuple[Statement, ...]) -> tuple[Section, ...]:
    """Return the scene's form: sections without gap or overlap from 0 to the end."""
    found: list[Section] = []
    heights = [_fullness(feel) for feel in survey.feels] or [0.5]
    depth = (min(heights), max(heights))
    themes = [Stated(s.span, s.key) for s in statements if s.treatment == "theme"]
    for span in _spans(survey, keys):
        function = _function(survey, span, themes)
        key = in_mode(keys.at(span.start).key, survey.home, survey.mean(span), found[-1].key.mode.name if found else "")
        found.append(Section(span, function, _key(key, span, themes), survey.mean(span), _level(survey, span, function, depth)))
    return tuple(found)


def _spans(survey: Survey, keys: KeyPlan) -> tuple[Span, ...]:
    pinned = {Fraction(0), survey.end, *(area.at for area in keys.areas)}
    for rest in survey.spotting.rests:
        pinned |= {max(rest.start, Fraction(0)), min(rest.end, survey.end)}
    if survey.climax is not None:
        pinned |= {survey.climax.start, survey.climax.end}
    wished = [turn.at for turn in survey.turns]
    for words in survey.dialogue:
        wished += [survey.line_before(words.start), survey.line_after(words.end)]
    bar = survey.bars[0].meter.bar if survey.bars else Fraction(4)
    places = merged((at for at in wished if 0 < at < survey.end), bar, pinned)
    return tuple(_phrases(survey, places))


def _phrases(survey: Survey, places: tuple[Fraction, ...]) -> Iterable[Span]:
    """Yield the spans between places, long ones cut into phrases of four bars."""
    for start, end in pairwise(places):
        lines = [survey.lines[i] for i in survey.bars_in(Span(start, end))]
        inner = [line for line in lines if line > start] if len(lines) > PHRASE + 2 and not survey.silent(Span(start, end)) else []
        first = lines.index(inner[0]) if inner else 0
        cuts = [line for i, line in enumerate(inner, first) if i % PHRASE == 0 and i <= len(lines) - PHRASE // 2]
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            yield Span(left, right)


def _function(survey: Survey, span: Span, themes: list[Stated]) -> str:
    if any(span.overlaps(rest) for rest in survey.spotting.rests):
        return "silence"
    spoken = sum((min(w.end, span.end) - max(w.start, span.start) for w in survey.dialogue if w.overlaps(span)), Fraction(0))
    if 2 * spoken > span.length:
        return "underscore"
    climax = survey.climax
    if climax is not None and span.overlaps(climax):
        return "climax"
    stated = any(it.span.overlaps(span) for it in themes)
    if not any(it.span.start < span.end for it in themes) and span.start < survey.end / 3:
        return "intro"
    if span.end == survey.end and len(survey.bars) >= 8:
        return "coda"
    return _motion(survey, span, stated=stated)


def _motion(survey: Survey, span: Span, *, stated: bool) -> str:
    rise = pressure(survey.feel(span.end - Fraction(1, 4))) - pressure(survey.feel(span.start))
    climax = survey.climax
    ahead = climax is not None and span.end <= climax.start
    near = climax is not None and ahead and climax.start - span.end < PHRASE * 4
    if rise > 0.2 and (near or (not stated and (ahead or climax is None))):
        return "build"
    if climax is not None and span.start >= climax.end and rise <= 0.1:
        return "release"
    if rise < -0.25:
        return "release"
    return "statement" if stated else "continuation"


def _level(survey: Survey, span: Span, function: str, depth: tuple[float, float]) -> float:
    """Return how full a section is: half by what is felt, half by its place between the scene's own depth and height."""
    own, (low, high) = _fullness(survey.mean(span)), depth
    wide = min(max((own - low) / (high - low), 0.0), 1.0) if high - low > 0.12 else own
    share = SHARE.get(function, 0.9)
    if function in ("coda", "release"):
        # What follows is smaller, unless the arc stays as high as it was.
        share += (1 - share) * wide
    level = (0.55 * own + 0.45 * wide) * share
    least = 0.7 + 0.2 * max(0.0, survey.mean(span).arousal) if function == "climax" else 0.0
    return round(min(1.0, max(level, least)), 4) if function != "silence" else 0.0


def _fullness(feel: Affect) -> float:
    return 0.08 + 0.27 * (feel.arousal + 1) + 0.28 * feel.tension + 0.1 * max(0.0, feel.power)


def _key(key: Key, span: Span, themes: list[Stated]) -> Key:
    """Return a section's key: as the feeling asks, or in the mode of the theme that fills most of it."""
    inside = [it for it in themes if it.key.tonic == key.tonic and it.span.overlaps(span)]
    if not inside:
        return key
    longest = max(inside, key=lambda it: (_covered(span, it), -it.span.start))
    return key.in_mode(longest.key.mode.name) if 2 * _covered(span, longest) >= span.length else key


def _covered(span: Span, stated: Stated) -> Fraction:
    return min(stated.span.end, span.end) - max(stated.span.start, span.start)
