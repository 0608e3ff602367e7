"""Where things are kept: tables, the bucket and the key. All outlive the stack."""

from infra.template.syntax import Json, ref, sub

# A failed first deployment leaves nothing; after it, deleting the stack deletes no merchant's data.
KEPT: Json = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}

# Bodies are what a platform sent and could not be read or queued: kept for replay, then forgotten.
BODIES_PREFIX = "bodies/"
MEDIA_PREFIX = "media/"


def build() -> Json:
    return {
        "Resources": {
            "ShopsTable": _table({"pk": "S", "sk": "S"}, expires="expires_at"),
            "ThreadsTable": _table(
                {"pk": "S", "sk": "S"}, index=("inbox", {"inbox": "S", "inbox_at": "S"}), expires="expires_at"
            ),
            "DueTable": _table({"id": "S"}, index=("due", {"shard": "N", "due_at": "S"})),
            "TokenKey": _key(),
            "TokenKeyAlias": {
                "Type": "AWS::KMS::Alias",
                "Properties": {"AliasName": sub("alias/${AWS::StackName}"), "TargetKeyId": ref("TokenKey")},
            },
            "MediaBucket": _bucket(),
            "MediaBucketPolicy": _only_encrypted("MediaBucket"),
        },
        "Outputs": {
            name: {"Value": ref(name)}
            for name in ("ShopsTable", "ThreadsTable", "DueTable", "TokenKey", "MediaBucket")
        },
    }


def _table(key: dict[str, str], index: tuple[str, dict[str, str]] | None = None, expires: str = "") -> Json:
    """`key` and the index's map attribute names to types, hash first, range second."""
    properties: Json = {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": _attributes(key | (index[1] if index else {})),
        "KeySchema": _key_schema(key),
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "SSESpecification": {"SSEEnabled": True},
    }
    if index:
        properties["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index[0],
                "KeySchema": _key_schema(index[1]),
                "Projection": {"ProjectionType": "ALL"},
            }
        ]
    if expires:
        properties["TimeToLiveSpecification"] = {"AttributeName": expires, "Enabled": True}
    return {"Type": "AWS::DynamoDB::Table", **KEPT, "Properties": properties}


def _attributes(types: dict[str, str]) -> list[Json]:
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()]


def _key_schema(key: dict[str, str]) -> list[Json]:
    return [
        {"AttributeName": name, "KeyType": kind} for name, kind in zip(key, ("HASH", "RANGE"), strict=False)
    ]


def _key() -> Json:
    """Encrypts the merchants' tokens. The account governs it; each function's role says what it may do."""
    return {
        "Type": "AWS::KMS::Key",
        **KEPT,
        "Properties": {
            "Description": sub("Merchants' tokens of ${AWS::StackName}"),
            "EnableKeyRotation": True,
            "KeyPolicy": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")},
                        "Action": "kms:*",
                        "Resource": "*",  # in a key's own policy: this key
                    }
                ],
            },
        },
    }


def _bucket() -> Json:
    return {
        "Type": "AWS::S3::Bucket",
        **KEPT,
        "Properties": {
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}},
                ]
            },
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            "LifecycleConfiguration": {
                "Rules": [
                    {
                        "Id": "forget-bodies",
                        "Status": "Enabled",
                        "Prefix": BODIES_PREFIX,
                        "ExpirationInDays": ref("RawDays"),
                    },
                    {
                        "Id": "forget-media",
                        "Status": "Enabled",
                        "Prefix": MEDIA_PREFIX,
                        "ExpirationInDays": ref("MediaDays"),
                    },
                    {
                        "Id": "drop-broken-uploads",
                        "Status": "Enabled",
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
                    },
                ]
            },
        },
    }


def _only_encrypted(bucket: str) -> Json:
    """Nobody, whatever else they may, reads or writes over plain HTTP."""
    return {
        "Type": "AWS::S3::BucketPolicy",
        "Condition": "RefusesPlainHttp",
        **KEPT,
        "Properties": {
            "Bucket": ref(bucket),
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:*",
                        "Resource": [sub(f"${{{bucket}.Arn}}"), sub(f"${{{bucket}.Arn}}/*")],
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                    }
                ],
            },
        },
    }
