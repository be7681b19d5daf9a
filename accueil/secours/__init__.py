"""The crisis pack: what each institution needs to go on without network, rebuilt every night."""
