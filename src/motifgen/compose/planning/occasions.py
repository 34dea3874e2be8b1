"""Occasions: every moment at which the story gives a theme a reason to sound, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from motifgen.affect import affect_of
from motifgen.compose.desk import Landing
from motifgen.compose.planning.clauses import HEIGHT, entered, hinted, recalled, recovered, turned
from motifgen.compose.planning.landmarks import Turn, distance, intensity
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.whose import hero, leads, saved
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast
from motifgen.theory.time import Span

RANKS = ("hit", "enter", "bond", "climax", "return", "turn", "emotion", "hint", "build", "coda", "develop", "again", "memory", "bridge")
FRAGMENTS = ("hint", "build", "coda", "memory", "bridge")
NEAR = 0.42
PATIENCE = 12
#: A return from below ends where things are sound and eased. A way that ends within so many quarters is told at its end.
SOUND, EASED, SOON = -0.05, 0.6, 24
#: How much must be at stake in a height beside the climax; within so many seconds a keyframe is meant for a hit.
PEAK, MEANT = 0.9, 2


class Occasion(NamedTuple):
    """A reason for a theme to sound.

    Parameters
    ----------
    who : Character
    role : str
    at : Fraction
        Where the theme's first downbeat is wished, in quarters.
    kind : str
        One of `RANKS`: the first are the more urgent.
    present : Span
        The quarters in which the theme may sound.
    cast : Cast, optional
        The presence it comes from; none for an emotional state.
    exact : bool
        Whether the place is fixed by a hit: the theme's first note falls there, its pickup included.
    why : str
        The story's side of the reason, as a clause.
    notes : int
        How many notes a fragment shall have.
    rise : int
        How many scale steps higher than the last time it shall begin.
    wished : Fraction, optional
        Where it was wished at first, if it found room elsewhere.
    late : str
        The reason where it sounds some time after its moment, which still holds; of a hint, where its owner is known.
    """

    who: Character
    role: str
    at: Fraction
    kind: str
    present: Span
    cast: Cast | None = None
    exact: bool = False
    why: str = ""
    notes: int = 4
    rise: int = 0
    wished: Fraction | None = None
    late: str = ""

    def bar_line(self, survey: Survey) -> Fraction:
        """Return where the theme's first bar line is: at its place, or after its pickup where a hit wants the first note there."""
        return self.at + survey.themes[self.who.key].pickup if self.exact else self.at

    @property
    def rank(self) -> int:
        """Return how urgent it is; 0 is most."""
        return RANKS.index(self.kind)


def occasions(survey: Survey) -> tuple[Occasion, ...]:
    """Return every occasion of a scene, most urgent first, each kind in order of time."""
    found = [*_hits(survey), *_climax(survey), *_emotions(survey)]
    for cast in survey.spotting.scene.cast:
        present = survey.present(cast)
        if present.length > 0:
            found.extend(_presence(survey, cast, present))
    return tuple(sorted(found, key=lambda it: (it.rank, float(it.at))))


def unanswered(survey: Survey) -> tuple[str, ...]:
    """Return a sentence for each entry or reveal that calls nobody, or somebody who is not cast there."""
    called = [landing for landing in survey.spotting.landings if landing.hit.do in ("entry", "reveal") and landing.at < survey.end]
    said = []
    for landing in called:
        if _meant(survey, landing) is None:
            who = _named(survey, landing)
            away = who is not None and f"{who.name}, who is not cast at that moment, for the theme all the same"
            whom = away or "no lead who is present: no theme is stated there"
            said.append(f"the {landing.hit.do} at {float(landing.hit.at):g} s calls {whom}")
    return tuple(said)


def _presence(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    if cast.role == "lead":
        yield _enter(survey, cast, present)
        yield from _peaks(survey, cast, present)
        yield from _turns(survey, cast, present)
        yield from _build(survey, cast, present)
        yield from _again(survey, cast, present)
        yield from _coda(survey, cast, present)
    if cast.role == "hint" or (cast.role == "lead" and let_in(survey, cast) is not None):
        yield from _hints(survey, cast, present)


def let_in(survey: Survey, cast: Cast) -> Fraction | None:
    """Return where a hit lets a presence enter, if one does so soon; a lead who is long there must not be kept waiting."""
    places = (it.at for it in survey.spotting.landings if it.hit.do in ("entry", "reveal") and _meant(survey, it) == cast)
    first = min(places, default=None)
    if first is None or survey.spotting.seconds(first) - cast.span.start > PATIENCE:
        return None
    return first


def _enter(survey: Survey, cast: Cast, present: Span) -> Occasion:
    at = survey.line_after(present.start)
    opening = not at and len(survey.bars) >= 12 and survey.feels[0].arousal < 0.5
    wish = survey.lines[1] if opening else at
    clause = entered(survey, cast, opening=not present.start)
    joined = _together(survey, cast)
    if joined is not None:
        return Occasion(cast.who, cast.role, joined, "bond", present, cast, why=f"{_names(survey, cast.who.between)} are together")
    return Occasion(cast.who, cast.role, wish, "enter", present, cast, why=clause)


def _together(survey: Survey, cast: Cast) -> Fraction | None:
    """Return the first bar line at which all whom a bond joins are present with it."""
    if not cast.who.between:
        return None
    spans = [[survey.present(it) for it in survey.spotting.scene.cast if it.who.key == key] for key in cast.who.between]
    lines = (survey.lines[i] for i in survey.bars_in(survey.present(cast)))
    return next((line for line in lines if all(any(line in span for span in each) for each in spans)), None)


def _names(survey: Survey, keys: tuple[str, ...]) -> str:
    known = {cast.who.key: cast.who.name for cast in survey.spotting.scene.cast}
    return " and ".join(known.get(key, key) for key in keys)


def _turns(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield the turns that belong to a lead, and the returns from below; what a return or the next turn tells is not told twice."""
    climax, lowest, told = survey.climax, 0.0, ""
    for turn, following in zip(survey.turns, [*survey.turns[1:], None][: len(survey.turns)], strict=True):
        lowest = min(lowest, turn.before.valence)
        back = lowest < -0.2 and turn.after.valence - lowest > 0.5 and turn.after.valence > max(turn.before.valence, SOUND)
        back = back and turn.after.tension < EASED and saved(cast, hero(survey, turn.at))
        at = _gone(survey, turn, 0.7) if back else _gone(survey, turn, 0.5) if turn.leaves else turn.at
        near = climax is not None and climax.start - 8 < at < climax.end
        soon = turn.leaves and not back and following is not None and following.word == turn.goal and following.at - at < SOON
        if at not in present or at == present.start or near or soon or (told and turn.word == told):
            continue
        if back:
            # The next return needs another fall.
            lowest, told = 0.0, turn.goal
            yield Occasion(cast.who, cast.role, at, "return", present, cast, why=recovered(turn), late=recovered(turn, over=True))
        elif cast == hero(survey, at):
            yield Occasion(cast.who, cast.role, at, "turn", present, cast, why=turned(turn), late=turned(turn, over=True))


def _peaks(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield the hits at which a keyframe is a height of the scene beside its climax, for the one to whom they belong."""
    climax, scene = survey.climax, survey.spotting.scene
    for landing in survey.spotting.landings:
        hit, at = landing.hit, survey.nearest_line(landing.at)
        met = any(abs(point.at - hit.at) <= MEANT for point in scene.arc.points)
        met = met and not any(abs(turn.at - at) < 8 for turn in survey.turns if not turn.leaves)
        if hit.do not in ("accent", "swell") or not hit.what or not met or at not in present or cast != hero(survey, at):
            continue
        around = (intensity(survey.feel(survey.spotting.quarter(max(hit.at + by, Fraction(0))))) for by in (-8, 8))
        if intensity(survey.feel(at)) < max(PEAK, *around) or (climax is not None and climax.start - 16 < at < climax.end + 16):
            continue
        yield Occasion(cast.who, cast.role, at, "turn", present, cast, why=f"a height of the scene ({hit.what})")


def _gone(survey: Survey, turn: Turn, share: float) -> Fraction:
    """Return the first bar line after a turn at which so much of the way to the new feeling is gone."""
    whole = distance(turn.before, turn.after)
    ahead = (line for line in survey.lines[:-1] if line >= turn.at)
    return next((line for line in ahead if distance(survey.feel(line), turn.after) <= (1 - share) * whole), turn.at)


def _build(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield ever shorter pieces, each higher, on the bars that lead into the climax: two bars, then one, then one."""
    climax = survey.climax
    if climax is None or climax.start not in present or cast != hero(survey, climax.start):
        return
    lines = [line for line in survey.lines if present.start <= line < climax.start][-4:]
    for rise, line in enumerate(lines):
        if rise == 1 and len(lines) == 4:
            continue
        left = len(lines) - rise
        why = f"{left} bar{'s' * (left > 1)} before the climax{_struck(survey, climax)}"
        yield Occasion(cast.who, cast.role, line, "build", present, cast, why=why, notes=min(2 + left, 5), rise=rise)


def _again(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield a chance to be heard again at every second bar line: whole, or where that would be too often, in part."""
    for index in survey.bars_in(present)[::2]:
        at = survey.lines[index]
        # Why is said when they are taken: most are not.
        yield Occasion(cast.who, cast.role, at, "again", present, cast)
        yield Occasion(cast.who, cast.role, at, "memory", present, cast)


def _hints(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield fragments every eight bars of a hint, and of a lead before the hit that lets it enter."""
    called = let_in(survey, cast) if cast.role == "lead" else None
    lines = [survey.lines[index] for index in survey.bars_in(present)]
    for count, line in enumerate(lines[::8]):
        if called is None or line + 8 <= called:
            why, late = hinted(cast.who, count), recalled(cast.who, count)
            yield Occasion(cast.who, cast.role, line, "hint", present, cast, why=why, notes=4 + count, late=late)


def _coda(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield a last memory of the theme in the scene's last bars, for the lead who stays to the end."""
    stops = [rest.start for rest in survey.spotting.rests if rest.end >= survey.end]
    end = min([survey.end, *stops])
    if len(survey.bars) < 12 or present.end < end or cast != hero(survey, end - 1):
        return
    lost = survey.feel(end).valence < -0.2
    why = f"the scene ends on what is left of {cast.who.name}" if lost else f"the scene ends with {cast.who.name}"
    yield Occasion(cast.who, cast.role, survey.line_before(end - 1), "coda", Span(present.start, end), cast, why=why, notes=4)


def _hits(survey: Survey) -> Iterator[Occasion]:
    for landing in survey.spotting.landings:
        if landing.hit.do not in ("entry", "reveal") or landing.at >= survey.end:
            continue
        cast = _meant(survey, landing)
        who = cast.who if cast is not None else _named(survey, landing)
        if who is not None:
            seen = f" ({landing.hit.what})" if landing.hit.what else ""
            verb = "enters on the hit" if landing.hit.do == "entry" else "is revealed"
            present = survey.present(cast) if cast is not None else Span(landing.at, survey.end)
            role = cast.role if cast is not None else "lead"
            yield Occasion(who, role, landing.at, "hit", present, cast, exact=True, why=f"{who.name} {verb}{seen}")


def _named(survey: Survey, landing: Landing) -> Character | None:
    """Return whose theme an entry or a reveal names, be they cast or not; nobody where it names none."""
    scene, story = survey.spotting.scene, survey.spotting.story
    known = [*(story.characters if story is not None else ()), *scene.emotions, *(cast.who for cast in scene.cast)]
    return next((who for who in known if who.key == landing.hit.who), None)


def _meant(survey: Survey, landing: Landing) -> Cast | None:
    """Return whose theme an entry or a reveal calls: the one it names, else the lead who has just come."""
    if landing.hit.who:
        named = [cast for cast in survey.spotting.scene.cast if cast.who.key == landing.hit.who]
        here = [cast for cast in named if landing.at in survey.present(cast)]
        return here[0] if here else None
    here = list(leads(survey, landing.at))
    return max(here, key=lambda cast: (cast.span.start, -here.index(cast))) if here else None


def _climax(survey: Survey) -> Iterator[Occasion]:
    """Yield the climax: on the blow, where a shock strikes it; else where the arc is highest."""
    climax = survey.climax
    cast = hero(survey, climax.start) if climax is not None else None
    if climax is not None and cast is not None:
        present = survey.present(cast)
        blows = [hush.end for hush in survey.hushes if climax.start <= hush.end < climax.end]
        yield Occasion(
            cast.who,
            cast.role,
            min(blows, default=climax.start),
            "climax",
            present,
            cast,
            why=f"{HEIGHT}{_struck(survey, climax)}",
        )


def _struck(survey: Survey, climax: Span) -> str:
    """Return what the picture shows at the climax, in brackets; empty when no hit says."""
    shown = (it.hit.what for it in survey.spotting.landings if it.at in climax and it.hit.what)
    return next((f" ({what})" for what in shown), "")


def _emotions(survey: Survey) -> Iterator[Occasion]:
    """Yield an occasion where the arc comes near the word of an emotional state, once for each time that it does."""
    for who in survey.spotting.scene.emotions:
        for near in nearby(survey, who):
            yield Occasion(who, "support", near.start, "emotion", near, why=f"the scene comes near {who.name.lower()}")


def nearby(survey: Survey, who: Character) -> tuple[Span, ...]:
    """Return the stretches, from bar line to bar line, in which the arc is near the word of an emotional state."""
    word = affect_of((*who.traits, who.key)[0])
    near = [distance(feel, word) <= NEAR for feel in survey.feels]
    starts = [i for i, here in enumerate(near) if here and not (i and near[i - 1])]
    ends = [i + 1 for i, here in enumerate(near) if here and near[i + 1 : i + 2] != [True]]
    return tuple(Span(survey.lines[start], survey.lines[end]) for start, end in zip(starts, ends, strict=True))
