"""Film timecode: frames, rates, drop-frame; exact.

Seconds are real seconds. At the rates that run at 1000/1001 of their name an hour of timecode is not an hour: 3603.6 s at
23.976, 3599.9964 s at 29.97 drop-frame. Numbering follows SMPTE ST 12-1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from motifgen.errors import NotationError, RangeError, nearest, shown

_NTSC = Fraction(1000, 1001)
RATES = ("23.976", "24", "25", "29.97", "29.97df", "30", "47.952", "48", "50", "59.94", "59.94df", "60")
FORMS = "seconds (34.5), m:ss (0:34), m:ss.fff (0:34.500), h:mm:ss (0:00:34), or film timecode hh:mm:ss:ff (01:00:44:12)"
_CODE = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})([:;])([0-9]{2})\Z")
_PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,12})?\Z")
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,4}):([0-9]{2}(?:\.[0-9]{1,9})?)\Z")
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class FrameRate:
    """A frame rate by its name in a scene file: ``"24"``, ``"29.97df"``.

    Parameters
    ----------
    name : str
        One of `RATES`.
    fps : Fraction
        Real frames a second: 24000/1001 for ``"23.976"``.
    nominal : int
        Frames that timecode counts in a second: 24 for ``"23.976"``.
    drop : bool
        Whether frame numbers (not frames) are left out so that timecode keeps up with the clock.

    Examples
    --------
    >>> FrameRate.named("29.97df").fps
    Fraction(30000, 1001)
    """

    name: str = "24"
    fps: Fraction = Fraction(24)
    nominal: int = 24
    drop: bool = False

    @classmethod
    def named(cls, text: str | float) -> FrameRate:
        """Return the rate of a name, or of a number as a scene file holds it.

        Raises
        ------
        RangeError
            If there is no such rate; the message lists them all.
        """
        number = isinstance(text, int | float) and not isinstance(text, bool)
        name = f"{text:g}" if number else str(text).strip().lower()
        if name not in RATES:
            close = nearest(name, RATES, most=1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise RangeError(f"unknown frame rate {shown(text)}{hint}; accepted: {' '.join(RATES)}")
        drop, digits = name.endswith("df"), name.removesuffix("df")
        nominal = round(float(digits))
        return cls(name, Fraction(nominal) * (_NTSC if "." in digits else 1), nominal, drop)

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def dropped(self) -> int:
        """Return how many frame numbers are left out at a minute that does not end in 0."""
        return self.nominal // 15 if self.drop else 0

    @property
    def day(self) -> int:
        """Return how many frames 24 hours of timecode hold."""
        return 24 * 6 * self._ten_minutes

    @property
    def _ten_minutes(self) -> int:
        return 600 * self.nominal - 9 * self.dropped

    def seconds(self, frames: Fraction | int) -> Fraction:
        """Return how long a number of frames lasts."""
        return Fraction(frames) / self.fps

    def frames(self, seconds: Fraction | int) -> Fraction:
        """Return how many frames a number of seconds holds, unrounded."""
        return Fraction(seconds) * self.fps


@dataclass(frozen=True, slots=True)
class Timecode:
    """A place in a film, as whole frames from 00:00:00:00 at a rate.

    Parameters
    ----------
    frames : int
        From 0 up to but not including a day.
    rate : FrameRate

    Examples
    --------
    >>> code = Timecode.parse("00:01:00;02", FrameRate.named("29.97df"))
    >>> code.frames, str(code)
    (1800, '00:01:00;02')
    """

    frames: int = 86_400
    rate: FrameRate = FrameRate()

    def __post_init__(self) -> None:
        """Refuse frames outside the day."""
        if not 0 <= self.frames < self.rate.day:
            raise RangeError(f"frame {self.frames} is outside the day; accepted at {self.rate} fps: 0 to {self.rate.day - 1}")

    @classmethod
    def parse(cls, text: str, rate: FrameRate) -> Timecode:
        """Read ``hh:mm:ss:ff``; ``hh:mm:ss;ff`` is accepted at drop-frame rates only.

        Raises
        ------
        NotationError
            If the text is no timecode, or names a frame that the rate does not have.
        """
        match = _CODE.match(text.strip())
        if not match:
            raise NotationError(f"cannot read the timecode {shown(text)}; accepted: hh:mm:ss:ff, as '01:00:44:12'")
        if match[4] == ";" and not rate.drop:
            raise NotationError(f"the timecode {shown(text)} is drop-frame (';') but {rate} fps is not; write ':' or set a 'df' frame rate")
        hours, minutes, seconds, frame = fields = [int(match[i]) for i in (1, 2, 3, 5)]
        _check_fields(text, rate, fields)
        minute = 60 * hours + minutes
        return cls((60 * minute + seconds) * rate.nominal + frame - rate.dropped * (minute - minute // 10), rate)

    @classmethod
    def nearest(cls, seconds: Fraction | int, rate: FrameRate) -> Timecode:
        """Return the frame nearest to real seconds from 00:00:00:00; past midnight it begins again."""
        return cls(round(rate.frames(seconds)) % rate.day, rate)

    def __str__(self) -> str:
        """Return ``hh:mm:ss:ff``, with ``;`` before the frames when drop-frame."""
        rate, drop = self.rate, self.rate.dropped
        tens, rest = divmod(self.frames, rate._ten_minutes)  # noqa: SLF001 - its own module's arithmetic
        skipped = 9 * drop * tens
        if rest >= drop > 0:
            skipped += drop * ((rest - drop) // (60 * rate.nominal - drop))
        seconds, frame = divmod(self.frames + skipped, rate.nominal)
        mark = ";" if rate.drop else ":"
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{frame:02}"

    @property
    def seconds(self) -> Fraction:
        """Return the real seconds from 00:00:00:00."""
        return self.rate.seconds(self.frames)

    def later(self, seconds: Fraction | int) -> Timecode:
        """Return the frame nearest to a moment so many real seconds later; past midnight the day begins again."""
        return Timecode((self.frames + round(self.rate.frames(seconds))) % self.rate.day, self.rate)

    def until(self, other: Timecode) -> Fraction:
        """Return the real seconds to another place, by the shorter way round midnight; negative when it is earlier."""
        there = other.frames if other.rate == self.rate else round(self.rate.frames(other.seconds))
        way = (there - self.frames) % self.rate.day
        return self.rate.seconds(way if 2 * way <= self.rate.day else way - self.rate.day)


def parse_time(value: object, scene_start: Timecode, rate: FrameRate) -> Fraction:
    """Return a time of a scene file as exact seconds from the scene's start.

    Parameters
    ----------
    value : int, float, Fraction or str
        Seconds, ``m:ss``, ``m:ss.fff``, ``h:mm:ss``, or absolute timecode ``hh:mm:ss:ff`` / ``;ff``.
    scene_start : Timecode
        Of the scene's first frame.
    rate : FrameRate
        In which timecode is counted.

    Raises
    ------
    NotationError
        If it is no time, negative, or timecode before the scene's start; the message shows the accepted forms.

    Examples
    --------
    >>> parse_time("01:00:44:12", Timecode(86_640), FrameRate())
    Fraction(69, 2)
    >>> parse_time("1:02.25", Timecode(), FrameRate())
    Fraction(249, 4)
    """
    if isinstance(value, str):
        return _spoken(value.strip(), scene_start, rate)
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction | Decimal):
        raise _unreadable(value)
    exact = _number(value)
    if exact is None or not 0 <= exact <= _DAY:
        raise _unreadable(value)
    return exact


def _number(value: int | float | Fraction | Decimal) -> Fraction | None:  # noqa: PYI041 - an int is meant as such
    try:
        # By its shortest decimal: 0.1 in a file means a tenth, not the nearest binary fraction.
        return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)
    except (ValueError, OverflowError):
        return None


def _spoken(text: str, start: Timecode, rate: FrameRate) -> Fraction:
    if text.count(":") + text.count(";") == 3:
        place = Timecode.parse(text, rate)
        seconds = start.until(place)
        if seconds < 0:
            raise NotationError(f"the timecode {shown(text)} is before the scene's start {start}")
        return seconds
    if _PLAIN.match(text):
        return _within_a_day(Fraction(text), text)
    match = _CLOCK.match(text)
    if not match:
        raise _unreadable(text)
    hours, minutes, seconds = match[1], int(match[2]), Fraction(match[3])
    if seconds >= 60 or (hours is not None and (minutes >= 60 or len(match[2]) != 2 or "." in match[3])):
        raise _unreadable(text)
    return _within_a_day(3600 * int(hours or 0) + 60 * minutes + seconds, text)


def _within_a_day(seconds: Fraction, text: str) -> Fraction:
    if seconds > _DAY:
        raise _unreadable(text)
    return seconds


def _unreadable(value: object) -> NotationError:
    # A number of thousands of digits cannot even be printed.
    given = "a huge number" if isinstance(value, int) and value.bit_length() > 200 else shown(value)
    return NotationError(f"cannot read the time {given}; accepted: {FORMS}, none longer than a day")


def _check_fields(text: str, rate: FrameRate, fields: list[int]) -> None:
    for name, value, end in zip(("hour", "minute", "second", "frame"), fields, (24, 60, 60, rate.nominal), strict=True):
        if value >= end:
            fps = f" at {rate} fps" if name == "frame" else ""
            raise NotationError(f"there is no {name} {value}{fps} (timecode {shown(text)}); accepted: 00 to {end - 1}")
    hours, minutes, seconds, frame = fields
    if frame < rate.dropped and not seconds and minutes % 10:
        first = f"{hours:02}:{minutes:02}:00;{rate.dropped:02}"
        raise NotationError(
            f"the timecode {shown(text)} does not exist: {rate} leaves out frames 00 to {rate.dropped - 1:02} of every minute"
            f" that does not end in 0; the first frame of this minute is {first!r}",
        )
