from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.site import Site

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running
