"""Which addresses are the internet's own: the only ones to which somebody else's link may lead."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

# The only range from which public IPv6 addresses are given out.
# Source: www.iana.org/assignments/ipv6-address-space
_GLOBAL_UNICAST: Final = ip_network("2000::/3")
# Public by their look, yet they carry another address inside or lead nowhere; older Pythons call some global.
# Source: www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
_NOT_OUTSIDE: Final = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ),
    )
)


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet. An IPv4 address written as IPv6 counts as itself."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return ip in _GLOBAL_UNICAST and _is_open(ip)
        ip = ip.ipv4_mapped
    return _is_open(ip)


def _is_open(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in one for one in _NOT_OUTSIDE)
