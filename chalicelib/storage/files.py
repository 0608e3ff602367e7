"""S3 behind the FileStore."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, BinaryIO

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.events import Media
from chalicelib.domain.files import LINK_LIVES, disposition, shown_name
from chalicelib.ports.errors import StoreBusy
from chalicelib.storage.aws import Aws


class S3Files:
    """The FileStore on S3. The bucket is private; whoever holds a link reads one object for a while."""

    def __init__(self, aws: Aws, bucket: str) -> None:
        self._aws, self._bucket = aws, bucket

    @cached_property
    def _s3(self) -> Any:
        return self._aws.client("s3")

    @cached_property
    def _signer(self) -> Any:
        """Makes links and calls nobody. botocore's defaults would sign them in the old way, for an address
        that sends newer buckets' readers elsewhere, where the signature does not hold.

        Source: docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
        """
        config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        return self._aws.session.create_client("s3", config=config)

    def put(self, key: str, content: BinaryIO, mime_type: str) -> None:
        """Store or replace one."""
        try:
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=mime_type)
        except (ClientError, BotoCoreError) as error:
            raise StoreBusy(type(error).__name__) from error

    def link(self, media: Media) -> str:
        """Where a stored file can be had for `LINK_LIVES`; it is saved, not opened."""
        asked = {
            "Bucket": self._bucket,
            "Key": media.key,
            "ResponseContentDisposition": disposition(shown_name(media)),
            "ResponseContentType": media.mime_type,
        }
        lives_s = int(LINK_LIVES.total_seconds())
        return str(self._signer.generate_presigned_url("get_object", Params=asked, ExpiresIn=lives_s))

    def forget(self, folder: str, keep: Sequence[str] = ()) -> int:
        """Everything in a folder is gone: a message has thirty files at most, a call lists a thousand."""
        gone = 0
        while True:
            try:
                listed = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=folder)
                keys = [{"Key": one["Key"]} for one in listed.get("Contents", []) if one["Key"] not in keep]
                if keys:
                    self._delete(keys)
            except (ClientError, BotoCoreError) as error:
                raise StoreBusy(type(error).__name__) from error
            gone += len(keys)
            if not keys or not listed.get("IsTruncated"):
                return gone

    def _delete(self, keys: list[dict[str, str]]) -> None:
        answer = self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})
        if answer.get("Errors"):
            raise StoreBusy(f"{len(answer['Errors'])} of {len(keys)} not deleted")
