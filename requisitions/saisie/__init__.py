"""Seizures and searches, and the objects that are kept: steps, inventory, the Ordre, what is asked back."""
