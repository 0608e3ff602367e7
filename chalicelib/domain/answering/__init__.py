"""The automatic answer: what a burst of a shopper's messages asks for, and the one thing that is said."""
