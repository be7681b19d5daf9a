"""The fictitious world of the demonstration: accounts, rosters, cases in every state. Owner only, never in production."""
