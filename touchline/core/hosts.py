"""Whether an address of this installation opens from elsewhere. Pure."""

from ipaddress import ip_address


def is_only_here(host: str) -> bool:
    """Say whether a host opens on this machine or its own network alone.

    ``host`` is what a browser asked for, with a port or without: *localhost:8000*, *10.0.0.7*,
    *[::1]*, *studio.local*, *touchline.example.org*. A name without a dot, those kept for
    local networks (RFC 6762, RFC 8375) and private addresses (RFC 1918, RFC 4193) are.
    """
    name = host.rsplit("]", 1)[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    name = name.rstrip(".").lower()
    try:
        return not ip_address(name).is_global
    except ValueError:
        return "." not in name or name.endswith((".local", ".home.arpa", ".localhost"))
