"""Role × field × sink (SEC-79): on its own objects too, a role never receives the classes it must not."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.core import mail
from django.db import models

from accounts.roles import Role
from dossiers.models import Participation, Personne, Piece
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater
from journal.models import Entree
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from signalements.models import Complement, Suite
from tests.architecture.adresses import adresses
from tests.canari import Canari, jetons_dans
from tests.distribution import NOMS, PERSONNES
from tests.droits.monde import LETTRES, Monde, monde, porteurs
from tests.rapport import consigner

ESPACES = {
    "SIGNALEMENT": "signalements",
    "REQUISITION": "requisitions",
    "EXTRACTION": "prises_en_charge",
    "DECLARATION": "declarations",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def univers(django_db_setup: None, django_db_blocker: object) -> Iterator[Monde]:
    with monde(django_db_blocker) as bati:
        yield bati


def test_chaque_champ_d_un_dossier_a_sa_classe_et_son_canari(univers: Monde) -> None:
    poses = {(canari.objet, canari.champ) for canari in univers.voliere.canaris()}
    attendus, sans_classe = set(), []
    for modele in (*LETTRES.values(), Personne, Complement, Suite):
        communs = {"id", "cle", "dossier", "fige_le", "empreinte"}
        champs = {champ.name for champ in modele._meta.concrete_fields} - communs
        sans_classe += [f"{modele.__name__}.{nom}" for nom in champs - set(getattr(modele, "CLASSES", {}))]
        if modele in (*LETTRES.values(), Personne):
            attendus |= {(modele.__name__, champ) for champ in porteurs(modele)}
    consigner("sec-79-champs", champs=len(attendus), poses=len(poses), sans_classe=len(sans_classe))
    assert sans_classe == []
    assert attendus <= poses


def test_les_canaris_sont_bien_en_base(univers: Monde) -> None:
    """Otherwise their absence from a page would prove nothing."""
    presents: set[str] = set()
    for nature, modele in LETTRES.items():
        lettre = modele._default_manager.get(pk=univers.dossiers[nature].pk)
        valeurs = [str(getattr(lettre, champ)) for champ in porteurs(modele)]
        personnes = [f"{p.nom} {p.prenoms}" for p in Personne.objects.filter(dossier_id=lettre.pk)]
        presents |= jetons_dans(" ".join([*valeurs, *personnes]))
    classes = {canari.classe for canari in univers.voliere.canaris() if canari.jeton in presents}
    assert {str(classe) for classe in classes} >= {"medical", "social", "judiciaire", "administratif", "identite"}
    assert len(presents) >= 40


def chemins(univers: Monde, nature: str) -> list[str]:
    espace = ESPACES[nature]
    objets = [a for a in adresses() if a.nom.startswith(f"{espace}:") and any(p == "cle" for _, p in a.parametres)]
    pieces = [
        f"/pieces/{cle}/"
        for cle in Piece.objects.filter(dossier=univers.dossiers[nature]).values_list("cle", flat=True)
    ]
    return [*(adresse.visite(univers.valeurs[espace]) for adresse in objets), *pieces]


@cache
def envois(univers: Monde, nature: str) -> frozenset[str]:
    """The addresses that only take a form: there is nothing to read there."""
    fermes = []
    for chemin in chemins(univers, nature):
        with univers.essai("soignante") as client:
            fermes += [chemin] if client.get(chemin).status_code == 405 else []
    return frozenset(fermes)


def puits(chemin: str, methode: str, reponse: object) -> str:
    """What kind of outlet an answer is."""
    genre = str(reponse.get("Content-Type", "")) if hasattr(reponse, "get") else ""
    statut = getattr(reponse, "status_code", 0)
    if chemin.startswith("/pieces/") or "pdf" in genre:
        return "document"
    if "json" in genre:
        return "json"
    if methode == "POST":
        return "formulaire" if statut < 400 else "message d’erreur"
    return "page" if statut < 400 else "refus"


def visiter(
    univers: Monde, personne: str, nature: str, methodes: tuple[str, ...] = ("GET", "POST")
) -> tuple[set[str], list[tuple[str, str, Canari]]]:
    """Every outlet of one case as this person, participation given if theirs is none."""
    puits_vus: set[str] = set()
    fuites: list[tuple[str, str, Canari]] = []
    for chemin in chemins(univers, nature):
        for methode in methodes if chemin not in envois(univers, nature) else methodes[1:]:
            with univers.essai(personne) as client:
                reponse = client.generic(methode, chemin)
                vus = univers.fuites(personne, reponse)
            puits_vus.add(puits(chemin, methode, reponse))
            fuites += [(chemin, methode, canari) for canari in vus]
    reference = univers.dossiers[nature].reference
    with univers.essai(personne) as client:
        for nom, reponse in (
            ("recherche", client.post("/recherche/", {"q": reference})),
            ("liste", client.get("/parquet/")),
            ("liste", client.get("/requisitions/")),
            ("liste", client.get("/detenus/")),
            ("accueil", client.get("/accueil/")),
            ("avis", client.get("/notifications/")),
        ):
            puits_vus.add(nom)
            fuites += [(nom, "GET", canari) for canari in univers.fuites(personne, reponse)]
    return puits_vus, fuites


def test_aucun_role_ne_recoit_une_classe_interdite_meme_sur_son_dossier(univers: Monde) -> None:
    canaris = univers.voliere.canaris()
    roles_vus: set[Role] = set()
    cellules, fuites = 0, []
    for personne in NOMS:
        role = PERSONNES[personne].role
        connus = [nature for nature, dossier in univers.dossiers.items() if univers.connait(personne, dossier)]
        if role in roles_vus and not connus:
            continue
        roles_vus.add(role)
        for nature in connus:
            puits_vus, trouvees = visiter(univers, personne, nature)
            cellules += len(puits_vus) * len(canaris)
            fuites += [(personne, *f[:2], f[2].objet, f[2].champ, str(f[2].classe)) for f in trouvees]
    consigner("sec-79", roles=len(roles_vus), cellules=cellules, fuites=len(fuites))
    assert roles_vus == set(Role)
    assert fuites == []
    assert cellules >= 2000


def test_un_participant_inattendu_ne_recoit_que_sa_classe(univers: Monde) -> None:
    """A participation granted by mistake to any service: the class of the field still decides."""
    cellules, fuites = 0, []
    vus: set[Role] = set()
    for personne in NOMS:
        role = PERSONNES[personne].role
        if role in vus:
            continue
        vus.add(role)
        nature = ("REQUISITION", "EXTRACTION")[len(vus) % 2]
        dossier = univers.dossiers[nature]
        if univers.connait(personne, dossier):
            continue
        service = univers.distribution.service(PERSONNES[personne].service)
        octroi = Octroi(Participation.Role.COPIE, "Ligne neutre", "Par erreur", service.nom_externe, service=service)
        auteur = univers.distribution.acteur("opj" if nature == "REQUISITION" else "usmp")
        accorder(dossier=dossier, octrois=[octroi], acteur=auteur)
        try:
            puits_vus, trouvees = visiter(univers, personne, nature, ("GET",))
        finally:
            Participation.objects.filter(content_object=dossier, group_id=service.groupe_id).delete()
        cellules += len(puits_vus) * len(univers.voliere.canaris())
        fuites += [(personne, *f[:2], f[2].objet, f[2].champ, str(f[2].classe)) for f in trouvees]
    consigner("sec-79-inattendus", roles=len(vus), cellules=cellules, fuites=len(fuites))
    assert fuites == []


def test_ni_courriel_ni_avis_ni_journal_ne_portent_un_champ(univers: Monde) -> None:
    auteurs = {"SIGNALEMENT": "soignante", "REQUISITION": "opj", "EXTRACTION": "usmp"}
    for nature, nom in auteurs.items():
        relater(
            dossier=univers.dossiers[nature],
            nom="essai",
            libelle="Un événement",
            acteur=univers.distribution.acteur(nom),
        )
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk").values_list("pk", flat=True):
        executer(envoi)
    assert mail.outbox
    traces: list[bytes] = [bytes(message.message()) for message in mail.outbox]
    for modele, champs in ((Avis, ("texte", "adresse")), (Envoi, ("charge",)), (Entree, ("contenu", "objet"))):
        traces += [str(ligne).encode() for ligne in modele._default_manager.values_list(*champs)]  # type: ignore[attr-defined]
    jetons = set().union(*map(jetons_dans, traces))
    consigner("sec-79-traces", traces=len(traces), jetons=len(jetons))
    assert jetons == set()


def test_un_droit_revoque_avant_le_depart_ne_donne_aucun_courriel(univers: Monde) -> None:
    """SEC-12: the notice waits in the outbox, the right ends, then the worker runs."""
    from dossiers.models import Exclusion
    from dossiers.participations import terminer

    dossier = univers.dossiers["REQUISITION"]
    juriste = univers.distribution.utilisateur("juriste")

    def perdre_le_service() -> None:
        terminer(dossier=dossier, service=univers.distribution.service("CHV-DAJ"))

    gestes = {
        "participation": perdre_le_service,
        "rattachement": lambda: univers.revoquer("juriste"),
        "exclusion": lambda: Exclusion.objects.create(dossier=dossier, utilisateur=juriste, pose_par=dossier.cree_par),
        "compte": lambda: type(juriste).objects.filter(pk=juriste.pk).update(is_active=False),
    }
    recus = 0
    for geste in (None, *gestes.values()):
        with univers.essai("opj"):
            Envoi.objects.update(fait_le=dossier.cree_le)
            mail.outbox.clear()
            relater(dossier=dossier, nom="essai", libelle="Un événement", acteur=univers.distribution.acteur("opj"))
            if geste:
                geste()
            for envoi in Envoi.objects.filter(fait_le=None).values_list("pk", flat=True):
                executer(envoi)
            pour_elle = [message for message in mail.outbox if juriste.courriel in message.to]
            if geste is None:
                assert len(pour_elle) == 1
            else:
                recus += len(pour_elle)
    consigner("sec-12", revocations=len(gestes), courriels=recus)
    assert recus == 0


def test_les_modeles_de_dossier_sont_tous_parcourus() -> None:
    from tests.architecture.depot import modeles

    lettres: set[type[models.Model]] = {m for m in modeles() if "Lettre" in {b.__name__ for b in m.__mro__}}
    assert lettres == set(LETTRES.values())
