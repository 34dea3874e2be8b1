"""Players' parts: what one player reads, out of the full score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from motifgen.files.notation.full import full_score
from motifgen.files.notation.signatures import written
from motifgen.files.notation.staff import Sheet, Staff
from motifgen.sketch.score import Score
from motifgen.theory.pitch import Pitch

#: Families whose players read chord symbols.
_CHORDED = frozenset({"plucked", "keys"})


def part_sheets(score: Score) -> Iterator[tuple[str, Sheet]]:
    """Yield the name and the sheet of every player who has something to play, in score order.

    A part has what stands over the system (sections, hits, tempi), as the conductor speaks of it; chord symbols only for those who play
    from them, and no names of themes.
    """
    full = full_score(score)
    for number in sorted({staff.part for staff in full.staves}):
        own = tuple(_plain(staff) for staff in full.staves if staff.part == number)
        if any(staff.notes for staff in own):
            chorded = own[0].family in _CHORDED and own[0].instrument != "harp"
            texts = tuple(text for text in full.texts if chorded or text.kind != "chord")
            yield player(own[0]), replace(full, staves=own, texts=texts)


def player(staff: Staff) -> str:
    """Return how a part is headed: the player's name, and in what key a transposing instrument stands.

    Examples
    --------
    >>> from fractions import Fraction
    >>> rows = {"notes": (), "voices": (), "clefs": (), "fifths": (), "shifts": ()}
    >>> [player(Staff("Horn 1", "Hn. 1", "horn", "brass", 60, down, 0, **rows)) for down in (-7, -2, -12, 0)]
    ['Horn 1 in F', 'Horn 1 in B♭', 'Horn 1', 'Horn 1']
    """
    if staff.drums or staff.transposition % 12 == 0:
        return staff.name
    up = written(staff.transposition)
    key = str((Pitch.parse("C4") + -up).pitch_class)
    return f"{staff.name} in {key.replace('b', '♭').replace('#', '♯')}"


def _plain(staff: Staff) -> Staff:
    return replace(staff, texts=tuple(text for text in staff.texts if text.kind != "theme"))
