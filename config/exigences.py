"""What production refuses to start with: one French sentence a fault, each saying what to do. Pure but for the last."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

CLE_MINIMALE = 50
LETTRES_MINIMALES = 16
ROLES_INTERDITS = {"postgres", "superutilisateur", "proprietaire"}


@dataclass(frozen=True, slots=True)
class Reglages:
    """What the environment gave, as read by the settings."""

    debug: bool
    secret: str
    cle_maitresse: str
    cle_index: str
    hotes: list[str]
    adresse: str
    entete_tls: str
    redis: str
    base: str
    base_proprietaire: bool
    smtp: bool
    smtp_tls: str
    demonstration: bool


def fautes(r: Reglages) -> list[str]:
    return [*_cles(r), *_adresses(r), *_serveurs(r)]


def _cles(r: Reglages) -> Iterator[str]:
    if r.debug:
        yield "DEBUG est allumé\u00a0: retirez cette variable, les pages d’erreur montreraient les données."
    if len(r.secret) < CLE_MINIMALE or len(set(r.secret)) < LETTRES_MINIMALES or "insecure" in r.secret:
        yield "SECRET_KEY est trop faible\u00a0: tirez-en une au hasard, comme l’indique .env.example."
    for nom, valeur in (("CLE_MAITRESSE", r.cle_maitresse), ("CLE_INDEX", r.cle_index)):
        if not _est_cle(valeur):
            yield f"{nom} n’est pas une clé de 32 octets en base64\u00a0: tirez-la comme l’indique .env.example."
    if r.cle_maitresse == r.cle_index:
        yield "CLE_INDEX est la même clé que CLE_MAITRESSE\u00a0: tirez-en une autre, chacune a son usage."


def _est_cle(valeur: str) -> bool:
    try:
        octets = base64.b64decode(valeur, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(octets) == 32 and len(set(octets)) > 8


def _adresses(r: Reglages) -> Iterator[str]:
    if not r.hotes or any(hote.startswith((".", "*")) or not hote for hote in r.hotes):
        yield "HOTES ouvre à tous les noms\u00a0: donnez les noms d’hôte exacts, séparés par des virgules."
    if urlsplit(r.adresse).scheme != "https":
        yield "ADRESSE_PUBLIQUE n’est pas en https\u00a0: donnez l’adresse chiffrée que tapent les personnes."
    if not r.entete_tls:
        yield (
            "ENTETE_TLS manque\u00a0: nommez l’en-tête que votre mandataire pose lui-même et efface chez le visiteur, "
            "par exemple X-Forwarded-Proto."
        )


def _serveurs(r: Reglages) -> Iterator[str]:
    redis, base = urlsplit(r.redis), urlsplit(r.base)
    if not r.redis:
        yield "REDIS_URL manque\u00a0: en production, Celery passe par Redis. Donnez son adresse."
    elif redis.scheme in {"redis", "rediss"} and not redis.password:
        yield "REDIS_URL est sans mot de passe\u00a0: posez-en un sur Redis et dans cette adresse."
    if base.scheme not in {"postgres", "postgresql"}:
        yield "DATABASE_URL n’est pas une base PostgreSQL\u00a0: donnez une adresse postgres://."
    elif base.username in ROLES_INTERDITS and not r.base_proprietaire:
        yield "DATABASE_URL emploie un rôle qui possède la base\u00a0: donnez celui de app_web, qui ne possède rien."
    if r.smtp and not r.smtp_tls and not r.demonstration:
        yield "SMTP_TLS manque\u00a0: les courriels partiraient en clair. Posez SMTP_TLS=starttls ou SMTP_TLS=tls."


@register(Tags.database)
def controler_la_base(app_configs: Any = None, databases: Any = None, **options: Any) -> list[CheckMessage]:
    """The faults that only the database knows; `manage.py check --database default`, and every start of the web."""
    return [Error(phrase, id="config.E001") for phrase in fautes_de_la_base()] if databases else []


def fautes_de_la_base() -> Iterator[str]:
    if settings.MODE_DEMONSTRATION or settings.EN_PROPRIETAIRE:
        return
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = "
            "pg_roles.oid AND relkind = 'r') FROM pg_roles WHERE rolname = current_user"
        )
        if curseur.fetchone()[0]:
            yield "Le rôle de DATABASE_URL a trop de droits sur la base\u00a0: employez app_web (lanceur/roles.sql)."
    comptes = get_user_model()._default_manager
    if comptes.filter(is_superuser=True).exists():
        yield "Un compte a tous les droits\u00a0: retirez-lui ce privilège, aucun compte n’en a besoin."
    if comptes.filter(courriel__endswith="@demo.test", is_active=True).exists():
        yield "Les comptes de démonstration sont dans cette base\u00a0: leur mot de passe est public, supprimez-les."


def refuser_une_mauvaise_base() -> None:
    """At the start of the web; a database that does not answer yet is left to the readiness check."""
    try:
        phrases = list(fautes_de_la_base())
    except DatabaseError:
        return
    finally:
        connection.close()
    if phrases:
        raise ImproperlyConfigured("\n".join(phrases))
