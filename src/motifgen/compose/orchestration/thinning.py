"""Thinning: where more play than the moment wants, those who matter least fall silent, the latest to join first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.compose.desk import ScoreNote
from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.census import Census
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.roster import Duty

SHORTEST = Fraction(1, 8)
_WORTH = {"percussion": 2, "drone": 3, "pulse": 4, "pad": 5, "arpeggio": 6, "ostinato": 7, "counter": 8, "bass": 9}
_LEAST = 2
_CARRYING = {"pad": 10, "percussion": 11, "bass": 12}  # in a band the rhythm section goes on


@dataclass(slots=True)
class Post:
    """A chair and one of its duties, as far as it is left."""

    chair: Chair
    duty: Duty | None


def thin(casting: Casting, found: Census) -> None:
    """Silence players in crowded bars: those who double first, then drums, drones and figures, then chords and bass; themes never.

    Who falls silent does so for two bars at least, or to the end of the phrase.

    Parameters
    ----------
    found : Census
        Kept up to date as players fall silent.
    """
    posts = list(_spare(casting))
    for run in list(found.crowded()):
        for post in posts:
            if not any(map(found.surplus, run)):
                break
            if post.duty is not None:
                _silence(casting, post, post.duty, found, run)


def _spare(casting: Casting) -> list[Post]:
    """Return who may fall silent, the first to do so first."""
    worth = _WORTH | _CARRYING if casting.palette.swing else _WORTH
    found = [(chair, duty) for chair in casting.roster.chairs for duty in casting.roster.of(chair) if _may_rest(duty)]
    order = {chair.name: chair.order for chair in casting.roster.chairs}
    ranked = sorted(found, key=lambda post: (0 if post[1].joined else worth[post[1].role], -post[1].start, order[post[0].name]))
    return [Post(chair, duty) for chair, duty in ranked]


def _may_rest(duty: Duty) -> bool:
    """Tell whether a duty can be spared: no theme is, nor is a note that is held alone, for nothing would be left."""
    needed = any(note.statement >= 0 or (duty.role == "drone" and "solo" in note.marks) for note in duty.notes)
    return duty.role in _WORTH and not duty.fixed and (duty.joined or not needed)


def _silence(casting: Casting, post: Post, duty: Duty, found: Census, run: range) -> None:
    """Take out of a duty the bars of a stretch in which there are too many players."""
    own = found.bars(duty.start, duty.end)
    bars = [at for at in range(max(run.start, own.start), min(run.stop, own.stop)) if found.surplus(at)]
    if not bars or (bars[-1] + 1 - bars[0] < _LEAST and bars[0] > own.start and bars[-1] + 1 < own.stop):
        return
    first, last = casting.spotting.bars[bars[0]], casting.spotting.bars[bars[-1]]
    before = _presence(casting, post.chair, found)
    left = tuple(_outside(duty.notes, first.start, last.end))
    if duty.joined and len(found.played(left)) < _LEAST:
        left = ()  # who only joined in does not stay for a bar
    post.duty = casting.roster.change(post.chair, duty, left)
    for at in before - _presence(casting, post.chair, found):
        found.count[at] -= 1


def _presence(casting: Casting, chair: Chair, found: Census) -> set[int]:
    return found.played(*(duty.notes for duty in casting.roster.of(chair) if duty.role != "hit"))


def _outside(notes: tuple[ScoreNote, ...], start: Fraction, stop: Fraction) -> Iterator[ScoreNote]:
    early, late = float(start), float(stop)
    for note in notes:
        onset, end = note.quarters
        if onset >= late or end <= early:
            yield note
        elif onset < early and start - note.onset >= SHORTEST:
            yield replace(note, duration=start - note.onset)
