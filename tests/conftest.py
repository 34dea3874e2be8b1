import pytest


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="rewrite the golden files; say in the commit why the music should differ")


@pytest.fixture
def regenerate(request):
    return request.config.getoption("--regenerate")
