"""Rules of phrasing: the arch of a phrase, the final ritard. All are from Anders Friberg's Director Musices.

Every rule is a function of arrays with a quantity ``k``: 1 as published, 0 off, negative the inverse.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def phrase_arch(  # noqa: PLR0913 - the parameters of the published rule
    place: Floats,
    k: Floats | float,
    turn: Floats | float,
    *,
    amp: float = 1.0,
    start: float = 1.0,
    end: Floats | float = 1.0,
    power: float = 2.0,
) -> tuple[Floats, Floats]:
    """Return how much longer notes last, and how much louder they are, along a phrase.

    Parameters
    ----------
    place : NDArray
        0 at the phrase's start to 1 at its end.
    k : float
        Quantity; may differ from place to place.
    turn : float
        Where the phrase peaks, between 0 and 1.
    amp : float
        Size of the change of level.
    start, end : float
        How much the way up and the way down count (``acc`` and ``next`` in the source).
    power : float
        How late the arch bends.

    Returns
    -------
    tuple[NDArray, NDArray]
        Factors of duration, and decibels (0 at the peak, falling to both ends).

    Examples
    --------
    >>> lengths, decibels = phrase_arch(np.array([0.0, 0.5, 1.0]), 1.0, 0.5)
    >>> lengths.tolist(), decibels.tolist()
    ([1.1, 1.0, 1.2], [-0.5, -0.0, -1.0])
    """
    rising = place < turn
    up = np.where(rising, (1 - place / np.maximum(turn, 1e-9)), 0.0) ** power * start
    down = np.where(rising, 0.0, (place - turn) / np.maximum(1 - np.asarray(turn), 1e-9)) ** power * end
    return 1 + 0.1 * k * up + 0.2 * k * down, -0.5 * k * amp * up - 1.0 * k * amp * down


def ritard_length(k: float) -> float:
    """Return how many milliseconds before the last note the final ritard begins."""
    return 1300.0 * k


def final_ritard(place: Floats, k: float, q: float = 3.0) -> tuple[Floats, Floats]:
    """Return tempo and elapsed time along the final ritard.

    Parameters
    ----------
    place : NDArray
        0 where the ritard begins to 1 at the last note, in score time.
    k : float
        Quantity, above 0: 1 ends at a quarter of the tempo.
    q : float
        Curvature: 3 after runners who come to a halt (Friberg and Sundberg 1999).

    Returns
    -------
    tuple[NDArray, NDArray]
        Tempo as a share of the tempo before, and elapsed time in units of the ritard's nominal length.

    Examples
    --------
    >>> tempo, elapsed = final_ritard(np.array([0.0, 1.0]), 1.0)
    >>> tempo.round(3).tolist(), abs(elapsed).round(3).tolist()
    ([1.0, 0.25], [0.0, 1.429])
    """
    last = 1 / (1 + 3 * k)
    kappa = last**q - 1
    inner = 1 + kappa * place
    return inner ** (1 / q), q / ((q - 1) * kappa) * (inner ** ((q - 1) / q) - 1)
