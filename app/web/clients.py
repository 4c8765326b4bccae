"""Where a request comes from."""

from ipaddress import IPv4Address, IPv6Address, ip_address


def client_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address of a client, an IPv4 one as itself also where a socket of IPv6 names it ("::ffff:…"); None for what
    is no address."""
    try:
        found = ip_address(host)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
