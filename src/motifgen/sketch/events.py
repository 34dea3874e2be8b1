"""What is performed, as read-only numpy arrays: one dtype for notes, one for controllers. Times are ticks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

PPQ = 960

NOTE = np.dtype([("onset_tick", "i8"), ("end_tick", "i8"), ("pitch", "i2"), ("velocity", "i2")])
CONTROL = np.dtype([("tick", "i8"), ("controller", "i2"), ("value", "i2")])


def notes(rows: Iterable[tuple[int, int, int, int]]) -> NDArray[np.void]:
    """Return notes as a read-only array, sorted by onset, then pitch, then end.

    Parameters
    ----------
    rows : iterable of (onset_tick, end_tick, pitch, velocity)

    Examples
    --------
    >>> notes([(960, 1920, 62, 80), (0, 960, 60, 80)])["pitch"].tolist()
    [60, 62]
    """
    return note_table(np.array(list(rows), dtype=np.int64).reshape(-1, 4))


def controls(rows: Iterable[tuple[int, int, int]]) -> NDArray[np.void]:
    """Return controller changes as a read-only array, sorted by tick, then controller; rows of one place keep their order.

    Parameters
    ----------
    rows : iterable of (tick, controller, value)

    Examples
    --------
    >>> controls([(960, 11, 90), (0, 11, 80), (0, 1, 70)])["value"].tolist()
    [70, 80, 90]
    """
    return control_table(np.array(list(rows), dtype=np.int64).reshape(-1, 3))


def note_table(rows: NDArray[np.int64]) -> NDArray[np.void]:
    """Return notes from a table of whole numbers with four columns, as `notes` does from rows."""
    return _frozen(rows[np.lexsort((rows[:, 1], rows[:, 2], rows[:, 0]))], NOTE)


def control_table(rows: NDArray[np.int64]) -> NDArray[np.void]:
    """Return controller changes from a table of whole numbers with three columns, as `controls` does from rows."""
    return _frozen(rows[np.lexsort((rows[:, 1], rows[:, 0]))], CONTROL)


def _frozen(rows: NDArray[np.int64], dtype: np.dtype[np.void]) -> NDArray[np.void]:
    array = np.empty(len(rows), dtype=dtype)
    for name, column in zip(dtype.names or (), rows.T, strict=True):
        array[name] = column
    array.setflags(write=False)
    return array
