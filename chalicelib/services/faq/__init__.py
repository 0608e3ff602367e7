"""A shop's own questions and answers: kept, remembered, counted where they are missing."""
