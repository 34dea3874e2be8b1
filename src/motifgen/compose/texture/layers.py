"""Which layers of accompaniment sound when: the arc chooses them, and they enter and leave one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from motifgen.compose.texture.clearings import Clearing
from motifgen.compose.texture.loom import Loom, Moment

KINDS = ("pad", "bass", "drone", "tremolo", "points", "ostinato", "arpeggio", "pulse", "counter", "percussion")
_BELONGS = {
    "pad": {"chords", "chorale", "tutti"},
    "bass": {"chords", "chorale", "counter", "tutti", "arpeggio", "ostinato"},
    "drone": {"drone"},
    "tremolo": {"tremolo"},
    "points": {"pointillist"},
    "ostinato": {"ostinato"},
    "arpeggio": {"arpeggio"},
    "pulse": {"pulse"},
    "counter": {"counter", "canon"},
    "percussion": {"tutti", "pulse", "ostinato"},
}
_SOFT = frozenset({"pad", "drone"})
_MOVING = frozenset({"ostinato", "arpeggio", "pulse", "points"})  # where no theme sings, something else moves
_STAY, _TIRED, _FAR = 2, 8, 3
_HARMONY = ("pad", "tremolo", "arpeggio")  # one of them says what chord it is
_GROUND = frozenset({"pad", "bass", "drone"})  # what does not tire
_HEIGHT = {"percussion": 0.45, "bass": 0.3, "pad": 0.2}  # what a climax does not do without
_EXCITED, _DRIVEN = 0.15, 0.35
_BEAT = 0.35  # by how much sooner a style brings in its drums that has a beat of its own, as these have not
_UNBEATEN = frozenset({"none", "orchestral", "heartbeat", "shimmer", "sparse"})
_SPOKEN = 0.3
_OUTBREAK = 0.15
_STILL = 0.12  # whatever is less full than this has one layer
_BAND = {"percussion": 0.7, "bass": 0.5, "pad": 0.35, "pulse": 0.1}  # a rhythm section: it carries the scene, and does not tire
_MACHINE = {"pad": 0.35, "bass": 0.25, "percussion": 0.3}  # layers of machines pile up
_BARE = 0.3  # a bass alone is no accompaniment, unless it walks


class Layer(NamedTuple):
    """One strand of accompaniment, from one bar up to another.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    first, last : int
        Indices of moments, the last excluded.
    """

    kind: str
    first: int
    last: int


@dataclass(slots=True)
class _State:
    """What sounds while the schedule is being written: kind -> bar of entry; kind -> bar of the last exit."""

    since: dict[str, int]
    left: dict[str, int]


def layers(loom: Loom, spaces: tuple[Clearing, ...]) -> tuple[Layer, ...]:
    """Return every layer of the scene, in order of entry.

    A bar wants as many as it is full; each kind is wanted by affect and style. They come and go with the phrases: where a section, a
    theme or words begin, at hits, and else every other bar. One enters at a time (more where a hit or a climax begins), stays for at
    least two bars, and what moves tires after eight.
    """
    state, found = _State({}, {}), list[Layer]()
    opened = {loom.index(space.landing.at) for space in spaces}
    turns = opened | _turns(loom)
    for index, moment in enumerate(loom.moments):
        if index not in turns:
            continue
        wanted = _wanted(loom, index, moment, state)
        found.extend(_leave(state, index, moment, wanted))
        _enter(state, index, moment, wanted, sudden=index in opened or moment.section.function == "climax")
    found.extend(Layer(kind, since, len(loom.moments)) for kind, since in sorted(state.since.items()))
    return tuple(sorted(found, key=lambda layer: (layer.first, KINDS.index(layer.kind))))


def _turns(loom: Loom) -> set[int]:
    """Return the indices of the bars in which layers may come and go."""
    begun, found = 0, {0, *(loom.index(statement.start) for statement in loom.plan.statements)}
    for index in range(1, len(loom.moments)):
        before, moment = loom.moments[index - 1], loom.moments[index]
        if moment.section != before.section:
            begun = index
        spoken = (moment.spoken > _SPOKEN) != (before.spoken > _SPOKEN)
        if spoken or not (index - begun) % 2 or not moment.full * before.full:
            found.add(index)
    return found


def phrases(loom: Loom, layer: Layer, longest: int = 4) -> Iterator[tuple[int, int]]:
    """Return a layer's bars in phrases: cut where a section begins, and after so many bars."""
    first = layer.first
    for index in range(layer.first + 1, layer.last + 1):
        if index == layer.last or index - first == longest or loom.moments[index].section != loom.moments[index - 1].section:
            yield first, index
            first = index


def capacity(loom: Loom, moment: Moment) -> int:
    """Return how many layers a bar has room for: none in a silence, one under words, one beside a theme that sings alone."""
    parts = loom.palette.parts
    most = 3 if parts < 3 else 4 if parts < 9 else 5 if parts < 12 else 6
    if moment.section.function == "silence" or moment.full <= 0 or _hushed(loom, moment):
        return 0
    count = max(int(moment.full * most + 0.45), 1) + (moment.full > _STILL)
    if moment.spoken > _SPOKEN:
        return 1
    if loom.palette.swing:
        return max(count, 3) if moment.full > _STILL / 2 else max(count, 2)
    return min(count, 1) if (count < 3 and _unaccompanied(loom, moment)) else count


def _hushed(loom: Loom, moment: Moment) -> bool:
    """Tell whether a style that knows silence falls silent for two bars here: the tenser, the likelier, but not in an outbreak."""
    if "silence" not in loom.palette.textures or moment.affect.arousal > _OUTBREAK or moment.spoken > _SPOKEN:
        return False
    return loom.chance("hush", (moment.bar.number - 1) // 2).unit() < 0.3 * moment.affect.tension


def _unaccompanied(loom: Loom, moment: Moment) -> bool:
    """Tell whether a theme sings alone here: the first of a section, in a style that knows monody."""
    if "monody" not in loom.palette.textures or not _singing(loom, moment):
        return False
    return loom.chance("monody", loom.place(moment)).unit() < 0.5


def _wanted(loom: Loom, index: int, moment: Moment, state: _State) -> list[str]:
    """Return the kinds that the bar has room for, dearest first."""
    wishes = {kind: _wish(loom, index, moment, kind, state) for kind in KINDS}
    room = capacity(loom, moment)
    if room == 1 and not loom.palette.swing:
        wishes["bass"] -= _BARE
    ranked = sorted((kind for kind in KINDS if wishes[kind] > 0.15), key=lambda kind: (-wishes[kind], KINDS.index(kind)))
    return _harmonized(ranked, room, first=moment.affect.arousal < _DRIVEN)


def _harmonized(ranked: list[str], room: int, *, first: bool) -> list[str]:
    """Return the kinds that come first, one of which says what chord it is where there are two or more: the dearest that can.

    It enters before the others, unless the music is so driven that a rhythm may.
    """
    spoken = next((kind for kind in ranked if kind in _HARMONY), None)
    if room < 2 or spoken is None:
        return ranked[:room]
    others = [kind for kind in ranked if kind != spoken][: room - 1]
    return [spoken, *others] if first else sorted([*others, spoken], key=ranked.index)


def _wish(loom: Loom, index: int, moment: Moment, kind: str, state: _State) -> float:
    if moment.spoken > _SPOKEN and kind not in _SOFT:
        return 0.0
    if (kind == "percussion" and loom.palette.rhythm == "none") or (kind == "points" and "pointillist" not in loom.palette.textures):
        return 0.0
    if (kind == "counter" and not _singing(loom, moment)) or (kind == "arpeggio" and loom.palette.swing):
        return 0.0
    wish = _affinity(kind, moment) * _at_home(loom, kind)
    if kind in _MOVING and not _singing(loom, moment):
        wish += 0.25
    wish += 0.2 * (loom.chance("layer", kind, loom.place(moment)).unit() - 0.5)
    carrying = _BAND if loom.palette.swing else _MACHINE if loom.palette.rhythm == "machine" else {}
    if kind in carrying:
        return round(wish + carrying[kind] + 0.25 * (kind in state.since), 6)
    high = moment.section.function == "climax" and moment.affect.arousal > _EXCITED
    wish += _HEIGHT.get(kind, 0.0) * high + _BEAT * (kind == "percussion" and loom.palette.rhythm not in _UNBEATEN)
    if kind in state.since:
        tired = 0 if high or kind in _GROUND else max(index - state.since[kind] - _TIRED, 0)
        wish += 0.25 - 0.06 * tired
    elif index - state.left.get(kind, -9) < 3:
        wish -= 0.2
    return round(wish, 6)


def _at_home(loom: Loom, kind: str) -> float:
    """Return how much a style likes a kind of layer: most what it names first, little what it does not name."""
    places = [place for place, texture in enumerate(loom.palette.textures) if texture in _BELONGS[kind]]
    return max(1.4 - 0.08 * places[0], 0.9) if places else 0.5


def _affinity(kind: str, moment: Moment) -> float:
    """Return how well a kind of layer suits a feeling, 0..1."""
    a = moment.affect
    up, down = max(a.arousal, 0.0), max(-a.arousal, 0.0)
    return {
        "pad": 0.6 - 0.2 * up + 0.1 * a.valence,
        "bass": 0.55 + 0.2 * up,
        "drone": 0.35 + 0.35 * a.tension * (1 - up) + 0.2 * down,
        "tremolo": 0.95 * a.tension - 0.15,
        "points": 0.3 + 0.3 * a.tension * (1 - up),
        "ostinato": 0.4 + 0.4 * up + 0.1 * a.tension,
        "arpeggio": 0.45 + 0.25 * a.valence - 0.35 * a.tension,
        "pulse": 0.25 + 0.45 * up + 0.2 * a.tension,
        "counter": 0.5 + 0.15 * a.valence,
        "percussion": 0.1 + 0.5 * up + 0.25 * max(a.power, 0.0) + 0.15 * a.tension,
    }[kind]


def _singing(loom: Loom, moment: Moment) -> bool:
    return moment.bar.number in loom.themed


def _leave(state: _State, index: int, moment: Moment, wanted: list[str]) -> Iterator[Layer]:
    """Let layers go: one a bar, two where three too many play, all at once where nothing may play or someone speaks."""
    going = [kind for kind in KINDS if kind in state.since and kind not in wanted]
    at_once = moment.spoken > _SPOKEN or moment.full <= 0
    long_enough = [kind for kind in going if at_once or index - state.since[kind] >= _STAY]
    for kind in long_enough if at_once else sorted(long_enough, key=lambda kind: state.since[kind])[: _pace(len(going))]:
        yield Layer(kind, state.since.pop(kind), index)
        state.left[kind] = index


def _enter(state: _State, index: int, moment: Moment, wanted: list[str], *, sudden: bool) -> None:
    most = 4 if sudden else 3 if index == 0 and moment.full > 0.7 else _pace(len(wanted) - len(state.since))
    for kind in [kind for kind in wanted if kind not in state.since][:most]:
        if len(state.since) < max(len(wanted), 1) + 1:
            state.since[kind] = index


def _pace(apart: int) -> int:
    """Return how many layers come or go in a bar: one, two where what sounds is three or more away from what is wanted."""
    return 2 if apart >= _FAR else 1


def cell_of(loom: Loom, at: Fraction) -> int:
    """Return the index of the statement whose theme the accompaniment is made of at a place: the one that sounds there, else the nearest.

    -1 where the plan has no statement.
    """
    place = float(at)
    ranked = [(round(max(start - place, place - end, 0.0), 6), other, index) for start, end, other, index in loom.cells]
    return min(ranked)[2] if ranked else -1
