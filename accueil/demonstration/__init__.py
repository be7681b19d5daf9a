"""The fictitious world of the demonstration: accounts, rosters, cases in every state. Never in production."""
