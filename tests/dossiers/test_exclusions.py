"""SEC-06: whoever is excluded from a case meets it nowhere, whatever was granted."""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Etape
from hypothesis import strategies as st

from accounts.models import User
from convention.acteur import Acteur, acteur_de
from dossiers import bris_de_glace, exclusions
from dossiers.avis import prevenir_parties
from dossiers.boite import boite, compter
from dossiers.lecteurs import personnes_qui_voient
from dossiers.models import BrisDeGlace, Dossier, Exclusion, Participation, ParticipationPersonnelle
from dossiers.models.dossier import Phase
from dossiers.participations import Octroi, accorder, permission_id
from dossiers.suivi import relater
from journal.models import Entree
from notifications.models import Avis
from tests.distribution import Distribution
from tests.dossiers.essai import a_la_personne, au_service, commencer, transmettre
from tests.rapport import consigner
from tests.requisitions import fabrique as de_requisition
from tests.signalements.situation import transmis
from transitions.workflow import TransitionRefusee

TOUTES = tuple(Phase.values)
GENS = ("infirmiere", "cadre", "juriste", "opj", "parquet", "directrice", "garde", "medecin")
MAISONS = ("CHV-URG", "CHV-DAJ", "POLICE-CSP", "PARQUET-PERM", "CHV-DIR", "CHV-GARDE")
LOT = 48


@pytest.fixture
def monde(distribution: Distribution, type_essai: object) -> tuple[Distribution, list[Dossier], dict[str, Acteur]]:
    """Four dozen cases that only their author knows, and everybody else still to be granted or excluded."""
    auteur = distribution.acteur("soignante")
    acteurs = {nom: distribution.acteur(nom) for nom in GENS}
    dossiers = [transmettre(commencer(auteur), auteur) for _ in range(LOT)]
    return distribution, dossiers, acteurs


# One example is one case: who is granted it, by a service, by name or by break-glass, and who is excluded from it.
CAS = st.tuples(
    st.sets(st.sampled_from(MAISONS)),
    st.sets(st.sampled_from(GENS)),
    st.sets(st.sampled_from(GENS)),
    st.sets(st.sampled_from(GENS)),
)


def ecrire(
    distribution: Distribution,
    dossiers: list[Dossier],
    acteurs: dict[str, Acteur],
    cas: list[tuple[set[str], set[str], set[str], set[str]]],
) -> None:
    """All the rows of a lot in four inserts, after the last lot was taken away."""
    auteur = distribution.utilisateur("soignante")
    for modele in (Participation, ParticipationPersonnelle):
        modele.objects.exclude(**({"user_id": auteur.pk} if modele is ParticipationPersonnelle else {})).delete()
    Exclusion.objects.all().delete()
    passe = timezone.now() - timedelta(hours=2)  # the seal keeps them: they end
    BrisDeGlace.objects.update(ouvert_le=passe, expire_le=passe + timedelta(hours=1))
    commun = {
        "permission_id": permission_id(),
        "role": "destinataire",
        "ligne": "Dossier d’essai",
        "motif": "essai",
        "apparait_comme": "Accueil",
        "nature": "SIGNALEMENT",
        "urgence": "ORDINAIRE",
        "phase": "en_cours",
        "derniere_activite": timezone.now(),
    }
    services, personnes, bris, ecartes = [], [], [], []
    for dossier, (maisons, gens, briseurs, exclus) in zip(dossiers, cas, strict=True):
        services += [
            Participation(content_object=dossier, group_id=distribution.service(code).groupe_id, **commun)
            for code in maisons
        ]
        personnes += [
            ParticipationPersonnelle(content_object=dossier, user_id=acteurs[nom].utilisateur_id, **commun)
            for nom in gens
        ]
        bris += [
            BrisDeGlace(
                dossier=dossier,
                utilisateur_id=acteurs[nom].utilisateur_id,
                service_id=acteurs[nom].places[0].service_id,
                raison="SECURITE",
                motif="essai de propriété",
            )
            for nom in briseurs
        ]
        ecartes += [
            Exclusion(dossier=dossier, utilisateur_id=acteurs[nom].utilisateur_id, pose_par=auteur) for nom in exclus
        ]
    Participation.objects.bulk_create(services)
    ParticipationPersonnelle.objects.bulk_create(personnes)
    BrisDeGlace.objects.bulk_create(bris)
    Exclusion.objects.bulk_create(ecartes)


def test_ecarte_donc_invisible_quels_que_soient_les_octrois(
    monde: tuple[Distribution, list[Dossier], dict[str, Acteur]],
) -> None:
    distribution, dossiers, acteurs = monde
    vus = {"exemples": 0, "couples": 0, "visibles": 0, "violations": 0}

    @settings(
        max_examples=42,
        deadline=None,
        phases=[Etape.explicit, Etape.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(cas=st.lists(CAS, min_size=LOT, max_size=LOT))
    def propriete(cas: list[tuple[set[str], set[str], set[str], set[str]]]) -> None:
        ecrire(distribution, dossiers, acteurs, cas)
        for nom, acteur in acteurs.items():
            visibles = set(Dossier.objects.visibles_par(acteur).values_list("pk", flat=True))
            en_boite = {ligne.dossier.pk for ligne in boite(acteur, phases=TOUTES, taille=LOT).lignes}
            ecartes = {d.pk for d, (_, _, _, exclus) in zip(dossiers, cas, strict=True) if nom in exclus}
            vus["couples"] += len(dossiers)
            vus["visibles"] += len(visibles)
            vus["violations"] += len((visibles | en_boite) & ecartes)
            assert compter(acteur, phases=TOUTES) == len(en_boite)
            assert en_boite <= visibles
        vus["exemples"] += len(cas)

    propriete()
    consigner("sec-06", **vus)
    assert vus["exemples"] >= 2000
    assert vus["visibles"] > 0
    assert vus["violations"] == 0


def test_la_page_des_acces_dit_ce_que_disent_les_regles(
    monde: tuple[Distribution, list[Dossier], dict[str, Acteur]],
) -> None:
    """« Qui peut voir ce dossier ? » equals `visibles_par`, person by person, on random grants and exclusions."""
    distribution, dossiers, acteurs = monde
    hasard = random.Random(20261122)

    def tirer(noms: tuple[str, ...]) -> set[str]:
        return {nom for nom in noms if hasard.random() < 0.35}

    tous = {**acteurs, "soignante": distribution.acteur("soignante")}
    cas = [(tirer(MAISONS), tirer(GENS), tirer(GENS), tirer(GENS)) for _ in dossiers]
    ecrire(distribution, dossiers, acteurs, cas)
    visibles = {
        acteur.utilisateur_id: set(Dossier.objects.visibles_par(acteur).values_list("pk", flat=True))
        for acteur in tous.values()
    }
    comparaisons = ecarts = 0
    for dossier, lecteur in zip(dossiers, cycle(("soignante", "juriste", "opj")), strict=False):
        dits = personnes_qui_voient(dossier, tous[lecteur])
        for personne, vus in visibles.items():
            comparaisons += 1
            ecarts += (dossier.pk in vus) != (personne in dits)
    consigner("qui-peut-voir", comparaisons=comparaisons, ecarts=ecarts)
    assert comparaisons >= 400
    assert ecarts == 0


def adresses(dossier: Dossier) -> list[str]:
    cle = [dossier.cle]
    if dossier.nature == "SIGNALEMENT":
        noms = ["signalements:suivi", "signalements:consultation", "signalements:lettre", "signalements:transmis"]
    else:
        noms = ["requisitions:dossier", "requisitions:ouvrir", "requisitions:controle", "requisitions:reponse"]
    pieces = [reverse("dossiers:piece", args=[piece.cle]) for piece in dossier.pieces.all()]
    return [*(reverse(nom, args=cle) for nom in noms), reverse("dossiers:acces", args=cle), *pieces]


@pytest.mark.parametrize(
    ("ouvrir", "nom"), [("requisition", "juriste"), ("requisition", "garde"), ("signalement", "parquet")]
)
def test_une_personne_ecartee_ne_trouve_le_dossier_dans_aucune_page(
    distribution: Distribution, travailler: Callable[[], int], mailoutbox: list[Any], ouvrir: str, nom: str
) -> None:
    distribution.utilisateur("juriste2")
    distribution.utilisateur(nom)
    dossier = (
        de_requisition.ouvrir(distribution) if ouvrir == "requisition" else transmis(distribution.acteur("soignante"))
    )
    utilisateur, client = distribution.utilisateur(nom), distribution.client(nom)
    octroi = Octroi("copie", "Dossier d’essai", "essai", "Accueil", personne=utilisateur)  # type: ignore[arg-type]
    accorder(dossier=dossier, octrois=[octroi], acteur=distribution.acteur("soignante"))
    travailler()
    assert dossier.reference in client.get("/notifications/").content.decode()
    mailoutbox.clear()
    auteur = distribution.utilisateur("opj" if ouvrir == "requisition" else "soignante")
    # The rule is tried apart from who may set it: the row alone must close everything.
    Exclusion.objects.create(dossier=dossier, utilisateur=utilisateur, pose_par=auteur)
    exclusions._oublier(dossier, utilisateur)
    relater(dossier=dossier, nom="essai", libelle="Essai", acteur=acteur_de(auteur))
    travailler()
    assert utilisateur.courriel not in {adresse for courriel in mailoutbox for adresse in courriel.to}
    for adresse in adresses(dossier):
        assert client.get(adresse).status_code == 404, adresse
        assert client.post(adresse).status_code in {404, 405}, adresse
    listes = ["/accueil/", "/notifications/", "/parquet/", "/requisitions/", "/signalements/", "/detenus/"]
    for page in (*(client.get(liste) for liste in listes), client.post("/recherche/", {"q": dossier.reference})):
        contenu = (
            page.content.decode().replace(f'value="{dossier.reference}"', "").replace(f"« {dossier.reference} »", "")
        )
        assert str(dossier.cle) not in contenu
    assert client.post(f"/dossiers/{dossier.cle}/attribuer/").status_code == 404


def test_le_delegue_ecarte_ne_lit_le_dossier_ni_au_journal_ni_aux_acces_exceptionnels(
    distribution: Distribution,
) -> None:
    dossier = transmis(distribution.acteur("soignante"))
    dpo, client = distribution.utilisateur("dpo"), distribution.client("dpo")
    distribution.client("soignante").get(f"/signalements/{dossier.cle}/suivi/")
    bris_de_glace.briser(
        reference=dossier.reference or "", raison="ABSENCE", motif="x" * 20, acteur=distribution.acteur("infirmiere")
    )
    pages = ("/journal/", "/acces-exceptionnels/", f"/dossiers/{dossier.cle}/acces/")
    assert all(dossier.reference in client.get(page).content.decode() for page in pages)
    Exclusion.objects.create(dossier=dossier, utilisateur=dpo, pose_par=distribution.utilisateur("soignante"))
    assert client.get(pages[2]).status_code == 404
    for page in pages[:2]:
        assert dossier.reference not in client.get(page).content.decode(), page
    assert dossier.reference not in client.get("/journal/", {"dossier": dossier.reference}).content.decode().replace(
        f'value="{dossier.reference}"', ""
    )


def test_l_auteur_ecarte_un_collegue_par_son_nom(distribution: Distribution, travailler: Callable[[], int]) -> None:
    """The whole gesture, from the search to the closed door, and back."""
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    infirmiere = distribution.utilisateur("infirmiere")
    accorder(dossier=dossier, octrois=[a_la_personne(infirmiere.pk)], acteur=distribution.acteur("soignante"))
    Avis.objects.create(destinataire=infirmiere, cle_unique="a", texte=f"Suivi : {dossier.reference}")
    client, adresse = distribution.client("soignante"), f"/dossiers/{dossier.cle}/acces/"
    trouve = client.post(f"{adresse}ecarter/", {"geste": "chercher", "qui": "mailla"}).content.decode()
    assert "Zoé Maillard" in trouve
    assert "Caradec" not in client.post(f"{adresse}ecarter/", {"geste": "chercher", "qui": "cara"}).content.decode()
    ecarter = {"geste": "ecarter", "qui": "mailla", "personne": str(infirmiere.cle), "motif": "PROCHE"}
    assert client.post(f"{adresse}ecarter/", ecarter).status_code == 302
    assert distribution.client("infirmiere").get(adresse).status_code == 404
    assert not Avis.objects.filter(destinataire=infirmiere).exists()
    assert Entree.objects.filter(action="exclure", cle=dossier.cle).exists()
    assert "Zoé Maillard" in client.get(adresse).content.decode()
    assert "Zoé Maillard" not in distribution.client("parquet").get(adresse).content.decode()
    exclusion = Exclusion.objects.get()
    assert distribution.client("parquet").post(f"{adresse}lever/{exclusion.pk}/").status_code == 404
    assert client.post(f"{adresse}lever/{exclusion.pk}/").status_code == 302
    assert distribution.client("infirmiere").get(adresse).status_code == 200


def test_on_n_ecarte_ni_soi_ni_l_auteur_ni_un_etranger_ni_le_dernier_du_service(distribution: Distribution) -> None:
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    dpo, soignante = distribution.acteur("dpo"), distribution.acteur("soignante")

    def essayer(acteur: Acteur, cible: str, motif: str = "INTERET") -> str:
        with pytest.raises(TransitionRefusee) as refus:
            exclusions.exclure(
                dossier=dossier, personne=distribution.utilisateur(cible).cle, motif=motif, acteur=acteur
            )
        return str(refus.value)

    assert "vous-même" in essayer(soignante, "soignante")
    assert "L’auteur" in essayer(dpo, "soignante")
    assert essayer(soignante, "opj") == exclusions.INCONNUE
    assert "motif" in essayer(soignante, "infirmiere", motif="AUTRE")
    assert "délégué" in essayer(distribution.acteur("infirmiere"), "cadre")
    assert "personne pour suivre" in essayer_dernier(distribution)
    assert not Exclusion.objects.exists()


def essayer_dernier(distribution: Distribution) -> str:
    """Legal affairs of one person: she cannot be taken away from the case."""
    dossier = de_requisition.ouvrir(distribution)
    with pytest.raises(TransitionRefusee) as refus:
        exclusions.exclure(
            dossier=dossier,
            personne=distribution.utilisateur("juriste").cle,
            motif="INTERET",
            acteur=distribution.acteur("dpo"),
        )
    return str(refus.value)


def test_un_medecin_ecarte_ne_peut_pas_etre_designe(distribution: Distribution) -> None:
    from requisitions.workflow import medecins_possibles

    dossier, medecin = de_requisition.ouvrir(distribution), distribution.utilisateur("medecin")
    assert medecin in medecins_possibles(dossier)
    Exclusion.objects.create(dossier=dossier, utilisateur=medecin, pose_par=distribution.utilisateur("juriste"))
    assert medecin not in medecins_possibles(dossier)


def test_un_avis_en_attente_ne_part_pas_vers_une_personne_ecartee(
    distribution: Distribution, type_essai: object
) -> None:
    """Excluded after the event and before the worker: the recipients are those of the moment it leaves."""
    auteur, opj = distribution.acteur("soignante"), distribution.utilisateur("opj")
    dossier = transmettre(commencer(auteur), auteur)
    accorder(dossier=dossier, octrois=[au_service(distribution.service("POLICE-CSP"))], acteur=auteur)
    evenement = relater(dossier=dossier, nom="essai", libelle="Essai", acteur=auteur)
    Exclusion.objects.create(dossier=dossier, utilisateur=opj, pose_par_id=auteur.utilisateur_id)
    prevenir_parties({"evenement": evenement.pk})
    assert not Avis.objects.filter(destinataire=opj).exists()
    assert User.objects.filter(pk=opj.pk, is_active=True).exists()
