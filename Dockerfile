FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core libmagic1 poppler-utils \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /application --shell /usr/sbin/nologin traitdunion \
    && install -d -o traitdunion -g traitdunion /donnees/fichiers

WORKDIR /application
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-deps --require-hashes -r requirements/base.txt && pip check

COPY . .
# Collecting static files needs no secret: these values die with the layer, and production would refuse them.
RUN SECRET_KEY=construction CLE_MAITRESSE=construction CLE_INDEX=construction HOTES=construction \
    ADRESSE_PUBLIQUE=https://construction.test \
    DATABASE_URL=postgres://construction@/construction \
    DJANGO_SETTINGS_MODULE=config.settings.base python manage.py collectstatic --noinput

USER traitdunion
VOLUME /donnees/fichiers
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
