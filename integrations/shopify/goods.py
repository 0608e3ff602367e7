"""What is in a checkout or an order, and whose it is.

Source: shopify.dev/docs/api/webhooks (checkouts/create, orders/create)
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.links import find_token
from integrations.reading import Malformed, identifier, listed, mapping, text_of
from integrations.shopify.values import amount, count, link

# Where a shop puts what stood beside a box that the buyer ticked: the cart's attribute of this name.
OPT_IN: Final = "parley_opt_in"
# What Shopify calls the variant of a product that has none.
_NO_VARIANT: Final = "Default Title"


def line(raw: Any) -> Line:
    """Raises Malformed for what has no name. A checkout's lines have no ids of their own."""
    item = mapping(raw)
    title = text_of(item.get("title") or item.get("presentment_title") or item.get("name"), 300)
    if not title:
        raise Malformed("a line has no name")
    variant = text_of(item.get("variant_title") or item.get("presentment_variant_title"), 200)
    return Line(
        line_id=identifier(item.get("id")),
        title=title,
        quantity=count(item.get("quantity")),
        price=amount(item.get("price")),
        product_id=identifier(item.get("product_id")),
        variant="" if variant == _NO_VARIANT else variant,
        sku=text_of(item.get("sku"), 200),
        picture=link(item.get("image_url")),
        url=link(item.get("url")),
    )


def buyer(raw: Mapping[str, Any]) -> Buyer:
    """E-mail and SMS have consents of their own at Shopify: neither lets anybody write to a messenger."""
    customer = mapping(raw.get("customer"))
    shipping, billing = mapping(raw.get("shipping_address")), mapping(raw.get("billing_address"))
    home = mapping(customer.get("default_address"))
    # What is a gift goes elsewhere: neither that number nor that country is the buyer's.
    is_own = _is_own(shipping, billing, customer)
    places = (shipping, billing, home) if is_own else (billing, home, shipping)
    return Buyer(
        customer_id=identifier(customer.get("id")),
        name=_full_name(customer) or _first(places, "name", 200) or _full_name(shipping),
        email=_email(raw.get("email")) or _email(raw.get("contact_email")) or _email(customer.get("email")),
        phones=tuple(dict.fromkeys(_phones(raw, shipping if is_own else {}, billing, customer))),
        country=_country(places),
        postcode=_first((shipping, billing, home), "zip", 20),
        language=text_of(raw.get("customer_locale"), 35),
        opt_in_text=next((value for name, value in _attributes(raw) if name == OPT_IN), ""),
    )


def ref_of(raw: Mapping[str, Any]) -> str:
    """The token of ours that the buyer came to the shop with: `parley=<token>` in the address of the first
    page they saw, or an attribute of the cart."""
    texts = [text_of(raw.get("landing_site"), 2_000), text_of(raw.get("landing_site_ref"), 500)]
    texts += [value for _, value in _attributes(raw)]
    return next((token for text in texts if (token := find_token(text))), "")


def web(value: Any) -> str:
    """A page of the shop's own, by either scheme; '' for anything else."""
    return link(value, "https", "http")


def _attributes(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for one in listed(raw.get("note_attributes"))[:100]:
        yield text_of(mapping(one).get("name"), 100), text_of(mapping(one).get("value"), 1_000)


def _is_own(shipping: Mapping[str, Any], billing: Mapping[str, Any], customer: Mapping[str, Any]) -> bool:
    """Whether the buyer has it sent to themselves: under the name on the bill, else under their own, else
    nobody is named. A guest's own name is often taken from where it is sent to."""
    theirs = _name_of(billing) or _full_name(customer)
    return not theirs or _spelt(_name_of(shipping)) == _spelt(theirs)


def _name_of(place: Mapping[str, Any]) -> str:
    return text_of(place.get("name"), 200).strip() or _full_name(place)


def _spelt(name: str) -> str:
    return " ".join(name.casefold().split())


def _phones(
    raw: Mapping[str, Any],
    shipping: Mapping[str, Any],
    billing: Mapping[str, Any],
    customer: Mapping[str, Any],
) -> Iterator[str]:
    """As somebody wrote them, `555-555-SHIP` among them: what is a number shows later, with the country."""
    values = (raw.get("phone"), raw.get("sms_marketing_phone"))
    for value in (*values, shipping.get("phone"), billing.get("phone"), customer.get("phone")):
        written = str(value) if isinstance(value, int) and not isinstance(value, bool) else text_of(value, 40)
        if written.strip():
            yield written.strip()


def _email(value: Any) -> str:
    text = text_of(value, 320).strip()
    return text if "@" in text else ""


def _country(places: tuple[Mapping[str, Any], ...]) -> str:
    code = _first(places, "country_code", 2).upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _full_name(person: Mapping[str, Any]) -> str:
    parts = (text_of(person.get("first_name"), 100), text_of(person.get("last_name"), 100))
    return " ".join(part.strip() for part in parts if part.strip())


def _first(places: tuple[Mapping[str, Any], ...], field: str, most: int) -> str:
    return next((text for place in places if (text := text_of(place.get(field), most).strip())), "")
