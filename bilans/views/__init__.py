"""Pages of the yearly loop: `bilan` shows the figures, `retours` the feedback of the field and the next agenda."""
