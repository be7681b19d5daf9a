"""The journal as the DPO reads, verifies and exports it."""
