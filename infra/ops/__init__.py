"""What an operator does by one command on a deployed stack, the local one or one on AWS.

Each command may be run again, or be killed half way and run again: nothing comes of it that had not come of
one whole run. `python -m infra.ops --help` lists them.
"""
