"""The pages: deposit, lists, the case, its decisions, its execution, its delivery."""
