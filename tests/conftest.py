import os

import pytest
from hypothesis import settings

# On every change the same examples are drawn, so that a red run says something about the change; the nightly search draws new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("search", derandomize=False, max_examples=400)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="rewrite the golden files; say in the commit why the music should differ")


@pytest.fixture
def regenerate(request):
    return request.config.getoption("--regenerate")
