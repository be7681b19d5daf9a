"""Pages of the sheets: `consultation` reads, `revision` changes."""
