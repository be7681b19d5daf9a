"""The whole convention on paper: articles, every sheet in force, annexes, signatures, in one file."""
