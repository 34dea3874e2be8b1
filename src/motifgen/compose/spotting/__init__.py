"""Spotting: when. Meter, bars and a tempo map on which every hit of the picture falls where it should."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from motifgen.compose.desk import BarSpan, Spotting
from motifgen.compose.spotting.anchors import anchors
from motifgen.compose.spotting.draft import Draft, UnreachedError, best_draft
from motifgen.compose.spotting.landings import landings, sentences
from motifgen.compose.spotting.path import Search
from motifgen.compose.spotting.price import price
from motifgen.compose.spotting.rests import Silences
from motifgen.compose.spotting.routes import routes_of
from motifgen.compose.spotting.stretches import Stretch, stretches
from motifgen.compose.spotting.wish import Wish, choose_meter, felt_beat, wished
from motifgen.errors import ComposeError
from motifgen.orchestra import palette as palettes
from motifgen.orchestra.palette import Palette
from motifgen.sketch.events import PPQ
from motifgen.story.scene import Scene, Story

__all__ = ["spot"]

#: Felt beats a minute below which a quarter of a beat lasts so long that half of that can be a beat of its own.
_SLOW = 45.0
#: How many times the bend of one meter others may need beyond what the style likes.
_DEARER = 1.25


def spot(scene: Scene, story: Story | None = None, style: Palette | None = None) -> Spotting:
    """Return when everything happens: bars, tempo, every hit's landing, and where nothing may sound.

    The bars and the tempo are those of least cost over the whole scene: near the tempo that the arc asks for, bent as little and as
    evenly as can be, few bars of odd length, arrivals on downbeats, phrases of two and four bars. Every hit that is met falls within
    1 ms of its place in the written tempo map.

    Parameters
    ----------
    story : Story, optional
        Of which the scene is a part.
    style : Palette, optional
        Instead of the one that the scene names.

    Raises
    ------
    ComposeError
        If the scene has no length.
    """
    if scene.length <= 0:
        raise ComposeError(f"the scene {scene.id!r} lasts {float(scene.length):g} s; accepted: more than 0")
    palette = style or palettes.palette(scene.style)
    meter = choose_meter(scene, palette, story)
    wish = wished(scene, palette, float(meter.bar / felt_beat(meter)))
    meters = stretches(scene, palette, wish, story)
    best = _best(scene, story, palette, wish, meters)
    bars, tempo = best.written()
    ruler = best.ruler
    begun = tuple(zip((ruler.quarter(place) for place in (0, *best.turns)), meters, strict=False))
    parts = {at: ruler.quarter(place) for at, place in best.parts}
    upbeats = {it.since: at - it.upbeat for at, it in begun if it.upbeat}
    found = landings(scene, bars, tempo, min(routes.lattice.unit for routes in best.search.routes), {**upbeats, **parts})
    rests = Silences(scene, bars, tempo, found, Fraction(tempo.tick(scene.length), PPQ)).all()
    said = sentences(scene, found, frozenset(parts.values()), best.spared, lambda hit: price(hit, best, scene))
    warnings = (*_changed(begun, meters, bars), *said, *_bent(best, palette))
    return Spotting(scene, story, palette, bars, tempo, found, rests, warnings, tuple((at, it.meter) for at, it in begun))


def _best(scene: Scene, story: Story | None, palette: Palette, wish: Wish, meters: Sequence[Stretch]) -> Draft:
    """Return the best draft in some stretches; in the first one's meter alone if nothing else meets the hits as evenly."""
    routes = tuple(routes_of(it.meter, slow=wish.high < _SLOW) for it in meters)
    meters = (meters[0], *(it.counted(before.lattice.unit) for it, before in zip(meters[1:], routes, strict=False)))
    search = Search(anchors(scene, story, meters), scene.length, wish, routes, palette.bend)
    if len(meters) == 1:
        return best_draft(search)
    try:
        best = best_draft(search)
    except UnreachedError:
        return _best(scene, story, palette, wish, meters[:1])
    if not best.missed and best.bend <= palette.bend:
        return best
    plain = _best(scene, story, palette, wish, meters[:1])
    return min(best, plain, key=lambda it: (it.missed, it.bend > palette.bend and it.bend > _DEARER * plain.bend, it is plain))


def _changed(begun: Sequence[tuple[Fraction, Stretch]], meters: Sequence[Stretch], bars: Sequence[BarSpan]) -> list[str]:
    """Return a sentence for each change of meter, or why there is none."""
    if len(begun) < len(meters):
        lost = " and ".join(f"{it.meter} for {it.who} at {float(it.at):g} s" for it in meters[1:])
        return [f"the meter stays {meters[0].meter}: with {lost} hits would be missed, or the tempo would bend further"]
    numbers = {bar.start: bar.number for bar in bars}
    return [f"from bar {numbers[at]} the meter is {it.meter}, for {it.who}" for at, it in begun[1:]]


def _bent(best: Draft, palette: Palette) -> list[str]:
    if best.bend <= palette.bend + 1e-6:
        return []
    return [f"the tempo bends by up to {best.bend:.1%} from bar to bar to meet the hits; {palette.name} likes at most {palette.bend:.0%}"]
