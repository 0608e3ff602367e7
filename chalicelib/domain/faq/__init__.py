"""A shop's own questions and answers, and which of them a shopper's words ask for."""
