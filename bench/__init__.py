"""`make bench`: the inbox against its baselines, in one run, on its own cluster. Query counts gate, times inform."""
