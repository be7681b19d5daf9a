"""A synthetic world of envelopes and participations, generated inside PostgreSQL: no letter, no name."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, Place
from convention.models import Institution, Service
from dossiers.participations import permission_id

TABLES = ("dossiers_participationpersonnelle", "dossiers_participation", "dossiers_dossier")
# Service → (share of the cases it takes part in, share of the oldest cases it is confined to).
SERVICES = {"DENSE": (0.30, 1.0), "MOYEN": (0.03, 1.0), "PETIT": (0.0012, 1.0), "DORMANT": (0.03, 0.06)}

ENVELOPPES = """
INSERT INTO dossiers_dossier (cle, reference, nature, variante, etat, phase, urgence, service_emetteur_id, version,
  cree_le, cree_par_id, transmis_le, transmis_par_id, clos_le, clos_par_id, echeance_debut, echeance_le,
  echeance_suspendue, derniere_activite)
SELECT gen_random_uuid(), 'BEN-' || i, 'SIGNALEMENT', 'VC_SANS_ACCORD',
  CASE WHEN i %% 4 = 0 THEN 'TRANSMIS' ELSE 'CLOS' END,
  CASE WHEN i %% 4 = 0 THEN 'en_cours' ELSE 'clos' END, 'ORDINAIRE', %(service)s, 1, le, %(auteur)s, le, %(auteur)s,
  CASE WHEN i %% 4 = 0 THEN NULL ELSE le END, CASE WHEN i %% 4 = 0 THEN NULL ELSE %(auteur)s END, le,
  le + interval '1 day', false, le + interval '2 hours'
FROM (SELECT i, now() - (%(n)s - i) * interval '365 days' / %(n)s AS le FROM generate_series(1, %(n)s) AS i) AS t
"""
PARTS = """
INSERT INTO dossiers_participation (permission_id, group_id, content_object_id, role, ligne, apparait_comme, non_lu,
  accorde_le, motif, nature, urgence, phase, derniere_activite, echeance_tri)
SELECT %(permission)s, %(groupe)s, id, 'destinataire', 'ligne neutre', 'Service', id %% 3 = 0, cree_le, 'mesure',
  nature, urgence, phase, derniere_activite,
  CASE WHEN phase = 'clos' THEN '9999-01-01+00'::timestamptz ELSE echeance_le END
FROM dossiers_dossier
WHERE mod(hashint8(id + %(sel)s)::bigint + 2147483648, 100000) < %(part)s * 100000 / %(bande)s
  AND cree_le < now() - interval '365 days' * (1 - %(bande)s)
"""


@dataclass(frozen=True)
class Profil:
    """A reader whose list is measured."""

    nom: str
    acteur: Acteur
    utilisateur: User
    groupe: Group


def profils() -> list[Profil]:
    """Dense, mid, tiny and dormant partners, and a person of two services."""
    institution = Institution.objects.create(
        code="BENCH", nom="Banc", nom_court="Banc", famille="sante", commune="Valenciennes"
    )
    services = {nom: _service(nom, institution) for nom in SERVICES}
    seuls = [_profil(nom.lower(), [service]) for nom, service in services.items()]
    return [*seuls, _profil("deux services", [services["MOYEN"], services["DORMANT"]])]


def _service(nom: str, institution: Institution) -> Service:
    groupe = Group.objects.create(name=nom)
    return Service.objects.create(
        code=nom, institution=institution, groupe=groupe, nom=nom, nom_externe=nom, domaine=nom.lower()
    )


def _profil(nom: str, services: list[Service]) -> Profil:
    utilisateur = User.objects.create(courriel=f"{nom.replace(' ', '-')}@bench.test", prenom="A", nom=nom)
    utilisateur.groups.set([service.groupe for service in services])
    places = tuple(
        Place(
            0,
            Role.PARQUET,
            service.pk,
            service.code,
            service.nom,
            "",
            service.groupe_id,
            service.institution_id,
            "BENCH",
            "Banc",
        )
        for service in services
    )
    return Profil(nom, Acteur(utilisateur.pk, uuid.uuid4(), nom, places), utilisateur, services[0].groupe)


def remplir(nombre: int) -> dict[str, int]:
    """Empty the cases and make `nombre` others; returns how many each service takes part in."""
    auteur = User.objects.order_by("pk")[0].pk
    services = {service.code: service for service in Service.objects.order_by("pk")}
    with connection.cursor() as curseur:
        curseur.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        curseur.execute(ENVELOPPES, {"n": nombre, "service": services["DENSE"].pk, "auteur": auteur})
        comptes = {}
        for sel, (nom, (part, bande)) in enumerate(SERVICES.items()):
            parametres = {"permission": permission_id(), "groupe": services[nom].groupe_id, "sel": sel * 7919}
            curseur.execute(PARTS, {**parametres, "part": part, "bande": bande})
            comptes[nom.lower()] = curseur.rowcount
        curseur.execute("ANALYZE")
    return comptes
