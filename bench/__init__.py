"""`make bench`: the inbox against its baselines, in one run, on a throwaway cluster. Query counts gate, times inform."""
