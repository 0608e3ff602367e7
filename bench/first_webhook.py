"""Run in a new process by bench.start_up, with nothing but the unpacked zip: the first webhook is answered.

Arguments: the unpacked zip, a file with the call. Prints when it was done, on the machine's steady clock.
"""

import sys
import time

sys.path.insert(0, sys.argv[1])

import json

from app import app

with open(sys.argv[2]) as file:
    event = json.load(file)
status = app(event, None)["statusCode"]
print(time.monotonic_ns(), status)
