"""Files from links that others give: nothing inside is reached, nothing is told to whom it does not concern,
and no answer, however large or slow, takes more than it may."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.ports.channel import Download
from chalicelib.ports.files import FetchLater, FileGone, FileNotTaken
from integrations.files import MOST_REDIRECTS, Pinned, SafeFetcher

TOKEN: Final = "EAAGsecretsecretsecret"
BEARER: Final = {"Authorization": f"Bearer {TOKEN}"}
MOST: Final = 1000


@dataclass
class Platform:
    """A server of files on this machine, and what it was asked."""

    url: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    routes: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)

    def answers(
        self, path: str, status: int = 200, body: bytes = b"", cut: bool = False, **headers: str
    ) -> str:
        """What it says at a path; the path's URL. cut: less comes than was announced."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            said = {"Content-Length": str(len(body) + cut)} | {
                name.replace("_", "-"): value for name, value in headers.items()
            }
            for name, value in said.items():
                if value:
                    handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.routes[path] = answer
        return self.url + path


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Platform]:
    platform = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            platform.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            platform.routes[self.path](self)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    scheme = "https" if context else "http"
    platform.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def platform() -> Iterator[Platform]:
    with serving() as one:
        yield one


@pytest.fixture
def other() -> Iterator[Platform]:
    with serving() as one:
        yield one


def nowhere(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} must not be looked up")


def fetched(
    url: str,
    *own: str,
    headers: dict[str, str] | None = None,
    resolve: Any = nowhere,
    most: int = MOST,
    within_s: float = 5.0,
) -> tuple[bytes, str, int]:
    fetcher = SafeFetcher(own, resolve)
    with fetcher.fetch(Download(url=url, headers=headers or {}), most, within_s) as file:
        return file.content.read(), file.mime_type, file.size


def test_a_file_of_the_deployments_own_platform_comes_with_its_type_and_size(platform: Platform) -> None:
    url = platform.answers("/graph/m1", body=b"\xff\xd8\xff photo", Content_Type="image/jpeg")
    assert fetched(url, platform.url + "/graph", headers=BEARER) == (
        b"\xff\xd8\xff photo",
        "image/jpeg",
        9,
    )
    ((_, headers),) = platform.asked
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["accept-encoding"] == "identity"
    assert "cookie" not in headers


def test_a_file_that_names_no_length_comes_whole(platform: Platform) -> None:
    url = platform.answers("/m1", body=b"x" * MOST, Content_Length="")
    assert fetched(url, platform.url) == (b"x" * MOST, "", MOST)


def test_a_file_in_pieces_comes_whole(platform: Platform) -> None:
    def chunked(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")

    platform.routes["/m1"] = chunked
    assert fetched(platform.url + "/m1", platform.url)[0] == b"abcdefg"


REFUSED_LINKS: Final = [
    "http://files.example/a.jpg",  # no TLS
    "ftp://files.example/a.jpg",
    "file:///etc/passwd",
    "https://10.0.0.1/a.jpg",
    "https://192.168.1.1/a.jpg",
    "https://172.16.5.4/a.jpg",
    "https://127.0.0.1/a.jpg",
    "https://0.0.0.0/a.jpg",
    "https://169.254.169.254/latest/meta-data",
    "http://169.254.169.254/latest/meta-data",
    "https://[::1]/a.jpg",
    "https://[fd00:ec2::254]/latest",
    "https://[fe80::1]/a.jpg",
    "https://[::ffff:169.254.169.254]/latest",
    "https://[::ffff:10.0.0.1]/a.jpg",
    "https://graph.example@10.0.0.1/a.jpg",
    "https://me:word@files.example/a.jpg",
]


def as_written(host: str, port: int) -> list[str]:
    """A resolver: addresses are themselves, names are somewhere inside."""
    return [host if host[:1].isdigit() or ":" in host else "10.1.2.3"]


@pytest.mark.parametrize("url", REFUSED_LINKS)
def test_a_link_that_is_not_of_the_open_internet_is_not_followed(url: str) -> None:
    with pytest.raises(FileNotTaken) as refused:
        fetched(url, "https://graph.example", resolve=as_written)
    assert refused.value.reason == "private_address"


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["157.240.1.1", "10.0.0.1"],
        ["157.240.1.1", "::1"],
        ["2a03:2880::1", "fe80::1%eth0"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::a00:1"],
        ["2002:a00:1::1"],
        ["100.64.0.1"],
    ],
)
def test_a_name_that_leads_inside_with_any_of_its_addresses_is_not_followed(addresses: list[str]) -> None:
    with pytest.raises(FileNotTaken) as refused:
        fetched("https://files.example/a.jpg", resolve=lambda host, port: addresses)
    assert refused.value.reason == "private_address"


@pytest.mark.parametrize("url", ["", "a.jpg", "//files.example/a", "https://", "https://a b/", "http://[::1"])
def test_what_is_no_link_leads_to_no_file(url: str) -> None:
    with pytest.raises(FileGone):
        fetched(url)


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    for resolve in (unknown, lambda host, port: []):
        with pytest.raises(FetchLater):
            fetched("https://files.example/a.jpg", resolve=resolve)


@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1:1/a", "https://127.0.0.1/a", "https://169.254.169.254/latest", "ftp://x/a"]
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_inside_is_not_followed(platform: Platform, status: int, inside: str) -> None:
    url = platform.answers("/m1", status, Location=inside)
    with pytest.raises(FileNotTaken) as refused:
        fetched(url, platform.url, resolve=as_written)
    assert refused.value.reason == "private_address"


def test_a_redirect_stays_within_its_origin_with_the_token(platform: Platform) -> None:
    platform.answers("/m2", body=b"moved")
    url = platform.answers("/m1", 302, Location="/m2")
    assert fetched(url, platform.url, headers=BEARER)[0] == b"moved"
    assert [headers.get("authorization") for _, headers in platform.asked] == [f"Bearer {TOKEN}"] * 2


def test_another_origin_never_gets_the_token_and_coming_back_does_not_either(
    platform: Platform, other: Platform
) -> None:
    platform.answers("/m3", body=b"there and back")
    back = other.answers("/m2", 307, Location=platform.url + "/m3")
    url = platform.answers("/m1", 302, Location=back)
    assert fetched(url, platform.url, other.url, headers=BEARER)[0] == b"there and back"
    assert [path for path, headers in platform.asked if "authorization" in headers] == ["/m1"]
    assert not any(TOKEN in str(headers) for _, headers in other.asked)


@pytest.mark.parametrize(("hops", "arrives"), [(MOST_REDIRECTS, True), (MOST_REDIRECTS + 1, False)])
def test_redirects_are_followed_a_few_times(platform: Platform, hops: int, arrives: bool) -> None:
    for hop in range(hops):
        platform.answers(f"/{hop}", 302, Location=f"/{hop + 1}")
    platform.answers(f"/{hops}", body=b"here")
    if arrives:
        assert fetched(platform.url + "/0", platform.url)[0] == b"here"
    else:
        with pytest.raises(FetchLater):
            fetched(platform.url + "/0", platform.url)


@pytest.mark.parametrize("length", ["", str(MOST + 1)])
def test_a_file_that_is_too_large_is_not_taken(platform: Platform, length: str) -> None:
    url = platform.answers("/m1", body=b"x" * (MOST + 1), Content_Length=length)
    with pytest.raises(FileNotTaken) as refused:
        fetched(url, platform.url)
    assert refused.value.reason == "too_large"


def test_a_file_that_never_ends_is_left_where_it_is_too_large(platform: Platform) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 64_000)
        except OSError:
            return

    platform.routes["/m1"] = endless
    with pytest.raises(FileNotTaken):
        fetched(platform.url + "/m1", platform.url, most=1_000_000)


def test_a_file_that_drips_is_left_when_its_time_is_over(platform: Platform) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.01)
        except OSError:
            return

    platform.routes["/m1"] = drip
    began = time.monotonic()
    with pytest.raises(FetchLater):
        fetched(platform.url + "/m1", platform.url, within_s=0.3)
    assert time.monotonic() - began < 3


def test_a_file_that_is_cut_off_may_come_whole_later(platform: Platform) -> None:
    url = platform.answers("/m1", body=b"half", cut=True)
    with pytest.raises(FetchLater):
        fetched(url, platform.url)


def test_a_file_that_comes_encoded_against_our_wish_is_not_stored_so(platform: Platform) -> None:
    url = platform.answers("/m1", body=b"\x1f\x8b...", Content_Encoding="gzip")
    with pytest.raises(FetchLater):
        fetched(url, platform.url)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((status, FileGone) for status in (400, 401, 403, 404, 410)),
        *((status, FetchLater) for status in (204, 206, 408, 429, 500, 503)),
    ],
)
def test_an_answer_says_whether_the_file_may_still_come(
    platform: Platform, status: int, error: type[Exception]
) -> None:
    url = platform.answers("/m1", status)
    with pytest.raises(error):
        fetched(url, platform.url)


def test_nobody_there_may_be_somebody_later(other: Platform) -> None:
    with serving() as gone:
        pass
    with pytest.raises(FetchLater):
        fetched(gone.url + "/m1", gone.url)


@pytest.mark.parametrize("status", [302, 404, 500, 200])
def test_no_error_tells_the_link_or_the_token(platform: Platform, status: int) -> None:
    url = platform.answers(f"/bot{TOKEN}/photo", status, body=b"x" * (MOST + 1), Location="http://10.0.0.1/")
    with pytest.raises((FetchLater, FileGone, FileNotTaken)) as raised:
        fetched(url, platform.url, headers=BEARER)
    error: BaseException | None = raised.value
    while error is not None:
        assert TOKEN not in repr(error) and "127.0.0.1" not in repr(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


HOST: Final = "files.example"


def _certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A server's context for HOST, and who vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + signed.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, str(file)


def _through(url: str, vouched_by: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", Pinned("127.0.0.1"))
        return session.get(url, verify=vouched_by, headers={"Host": url.split("/")[2]}, timeout=5)


def test_the_connection_goes_to_the_checked_address_and_still_asks_for_the_named_host(
    tmp_path: Path,
) -> None:
    context, vouched_by = _certificate(tmp_path)
    named: list[str | None] = []
    context.sni_callback = lambda _, name, __: named.append(name)
    with serving(context) as platform:
        platform.answers("/a", body=b"ours")
        port = platform.url.rpartition(":")[2]
        assert _through(f"https://{HOST}:{port}/a", vouched_by).content == b"ours"
        ((_, headers),) = platform.asked
        assert (named, headers["host"]) == ([HOST], f"{HOST}:{port}")
        with pytest.raises(requests.exceptions.SSLError):
            _through(f"https://elsewhere.example:{port}/a", vouched_by)
        assert len(platform.asked) == 1
