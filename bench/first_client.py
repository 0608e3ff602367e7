"""Run in a new process by bench.start_up, with the zip's packages: boto3 and one client, nothing else.

Arguments: folders to import from. Prints when it was done, on the machine's steady clock.
"""

import sys
import time

sys.path[:0] = sys.argv[1:]

import boto3

boto3.client("sqs")
print(time.monotonic_ns(), 200)
