"""Starts everything the project needs on a machine: one command for the demonstration, one for the tests."""
