"""Run in a new process by bench.start_up, with nothing but the unpacked zip: the first webhook is answered.

Arguments: the unpacked zip, the call as JSON. Prints when it was done, on the machine's steady clock.
"""

import json
import sys
import time
from importlib import import_module

sys.path.insert(0, sys.argv[1])
handler = import_module("app").app
status = handler(json.loads(sys.argv[2]), None)["statusCode"]
print(time.monotonic_ns(), status)
