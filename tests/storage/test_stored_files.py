"""S3 behind the FileStore: what is stored can be had by a link, for a while, and is saved rather than run."""

from datetime import timedelta
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
import requests as http
from noted_aws import REFUSED, Noted

from chalicelib.domain.events import Media
from chalicelib.domain.files import ANY_TYPE, LINK_LIVES
from chalicelib.ports.errors import StoreBusy
from chalicelib.storage.files import S3Files
from tests.dynamo import client_of

BUCKET: Final = "files"
KEY: Final = "media/mt_1/th_1/ms_1/one"


@pytest.fixture(autouse=True)
def requests() -> None:
    """No tables here."""


@pytest.fixture
def files(aws: Noted, cloud: str) -> S3Files:
    client_of("s3", cloud).create_bucket(Bucket=BUCKET)
    return S3Files(aws, BUCKET)


def _keys(cloud: str) -> list[str]:
    listed = client_of("s3", cloud).list_objects_v2(Bucket=BUCKET, Prefix="media/")
    return [one["Key"] for one in listed.get("Contents", [])]


@pytest.mark.parametrize(
    ("media", "mime_type", "saved_as"),
    [
        (
            Media(filename="чек 5.pdf", mime_type="application/pdf"),
            "application/pdf",
            "%D1%87%D0%B5%D0%BA%205.pdf",
        ),
        (Media(mime_type="image/jpeg"), "image/jpeg", "file.jpg"),
        (Media(filename="page.html", mime_type=ANY_TYPE), ANY_TYPE, "page.html"),
    ],
)
def test_a_stored_file_is_had_by_its_link_and_saved_under_its_name(
    files: S3Files, media: Media, mime_type: str, saved_as: str
) -> None:
    files.put(KEY, BytesIO(b"the very bytes"), mime_type)
    answer = http.get(files.link(_at(media, KEY)), timeout=10)
    assert (answer.status_code, answer.content) == (200, b"the very bytes")
    assert answer.headers["Content-Type"] == mime_type
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Disposition"].endswith(f"filename*=UTF-8''{saved_as}")


def _at(media: Media, key: str) -> Media:
    return Media(mime_type=media.mime_type, filename=media.filename, key=key, state="ready")


def test_a_large_file_is_stored_from_the_disk_and_a_second_one_takes_its_place(files: S3Files) -> None:
    for byte in (b"x", b"y"):
        with TemporaryFile() as content:
            content.write(byte * 12_000_000)
            content.seek(0)
            files.put(KEY, content, "video/mp4")
    answer = http.get(files.link(_at(Media(mime_type="video/mp4"), KEY)), timeout=30)
    assert answer.content == b"y" * 12_000_000


def test_a_link_is_made_without_a_call_and_lives_a_quarter_of_an_hour(files: S3Files, aws: Noted) -> None:
    query = parse_qs(urlsplit(files.link(_at(Media(), KEY))).query)
    assert aws.calls == []
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["X-Amz-Expires"] == [str(int(LINK_LIVES / timedelta(seconds=1)))] == ["900"]


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "ap-southeast-5"])
def test_on_aws_a_link_goes_to_the_buckets_own_region(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in (("ACCESS_KEY_ID", "AKIA"), ("SECRET_ACCESS_KEY", "x"), ("DEFAULT_REGION", region)):
        monkeypatch.setenv(f"AWS_{name}", value)
    link = urlsplit(S3Files(Noted(), BUCKET).link(_at(Media(), KEY)))
    places = {f"files.s3.{region}.amazonaws.com"} | (
        {"files.s3.amazonaws.com"} if region == "us-east-1" else set()
    )
    assert (link.scheme, link.path) == ("https", f"/{KEY}")
    assert link.netloc in places
    assert f"/{region}/s3/aws4_request" in parse_qs(link.query)["X-Amz-Credential"][0]


def test_the_files_of_one_message_are_forgotten_and_no_others(files: S3Files, cloud: str) -> None:
    folder = "media/mt_1/th_1/ms_5/"
    stay = ["media/mt_1/th_1/ms_50/a", "media/mt_2/th_1/ms_5/a"]
    for key in (f"{folder}a", f"{folder}b", *stay):
        files.put(key, BytesIO(b"x"), ANY_TYPE)
    for _ in range(2):
        files.forget(folder)
        found = _keys(cloud)
        assert not [key for key in found if key.startswith(folder)]
        assert set(stay) <= set(found)


def test_a_busy_store_may_take_it_later(files: S3Files, aws: Noted) -> None:
    calls: list[Any] = [
        lambda: files.put(KEY, BytesIO(b"x"), ANY_TYPE),
        lambda: files.forget("media/mt_1/"),
    ]
    for call in calls:
        aws.trouble.append(REFUSED)
        with pytest.raises(StoreBusy):
            call()


def test_files_that_were_not_all_forgotten_are_to_be_forgotten_again(files: S3Files, aws: Noted) -> None:
    files.put(KEY, BytesIO(b"x"), ANY_TYPE)
    aws.trouble += [
        (200, {"Contents": [{"Key": KEY}], "ResponseMetadata": {}}),
        (200, {"Errors": [{"Key": KEY, "Code": "InternalError"}], "ResponseMetadata": {}}),
    ]
    with pytest.raises(StoreBusy):
        files.forget("media/mt_1/")
