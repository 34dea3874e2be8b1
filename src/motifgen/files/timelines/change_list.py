"""A change list: the edits of a recut, one a line, as an editor sends them."""

from __future__ import annotations

import re

from motifgen.errors import Fault, MotifgenError, SceneFileError
from motifgen.files.timelines.recut import Edit, edit
from motifgen.story.scene import Story

_BETWEEN = re.compile(r"\s*,\s*|\s+")


def read_changes(text: str, name: str, story: Story) -> tuple[Edit, ...]:
    """Return the edits of a change list, in its order.

    A line is ``AT BY`` or ``AT BY SCENE``, with white space or commas between: where, as film timecode or as a time in that scene, and
    by how much, as ``-14f``. Empty lines, lines that begin with ``#`` and a heading ``at,by,scene`` are passed over.

    Parameters
    ----------
    name : str
        The file's, for messages.

    Raises
    ------
    SceneFileError
        With every line that cannot be read.

    Examples
    --------
    >>> read_changes("01:00:42:00 -14f  # shorter", "list.txt", Story())
    (Edit(at=87408, by=-14),)
    """
    edits: list[Edit] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = [word for word in _BETWEEN.split(line.partition("#")[0].strip()) if word]
        if not words or words[0].casefold() == "at":
            continue
        if not 2 <= len(words) <= 3:
            faults.append(Fault(name, number, 1, f"{len(words)} words stand here; accepted: AT BY, or AT BY SCENE, as '01:00:42:00 -14f'"))
            continue
        try:
            edits.append(edit(words[0], words[1], story, *words[2:]))
        except MotifgenError as error:
            faults.append(Fault(name, number, 1, str(error)))
    if not edits and not faults:
        faults.append(Fault(name, 1, 1, "the list has no edits; accepted: lines as '01:00:42:00 -14f'"))
    if faults:
        raise SceneFileError(faults)
    return tuple(edits)
