"""What desks read from central: the rows of a site, those for few readers apart.

Source: design sheet of sync, section 5.
"""

from __future__ import annotations

_SITE, _FEW = "S:", ".R"


def stream_of(home_site: str, *, restricted: bool = False) -> str:
    """The stream that the rows of a site are read from; the ``restricted`` ones have their own."""
    return f"{_SITE}{home_site}{_FEW if restricted else ''}"


def site_of(stream: str) -> str:
    """The site whose rows a stream holds."""
    return stream.removeprefix(_SITE).removesuffix(_FEW)
