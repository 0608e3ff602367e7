"""`make bench`: what start-up, a webhook and a message cost, against what they can't do without.

Ratios are taken in one run, on one machine, in turn, so that they hold when the machine is slow or busy.
"""
