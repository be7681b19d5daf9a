"""Pages of the sheets: `consultation` reads, `revision` writes a version, `discussion` compares and decides."""
