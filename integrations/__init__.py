"""The outside world: one folder for each channel or shop system, behind a small Protocol."""
