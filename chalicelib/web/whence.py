"""From where a request came, as far as a person needs to know to recognise it: never the whole address.

A parser of user agents loads thousands of patterns at each cold start; here five browsers and six systems are enough.
"""

from ipaddress import IPv6Address, ip_address

from chalicelib.domain.sign_ins import Origin
from chalicelib.web.requests import PageRequest

# In this order: each of these also claims to be one of those behind it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def origin_of(request: PageRequest) -> Origin:
    """The beginning of the address, the browser and the system; "" for what cannot be told."""
    agent = request.headers.get("user-agent", "")
    return Origin(network_of(request.source_address), _first_in(agent, _BROWSERS), _first_in(agent, _SYSTEMS))


def network_of(address: str) -> str:
    """The first three numbers of an IPv4 address, the first three groups of an IPv6 address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return ":".join(group.lstrip("0") or "0" for group in parsed.exploded.split(":")[:3]) + ":…"
    return str(parsed).rpartition(".")[0] + ".…"


def _first_in(agent: str, marks: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in marks if mark in agent), "")
