"""Every error motifgen raises, for the person who made the mistake.

::

    MotifgenError
    ├── NotationError      a text (motif, pitch, key, chord, meter, time) that cannot be read
    ├── UnknownNameError   a word that no table knows; carries the nearest ones that are known
    ├── RangeError         a value outside what is accepted
    ├── SceneFileError     all faults of one scene file, each with line and column
    ├── ComposeError       a scene that cannot be composed as asked
    └── MissingError       an optional package, program or font that is not installed

Each is also a ``ValueError`` (``LookupError`` for names), so that callers who know nothing of motifgen can catch them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches


class MotifgenError(Exception):
    """The root of all errors that motifgen raises on purpose; each can be copied, and sent to another process, as it is."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return how it is made again: by its message, for what it was made of need not be known there."""
        return _again, (type(self), self.args, self.__dict__)


class NotationError(MotifgenError, ValueError):
    """A text that cannot be read."""


class RangeError(MotifgenError, ValueError):
    """A value outside what is accepted."""


class ComposeError(MotifgenError, ValueError):
    """A scene that cannot be composed as asked."""


class MissingError(MotifgenError, ImportError):
    """Something optional that is not installed; the message says how to get it."""


class UnknownNameError(MotifgenError, LookupError):
    """A word that no table knows.

    Parameters
    ----------
    kind : str
        What the word should have been: ``"emotion word"``, ``"instrument"``.
    given : str
        The word.
    accepted : Iterable[str]
        Every word that is known; the nearest are shown.
    see : str, optional
        Where the whole list is: ``"motifgen emotions"``.
    listed : bool
        Whether the message shows the whole list, because it is short. Where no word is near and no command lists them, it always does.

    Examples
    --------
    >>> str(UnknownNameError("mode", "minr", ["minor", "major"]))
    "unknown mode 'minr'; did you mean 'minor'?"
    >>> str(UnknownNameError("role", "boss", ["lead", "support", "hint"], listed=True))
    "unknown role 'boss'; accepted: lead, support, hint"
    """

    def __init__(self, kind: str, given: str, accepted: Iterable[str], see: str = "", *, listed: bool = False) -> None:
        """Build the message from the word and its neighbours."""
        known = tuple(accepted)
        self.kind, self.given = kind, given
        self.nearest = nearest(str(given), known)
        hint = f"; did you mean {_either(self.nearest)}?" if self.nearest else ""
        more = f" ({see} lists them)" if see else ""
        told = listed or not (hint or see)
        every = f"{' Accepted' if hint else '; accepted'}: {', '.join(known) or 'nothing, for there is none'}" if told else ""
        super().__init__(f"unknown {kind} {shown(given)}{hint}{more}{every}")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file, and where."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return ``file:line:column: message``."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class SceneFileError(MotifgenError, ValueError):
    """All faults of one scene file.

    Attributes
    ----------
    faults : tuple[Fault, ...]
        In the order of the file.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Join the faults, a line each."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def _again(kind: type[MotifgenError], args: tuple[object, ...], fields: dict[str, object]) -> MotifgenError:
    made = kind.__new__(kind, *args)
    made.args = args
    made.__dict__.update(fields)
    return made


def ensure(what: str, value: object, *kinds: type) -> None:
    """Refuse a value of another kind than a program is asked to give.

    Examples
    --------
    >>> ensure("a duration", "long", int, float)
    Traceback (most recent call last):
    motifgen.errors.NotationError: a duration is 'long'; accepted: int or float
    """
    if not isinstance(value, kinds):
        accepted = ["None" if kind is type(None) else kind.__name__ for kind in kinds]
        raise NotationError(f"{what} is {shown(value)}; accepted: {' or '.join(accepted)}")


def nearest(word: str, accepted: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the accepted words that are most like a misspelt one, best first; of equals, the one that begins as it does.

    Examples
    --------
    >>> nearest("tryumph", ["triumph", "terror", "calm"])
    ('triumph',)
    >>> nearest("stile", ["title", "style"])
    ('style', 'title')
    """
    known = {name.casefold(): name for name in accepted}
    meant = word.casefold()[:80]
    found = get_close_matches(meant, sorted(known), n=2 * most, cutoff=0.6)
    found.sort(key=lambda name: (-round(SequenceMatcher(None, name, meant).ratio(), 6), name[:1] != meant[:1], name))
    return tuple(known[name] for name in found[:most])


def shown(value: object, most: int = 60) -> str:
    """Return a value as it is shown in a message: quoted, and cut when long.

    Examples
    --------
    >>> shown("x" * 100, most=8)
    "'xxxxx...'"
    """
    text = str(value)
    return repr(text if len(text) <= most else text[: most - 3] + "...")


def _either(words: Sequence[str]) -> str:
    quoted = [repr(word) for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
