"""Pages of the convention, its directory and its accounts."""
