"""Sign-in by an institution's OpenID Connect provider (docs/adr/0009): it says who somebody is, and opens no right."""
