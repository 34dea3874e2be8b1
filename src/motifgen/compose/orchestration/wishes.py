"""Wishes that could not be met: themes that none of their voices carries, said aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from motifgen.compose.desk import Plan, ScorePart
from motifgen.compose.orchestration.forces import force_of
from motifgen.orchestra.instrument import find_instrument


def unmet(plan: Plan, parts: Sequence[ScorePart]) -> Iterator[str]:
    """Yield a sentence for each theme that is played by none of the instruments that were named for it, with the bars."""
    carriers: dict[int, dict[str, str]] = {}
    for part in parts:
        for index in {note.statement for note in part.notes} - {-1}:
            carriers.setdefault(index, {})[part.instrument.name] = part.name
    bars: dict[tuple[str, str, str], list[str]] = {}
    for index, players in sorted(carriers.items()):
        statement = plan.statements[index]
        if force_of(statement):
            continue
        wished = (statement.by,) if statement.by else statement.who.voice
        if wished and not {find_instrument(voice)[0].name for voice in wished} & set(players):
            said = statement.who.name, " or ".join(wished), next(iter(players.values()))
            bars.setdefault(said, []).append(str(plan.spotting.bar_at(statement.start).number))
    for (name, whom, first), places in bars.items():
        yield f"bar {', '.join(places)}: {name} is not played by {whom}, which cannot take the line there, but by {first}"
