"""Score: one number for how well a take does what its scene asks, and the parts that it is made of."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass, fields
from typing import Any

from motifgen.measure.conformance import Report

#: How much each part counts; they add up to 1.
WEIGHTS = {
    "hits": 0.22,
    "tension": 0.2,
    "arousal": 0.14,
    "valence": 0.1,
    "themes": 0.14,
    "playable": 0.1,
    "expressive": 0.04,
    "varied": 0.06,
}
#: What full marks are given for: the loudness range (dB) of an expressive scene.
_RANGE_DB = 20.0
#: Bars that may be literal repeats at full marks: accompaniments repeat themselves in human scores too.
_REPEATS = 0.15
#: Rank correlation from which a curve follows another.
FOLLOWED = 0.5
#: Differences smaller than this are not heard as better or worse.
_SAME = 0.02


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of a score, each 0 (not at all) to 1 (fully); what a scene does not ask for is fully met.

    Parameters
    ----------
    hits : float
        Share of the hits that are audible as what they should be.
    tension, arousal : float
        How well the perceived curve follows the asked one: half of one more than the rank correlation. A constant that is asked is met.
    valence : float
        1 less half the distance between asked and perceived valence, means of the scene.
    themes : float
        Likeness with which leads are found, and half as weighty, the others.
    playable : float
        1 without faults; each halves what is left.
    expressive : float
        Loudness range, up to 20 dB.
    varied : float
        Share of the players' bars that are no literal repeats; 85 % for full marks.
    """

    hits: float
    tension: float
    arousal: float
    valence: float
    themes: float
    playable: float
    expressive: float
    varied: float

    @property
    def total(self) -> float:
        """Return the weighted sum of the parts, 0 to 1."""
        return round(float(sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())), 6)

    def worsens(self, other: Score) -> int:
        """Return how many parts are audibly worse than another score's.

        Examples
        --------
        >>> full = Score(*[1.0] * 8)
        >>> Score(0.5, *[1.0] * 7).worsens(full), full.worsens(full)
        (1, 0)
        """
        return sum(mine < theirs - _SAME for mine, theirs in zip(astuple(self), astuple(other), strict=True))

    def betters(self, other: Score) -> int:
        """Return how many parts are better than another score's, by however little.

        Examples
        --------
        >>> full = Score(*[1.0] * 8)
        >>> full.betters(Score(0.5, 0.99, *[1.0] * 6)), full.betters(full)
        (2, 0)
        """
        return sum(round(mine - theirs, 6) > 0 for mine, theirs in zip(astuple(self), astuple(other), strict=True))

    @property
    def astray(self) -> int:
        """Return how many of the curves of tension and arousal do not follow what is asked: a rank correlation under 0.5."""
        return sum(round(2 * part - 1, 6) < FOLLOWED for part in (self.tension, self.arousal))


def score(report: Report) -> Score:
    """Return the score of a report.

    Examples
    --------
    >>> from motifgen import Arc, Scene, compose
    >>> from motifgen.measure.conformance import measure
    >>> scene = Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope")))
    >>> found = score(measure(compose(scene).recording, scene))
    >>> found.playable, 0 < found.total < 1
    (1.0, True)
    """
    asked = {trace.axis: len(set(trace.asked)) > 1 for trace in report.traces}
    heard = [hit.audible for hit in report.hits]
    return Score(
        hits=round(sum(heard) / len(heard), 6) if heard else 1.0,
        tension=round((1 + report.tension) / 2, 6) if asked["tension"] else 1.0,
        arousal=round((1 + report.arousal) / 2, 6) if asked["arousal"] else 1.0,
        valence=round(1 - min(abs(report.valence - report.valence_asked) / 2, 1.0), 6),
        themes=_themes(report),
        playable=round(0.5 ** len(report.faults), 6),
        expressive=round(min(report.dynamic_range_db / _RANGE_DB, 1.0), 6),
        varied=round(min((1 - report.variety.part_bars_repeated) / (1 - _REPEATS), 1.0), 6),
    )


def summary(report: Report) -> dict[str, Any]:
    """Return a report in short, as the JSON object that a ledger carries under ``"measures"``.

    Examples
    --------
    >>> from motifgen import Arc, Scene, compose
    >>> from motifgen.measure.conformance import measure
    >>> scene = Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope")))
    >>> list(summary(measure(compose(scene).recording, scene)))
    ['score', 'arc', 'hits', 'themes', 'faults', 'dynamic_range_db', 'parts_sounding', 'share_silent', 'expression', 'variety']
    """
    own = score(report)
    arc = {trace.axis: {"correlation": trace.correlation, "lag_seconds": trace.lag_seconds} for trace in report.traces}
    arc["valence"] |= {"asked": report.valence_asked, "perceived": report.valence}
    return {
        "score": {"total": own.total} | asdict(own),
        "arc": arc,
        "hits": [
            {"what": hit.what, "do": hit.do, "off_ms": hit.off_ms, "rise_db": hit.rise_db, "audible": hit.audible} for hit in report.hits
        ],
        "themes": [{"who": each.who, "role": each.role, "found": each.found, "likeness": each.likeness} for each in report.themes],
        "faults": [asdict(fault) for fault in report.faults],
        "dynamic_range_db": report.dynamic_range_db,
        "parts_sounding": report.parts_sounding,
        "share_silent": report.share_silent,
        "expression": asdict(report.expression),
        "variety": asdict(report.variety),
    }


def _themes(report: Report) -> float:
    """Return how surely themes are found; hints need not be, since fragments and timbre alone may be all that is asked."""
    weights = {"lead": 1.0, "support": 0.5}
    asked = [(weights[each.role], each.likeness) for each in report.themes if each.role in weights]
    return round(sum(weight * like for weight, like in asked) / sum(weight for weight, _ in asked), 6) if asked else 1.0


def parts() -> tuple[str, ...]:
    """Return the names of a score's parts."""
    return tuple(each.name for each in fields(Score))
