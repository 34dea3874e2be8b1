from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import NotationError, RangeError
from motifgen.story.timecode import RATES, FrameRate, Timecode, parse_time

DF = FrameRate.named("29.97df")
DF60 = FrameRate.named("59.94df")
FILM = FrameRate()


@pytest.mark.parametrize(
    ("name", "fps", "nominal", "drop"),
    [
        ("23.976", Fraction(24000, 1001), 24, False),
        ("24", Fraction(24), 24, False),
        ("25", Fraction(25), 25, False),
        ("29.97", Fraction(30000, 1001), 30, False),
        ("29.97df", Fraction(30000, 1001), 30, True),
        ("30", Fraction(30), 30, False),
        ("47.952", Fraction(48000, 1001), 48, False),
        ("48", Fraction(48), 48, False),
        ("50", Fraction(50), 50, False),
        ("59.94", Fraction(60000, 1001), 60, False),
        ("59.94df", Fraction(60000, 1001), 60, True),
        ("60", Fraction(60), 60, False),
    ],
)
def test_every_rate_is_exact(name, fps, nominal, drop):
    rate = FrameRate.named(name)
    assert (rate.name, rate.fps, rate.nominal, rate.drop) == (name, fps, nominal, drop)
    assert name in RATES


@pytest.mark.parametrize(("given_as", "name"), [(24, "24"), (23.976, "23.976"), (25.0, "25"), (" 29.97DF ", "29.97df")])
def test_a_rate_may_be_given_as_a_number(given_as, name):
    assert str(FrameRate.named(given_as)) == name


@pytest.mark.parametrize("wrong", ["23", "29.97 df", "", True, 24.5, "NaN"])
def test_an_unknown_rate_lists_all(wrong):
    with pytest.raises(RangeError, match=r"23\.976 24 25 29\.97 29\.97df 30 47\.952 48 50 59\.94 59\.94df 60"):
        FrameRate.named(wrong)


@pytest.mark.parametrize(
    ("text", "rate", "frames"),
    [
        ("01:00:00;00", DF, 107_892),
        ("10:00:00;00", DF, 1_078_920),
        ("00:00:59;29", DF, 1_799),
        ("00:01:00;02", DF, 1_800),
        ("00:10:00;00", DF, 17_982),
        ("01:00:00;00", DF60, 215_784),
        ("00:01:00;04", DF60, 3_600),
        ("01:00:00:00", FILM, 86_400),
        ("23:59:59:23", FILM, 24 * 86_400 - 1),
    ],
)
def test_published_frame_counts(text, rate, frames):
    code = Timecode.parse(text, rate)
    assert code.frames == frames
    assert str(code) == text


def test_an_hour_of_timecode_is_not_always_an_hour():
    assert Timecode.parse("01:00:00:00", FrameRate.named("23.976")).seconds == Fraction("3603.6")
    assert Timecode.parse("01:00:00;00", DF).seconds == Fraction("3599.9964")
    assert Timecode.parse("01:00:00:00", FrameRate.named("25")).seconds == 3600


def test_a_colon_is_read_at_a_drop_frame_rate_too():
    assert Timecode.parse("00:01:00:02", DF).frames == 1800


@pytest.mark.parametrize(
    ("text", "rate", "said"),
    [
        ("00:00:00:24", FILM, "there is no frame 24 at 24 fps"),
        ("00:60:00:00", FILM, "there is no minute 60"),
        ("00:00:60:00", FILM, "there is no second 60"),
        ("24:00:00:00", FILM, "there is no hour 24"),
        ("00:01:00;00", DF, "first frame of this minute is '00:01:00;02'"),
        ("00:09:00;01", DF, "first frame of this minute is '00:09:00;02'"),
        ("00:01:00;03", DF60, "first frame of this minute is '00:01:00;04'"),
        ("00:00:00;00", FILM, "is drop-frame"),
        ("1:2:3:4", FILM, "accepted: hh:mm:ss:ff"),
        ("01:00:00", FILM, "accepted: hh:mm:ss:ff"),
        ("٠١:00:00:00", FILM, "accepted: hh:mm:ss:ff"),
    ],
)
def test_bad_timecode_is_said_in_words(text, rate, said):
    with pytest.raises(NotationError) as error:
        Timecode.parse(text, rate)
    assert said in str(error.value)


@given(st.sampled_from(RATES), st.data())
@settings(max_examples=200, deadline=None)
def test_frames_and_text_are_inverse(name, data):
    rate = FrameRate.named(name)
    code = Timecode(data.draw(st.integers(0, rate.day - 1)), rate)
    assert Timecode.parse(str(code), rate) == code
    assert Timecode.nearest(code.seconds, rate) == code
    assert rate.frames(rate.seconds(code.frames)) == code.frames


@pytest.mark.parametrize("rate", [DF, DF60])
def test_every_frame_of_two_ten_minutes_has_its_own_name(rate):
    names = [str(Timecode(frames, rate)) for frames in range(2 * rate.day // 144)]
    assert len(set(names)) == len(names)
    assert [Timecode.parse(name, rate).frames for name in names] == list(range(len(names)))


def test_the_day_begins_again():
    late = Timecode.parse("23:59:50:00", FILM)
    early = Timecode.parse("00:00:10:00", FILM)
    assert late.later(20) == early
    assert late.until(early) == 20
    assert early.until(late) == -20
    assert parse_time("00:00:10:00", late, FILM) == 20
    with pytest.raises(RangeError, match="outside the day"):
        Timecode(FILM.day, FILM)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (34.5, "34.5"),
        (0.1, "0.1"),
        (0, "0"),
        (Fraction(1, 3), "1/3"),
        (Decimal("2.5"), "2.5"),
        ("34.5", "34.5"),
        ("0:34", "34"),
        ("1:02.25", "62.25"),
        ("90:00", "5400"),
        ("0:01:30", "90"),
        ("1:00:00", "3600"),
        ("01:00:44:12", "34.5"),
        (" 01:00:10:00 ", "0"),
    ],
)
def test_every_form_of_time(value, seconds):
    assert parse_time(value, Timecode.parse("01:00:10:00", FILM), FILM) == Fraction(seconds)


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            True,
            False,
            None,
            [],
            float("nan"),
            float("inf"),
            -1,
            -0.5,
            10**400,
            86_401,
            "",
            "0:75",
            "0:5",
            "1:2:3",
            "1:60:00",
            "0:00:30.5",
        ),
        *("abc", "-1", "nan", "1e3", "0:20s", "1:00:00:00:00x", "99999999", "٣"),
    ],
)
def test_anything_else_shows_the_accepted_forms(wrong):
    with pytest.raises(NotationError, match=r"accepted: .*m:ss|accepted: hh:mm:ss:ff"):
        parse_time(wrong, Timecode(), FILM)


def test_a_number_too_long_to_print_is_still_said():
    with pytest.raises(NotationError, match="cannot read the time a huge number"):
        parse_time(10**9999, Timecode(), FILM)


def test_timecode_before_the_scene_is_said():
    with pytest.raises(NotationError, match="before the scene's start 01:00:10:00"):
        parse_time("01:00:09:23", Timecode.parse("01:00:10:00", FILM), FILM)


def test_values_print_as_they_are_made():
    code = Timecode.parse("00:01:00;02", DF)
    assert eval(repr(code), {"Timecode": Timecode, "FrameRate": FrameRate, "Fraction": Fraction}) == code  # noqa: S307 - our own repr
