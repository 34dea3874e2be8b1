"""Fitting a drawn rhythm to a number of notes: the shortest are joined, the longest halved."""

from __future__ import annotations

from collections.abc import Sequence

from motifgen.motif.invention.cells import Cell, cell_length, sounding


def fitted(cells: Sequence[Cell], body: tuple[int, int]) -> list[Cell]:
    """Join the shortest neighbours, or halve the longest note that is not the goal, until the number is right.

    Examples
    --------
    >>> fitted([(48, 48), (192,)], (2, 2))
    [(96,), (192,)]
    """
    found = list(cells)
    while sum(map(sounding, found)) > body[1]:
        found = _join_shortest(found)
    while sum(map(sounding, found)) < body[0]:
        found = _halve_longest(found)
    return found


def _join_shortest(cells: list[Cell]) -> list[Cell]:
    """Let the shortest note go into the note before it; the first into the one after it."""
    flat = [length for cell in cells for length in cell]
    heard = [i for i, length in enumerate(flat) if length > 0]
    place = min(heard[1:], key=lambda i: (flat[i], -i))
    before = max(i for i in heard if i < place)
    joined = [*flat[:before], sum(map(abs, flat[before : place + 1])), *flat[place + 1 :]]
    return [tuple(joined)] if len(cells) == 1 else _regrouped(joined, cells)


def _regrouped(flat: Sequence[int], cells: Sequence[Cell]) -> list[Cell]:
    """Cut a line of lengths into groups where the old groups began, as far as notes still begin there."""
    starts, at = {sum(map(cell_length, cells[:i])) for i in range(len(cells))}, 0
    found: list[list[int]] = []
    for length in flat:
        if at in starts or not found:
            found.append([length])
        else:
            found[-1].append(length)
        at += abs(length)
    return [tuple(cell) for cell in found]


def _halve_longest(cells: list[Cell]) -> list[Cell]:
    """Halve the longest note, a dotted one into two thirds and a third; the goal only when it is the longest by far."""
    spots = [
        (-length / (2.5 if g == len(cells) - 1 else 1), g, i) for g, cell in enumerate(cells) for i, length in enumerate(cell) if length > 1
    ]
    _, group, place = min(spots)
    length = cells[group][place]
    long = length * 2 // 3 if length % 9 == 0 else (length + 1) // 2
    halved = (*cells[group][:place], long, length - long, *cells[group][place + 1 :])
    return [*cells[:group], halved, *cells[group + 1 :]]
