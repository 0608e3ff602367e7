"""WooCommerce: webhooks and the REST API."""
