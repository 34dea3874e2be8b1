from collections import Counter

from motifgen.chance import Chance


def test_a_stream_depends_on_every_word_of_its_name():
    draws = {Chance(*name).bits() for name in [(7, "a", "b"), (7, "ab"), (7, "b", "a"), (8, "a", "b"), (7, "a", "b", "")]}
    assert len(draws) == 5


def test_the_numbers_are_part_of_the_format():
    stream = Chance(1922, "2m1", "orlok", "motif")
    assert [stream.below(1000) for _ in range(6)] == list(FROZEN)


FROZEN = (723, 380, 158, 210, 364, 958)


def test_units_fill_their_range_evenly():
    stream = Chance(0, "even")
    counts = Counter(int(stream.unit() * 10) for _ in range(5000))
    assert set(counts) == set(range(10))
    assert max(counts.values()) - min(counts.values()) < 150


def test_weighted_choice_follows_its_weights_and_skips_zero():
    stream = Chance(3, "weights")
    counts = Counter(stream.weighted("abc", [0, 1, 3]) for _ in range(4000))
    assert "a" not in counts
    assert 0.2 < counts["b"] / 4000 < 0.3
