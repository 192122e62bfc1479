"""Web addresses as pages write them."""

from urllib.parse import unquote, urljoin

_UNSEEN = str.maketrans("", "", "\t\r\n")  # what browsers take out of addresses


def path_of(address: str) -> str:
    """The path of a web address, whatever else is wrong with it."""
    bare = address.partition("#")[0].partition("?")[0].translate(_UNSEEN)
    _, slash, path = bare.partition("//")[2].partition("/")
    return slash + path


def tail_of(address: str) -> str:
    """The folder and name of what an address leads to: all that a saved page keeps of its pictures' addresses."""
    return unquote("/".join(address.partition("#")[0].split("/")[-2:]))


def absolute(address: str, base: str) -> str:
    """An address as the browser would load it; "" where it is none."""
    address = address.strip()
    if address.startswith(("http://", "https://")):
        return address
    if address.startswith("//"):
        return base.partition(":")[0] + ":" + address
    if address.startswith("/") and "/." not in address and base.startswith(("http://", "https://")):
        return "/".join(base.split("/", 3)[:3]) + address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
