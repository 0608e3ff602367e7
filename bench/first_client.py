"""Run in a new process by bench.start_up, with the zip's packages: boto3 and one client, nothing else.

Arguments: folders to import from. Prints when it was done, on the machine's steady clock.
"""

import sys
import time
from importlib import import_module

sys.path[:0] = sys.argv[1:]
import_module("boto3").client("sqs")
print(time.monotonic_ns(), 200)
