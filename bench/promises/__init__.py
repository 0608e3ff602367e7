"""A simulated month of several shops, and whether what their shoppers were promised was true.

The shops are simulated first, by people who know nothing of promises; then what happened is replayed, in its
order, through the same rules that promise and measure in production.
"""
