import pytest

from tests.site import Request, Site, article

PATHS = [f"/{number}" for number in range(1, 7)]
HELD = "/4"


@pytest.fixture
def held(site: Site) -> Site:
    """Six stories, of which one is not answered."""
    site.answers |= {path: article(int(path[1:])) for path in PATHS}
    site.answers[HELD] = Request.until_closed
    return site
