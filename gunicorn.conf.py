"""Read by gunicorn from the working directory: its own lines leave by the sober formatter too."""

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"handlers": ["console"], "level": "INFO"},
    "formatters": {"sobre": {"()": "config.journalisation.FormatSobre"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sobre"}},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
