"""Each module adapts one trigger to one use case: no rule, no key, no JSON path here."""
