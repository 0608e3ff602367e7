"""A WooCommerce shop as it is connected."""

from chalicelib.domain.connections import Connection

KEYS = "ck_0123456789abcdef:cs_fedcba9876543210"


def connected(site: str, token: str = KEYS) -> Connection:
    return Connection(
        merchant_id="me_1",
        connection_id="cn_1",
        channel="woocommerce",
        account=site,
        name="Little Shop",
        status="active",
        token=token,
        signing_secrets=("s3cret-s3cret",),
    )
