"""Spotting: when. Meter, bars and a tempo map on which every hit of the picture falls where it should."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.desk import Spotting
from motifgen.compose.spotting.anchors import anchors
from motifgen.compose.spotting.draft import Draft, best_draft
from motifgen.compose.spotting.landings import landings, sentences
from motifgen.compose.spotting.path import Search
from motifgen.compose.spotting.price import price
from motifgen.compose.spotting.rests import Silences
from motifgen.compose.spotting.routes import routes_of
from motifgen.compose.spotting.wish import choose_meter, felt_beat, wished
from motifgen.errors import ComposeError
from motifgen.orchestra import palette as palettes
from motifgen.orchestra.palette import Palette
from motifgen.sketch.events import PPQ
from motifgen.story.scene import Scene, Story

__all__ = ["spot"]

#: Felt beats a minute below which a quarter of a beat lasts so long that half of that can be a beat of its own.
_SLOW = 45.0


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
    routes = routes_of(meter, slow=wish.high < _SLOW)
    search = Search(anchors(scene, story), scene.length, wish, routes, palette.bend)
    best = best_draft(search)
    bars, tempo = best.written()
    parts = {at: place * search.lattice.unit for at, place in best.parts}
    found = landings(scene, bars, tempo, search.lattice.unit, parts)
    rests = Silences(scene, bars, tempo, found, Fraction(tempo.tick(scene.length), PPQ)).all()
    said = sentences(scene, found, frozenset(parts.values()), best.spared, lambda hit: price(hit, best, scene))
    return Spotting(scene, story, palette, bars, tempo, found, rests, (*said, *_bent(best, palette)))


def _bent(best: Draft, palette: Palette) -> list[str]:
    if best.bend <= palette.bend + 1e-6:
        return []
    return [f"the tempo bends by up to {best.bend:.1%} from bar to bar to meet the hits; {palette.name} likes at most {palette.bend:.0%}"]
