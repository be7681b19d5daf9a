"""What is true of ANY case, whatever its type. A new case app inherits it by its `tests/<app>/fabrique.py`."""

import re
import uuid

import pytest
from django.test import Client

from dossiers.boite import boite, compter
from dossiers.models import Dossier, Exclusion
from dossiers.models.dossier import Phase
from dossiers.models.participation import Part
from dossiers.registre import TypeDossier, type_de, types
from journal.models import Entree
from tests.architecture.depot import RACINE
from tests.contrats.fabrique import Fabrique, fabriques
from tests.distribution import NOMS, Distribution
from transitions.workflow import TransitionRefusee

TONS = {"mute", "info", "warn", "ok", "danger", "justice"}
ICONES = set(re.findall(r'id="i-([\w-]+)"', (RACINE / "static/img/icons.svg").read_text(encoding="utf-8")))
TOUTES = tuple(Phase.values)
PHRASE = re.compile(r"[A-ZÀÉÊÎÔ«].{9,}[.!?»]", re.S)
JETON = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-(?:maintenant|verrou-a)="[^"]+"')


@pytest.fixture(params=[type_.nature for type_ in types()])
def type_dossier(request: pytest.FixtureRequest) -> TypeDossier:
    return next(type_ for type_ in types() if type_.nature == request.param)


@pytest.fixture
def fabrique(type_dossier: TypeDossier) -> Fabrique:
    trouvee = next((fabrique for fabrique in fabriques().values() if fabrique.nature == type_dossier.nature), None)
    assert trouvee is not None, f"tests/<app>/fabrique.py manque pour {type_dossier.nature}"
    return trouvee


@pytest.fixture
def dossier(fabrique: Fabrique, distribution: Distribution) -> Dossier:
    return fabrique.ouvrir(distribution)


def adresse(dossier: Dossier, distribution: Distribution, nom: str) -> str:
    return type_de(dossier).adresse(dossier, distribution.acteur(nom))


def neutre(contenu: bytes, cle: object) -> bytes:
    return JETON.sub(b"", contenu).replace(str(cle).encode(), b"")


def lire(client: Client, chemin: str) -> tuple[int, dict[str, str]]:
    reponse = client.get(chemin)
    return reponse.status_code, {nom: valeur for nom, valeur in reponse.headers.items() if nom != "Content-Length"}


def test_chaque_type_a_sa_fabrique() -> None:
    assert {fabrique.nature for fabrique in fabriques().values()} >= {type_.nature for type_ in types()}


def test_le_dossier_d_exemple_a_quitte_le_brouillon(dossier: Dossier, type_dossier: TypeDossier) -> None:
    dossier.refresh_from_db()
    assert dossier.phase != Phase.BROUILLON
    assert re.fullmatch(rf"{type_dossier.prefixe}-\d{{4}}-\d{{4,}}", dossier.reference or "")


def test_son_auteur_et_ses_lecteurs_l_ouvrent(dossier: Dossier, fabrique: Fabrique, distribution: Distribution) -> None:
    for nom in (fabrique.auteur, *fabrique.lecteurs):
        assert Dossier.objects.visibles_par(distribution.acteur(nom)).filter(pk=dossier.pk).exists(), nom
        reponse = distribution.client(nom).get(adresse(dossier, distribution, nom), follow=True)
        assert reponse.status_code == 200, nom


def test_un_etranger_recoit_la_meme_reponse_que_pour_un_dossier_inexistant(
    dossier: Dossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    client, inexistant = distribution.client(fabrique.etranger), uuid.uuid4()
    for lecteur in (fabrique.auteur, *fabrique.lecteurs):
        vraie = adresse(dossier, distribution, lecteur)
        fausse = vraie.replace(str(dossier.cle), str(inexistant))
        assert str(dossier.cle) in vraie
        assert lire(client, vraie) == lire(client, fausse)
        assert client.get(vraie).status_code == 404
        assert neutre(client.get(vraie).content, dossier.cle) == neutre(client.get(fausse).content, inexistant)


def test_le_journal_ne_distingue_pas_l_interdit_de_l_inexistant(
    dossier: Dossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    client, inexistant = distribution.client(fabrique.etranger), uuid.uuid4()
    vraie = adresse(dossier, distribution, fabrique.auteur)
    client.get(vraie)
    client.get(vraie.replace(str(dossier.cle), str(inexistant)))
    interdite, absente = Entree.objects.order_by("-pk")[:2][::-1]
    assert (interdite.action, interdite.objet, interdite.resultat) == (absente.action, absente.objet, "introuvable")
    assert (interdite.cle, absente.cle) == (dossier.cle, inexistant)


def test_ouvrir_un_dossier_se_lit_au_journal(dossier: Dossier, fabrique: Fabrique, distribution: Distribution) -> None:
    avant = Entree.objects.filter(cle=dossier.cle).count()
    acteur = distribution.acteur(fabrique.auteur)
    distribution.client(fabrique.auteur).get(adresse(dossier, distribution, fabrique.auteur), follow=True)
    nouvelles = Entree.objects.filter(cle=dossier.cle, acteur=acteur.cle).order_by("-pk")
    assert Entree.objects.filter(cle=dossier.cle).count() > avant
    assert nouvelles[0].resultat == "fait"


def test_une_personne_ecartee_ne_sait_plus_rien(
    dossier: Dossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    nom = fabrique.lecteurs[0]
    auteur, ecartee = distribution.utilisateur(fabrique.auteur), distribution.utilisateur(nom)
    chemin = adresse(dossier, distribution, nom)
    Exclusion.objects.create(dossier=dossier, utilisateur=ecartee, pose_par=auteur)
    assert distribution.client(nom).get(chemin).status_code == 404
    assert dossier.pk not in {ligne.dossier.pk for ligne in boite(distribution.acteur(nom), phases=TOUTES).lignes}
    assert compter(distribution.acteur(nom), phases=TOUTES) == 0


def test_la_boite_ne_montre_que_les_siens(dossier: Dossier, fabrique: Fabrique, distribution: Distribution) -> None:
    for nom in (fabrique.auteur, *fabrique.lecteurs):
        assert dossier.pk in {ligne.dossier.pk for ligne in boite(distribution.acteur(nom), phases=TOUTES).lignes}, nom
    assert boite(distribution.acteur(fabrique.etranger), phases=TOUTES).lignes == []


def test_la_ligne_d_une_boite_ne_dit_rien_de_la_personne(
    dossier: Dossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    mots = {mot for personne in dossier.personnes.all() for mot in (personne.nom, personne.prenoms) if mot}
    parts: list[Part] = [*dossier.participations.all(), *dossier.participations_personnelles.all()]
    assert parts
    for part in parts:
        assert part.ligne
        assert part.apparait_comme
        assert not any(mot.lower() in f"{part.ligne} {part.apparait_comme}".lower() for mot in mots), part.ligne


def test_lire_ne_change_pas_le_dossier(dossier: Dossier, fabrique: Fabrique, distribution: Distribution) -> None:
    def image() -> tuple[object, ...]:
        lu = Dossier.objects.get(pk=dossier.pk)
        return lu.etat, lu.version, lu.derniere_activite, lu.history.count(), lu.evenements.count()

    avant = image()
    for nom in (fabrique.auteur, *fabrique.lecteurs):
        distribution.client(nom).get(adresse(dossier, distribution, nom), follow=True)
    assert image() == avant


def test_chaque_etat_a_son_mot_son_ton_son_icone_et_sa_phase(type_dossier: TypeDossier) -> None:
    for etat in type_dossier.workflow.etats.values():
        assert etat.libelle[:1].isupper(), etat.code
        assert etat.ton in TONS, etat.code
        assert etat.icone in ICONES, etat.code
        assert etat.phase in Phase.values, etat.code


def test_chaque_transition_relie_des_etats_connus(type_dossier: TypeDossier) -> None:
    connus = set(type_dossier.workflow.etats)
    for transition in type_dossier.workflow.transitions.values():
        assert transition.depuis, transition.nom
        assert transition.depuis <= connus, transition.nom
        assert transition.vers in connus, transition.nom
        assert transition.libelle, transition.nom


def test_chaque_etat_est_atteint(type_dossier: TypeDossier) -> None:
    table = type_dossier.workflow
    arrivees = {transition.vers for transition in table.transitions.values()}
    assert len(set(table.etats) - arrivees) <= 1, "un seul état de départ"


def test_chaque_refus_donne_sa_raison_en_francais(
    dossier: Dossier, type_dossier: TypeDossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    """Every transition, from every state, for the parties and the stranger: a refusal is a sentence."""
    refus = 0
    for nom in (fabrique.auteur, *fabrique.lecteurs, fabrique.etranger):
        acteur = distribution.acteur(nom)
        for etat in type_dossier.workflow.etats:
            dossier.etat = etat
            for transition in type_dossier.workflow.transitions:
                verdict = type_dossier.workflow.verdict(transition, dossier, acteur)
                if not verdict:
                    refus += 1
                    assert re.fullmatch(r"[A-ZÀÉÊÎÔ«].{9,}[.!?»]", verdict.raison, flags=re.S), (
                        transition,
                        etat,
                        verdict,
                    )
    assert refus


def test_un_etranger_ne_peut_rien_faire(
    dossier: Dossier, type_dossier: TypeDossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    etranger = distribution.acteur(fabrique.etranger)
    for nom, transition in type_dossier.workflow.transitions.items():
        dossier.etat = sorted(transition.depuis)[0]
        assert not type_dossier.workflow.verdict(nom, dossier, etranger), nom


def test_une_transition_refusee_n_ecrit_rien(
    dossier: Dossier, type_dossier: TypeDossier, fabrique: Fabrique, distribution: Distribution
) -> None:
    etranger, avant = distribution.acteur(fabrique.etranger), Dossier.objects.get(pk=dossier.pk)
    for nom in type_dossier.workflow.transitions:
        with pytest.raises(TransitionRefusee):
            type_dossier.workflow.appliquer(nom, dossier, acteur=etranger)
    apres = Dossier.objects.get(pk=dossier.pk)
    assert (apres.etat, apres.version) == (avant.etat, avant.version)


def test_l_etranger_est_bien_quelqu_un_de_la_distribution(fabrique: Fabrique) -> None:
    assert {fabrique.auteur, fabrique.etranger, *fabrique.lecteurs} <= set(NOMS)
    assert fabrique.lecteurs
    assert fabrique.etranger not in {fabrique.auteur, *fabrique.lecteurs}
