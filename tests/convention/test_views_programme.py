"""The pages of a programme, and what each partner sees of each convention."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convention.acteur import lecteur_de
from convention.models import Action, Convention, Indicateur, Institution, Releve, Stand
from convention.portee import conventions_de
from convention.regles import peut_voir
from documents.marque import demarquer
from fiches.chargement import charger
from fiches.recueil.assemblage import assembler
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db
ACTION = ("cls-2025", "cancers", "depistages")
VILLAGE = ("cls-2025", "village-sante-des-femmes")


@pytest.fixture
def contrat(distribution: Distribution) -> Convention:
    charger(DONNEES)
    return Convention.objects.get(code="cls-2025")


def texte(client: Client, nom: str, *args: object) -> str:
    reponse = client.get(reverse(f"convention:{nom}", args=args), follow=True)
    assert reponse.status_code == 200, (nom, reponse.status_code)
    return reponse.content.decode()


def confier(code: str) -> Action:
    action = Action.objects.get(axe__convention__code="cls-2025", code="depistages")
    action.pilote = Institution.objects.get(code=code)
    action.save()
    return action


def test_le_programme_montre_ses_axes_et_dit_ce_que_le_texte_ne_precise_pas(
    contrat: Convention, distribution: Distribution
) -> None:
    page = texte(distribution.client("cpam"), "programme", "cls-2025")
    for axe in contrat.axes.all():
        assert axe.intitule.replace("–", "–") in page
    assert page.count("Non précisé par le texte") == 18
    assert "Le texte signé n’est pas joint" in page


def test_la_page_de_la_convention_mene_au_programme_et_aux_evenements(
    contrat: Convention, distribution: Distribution
) -> None:
    page = texte(distribution.client("cls"), "convention")
    assert reverse("convention:programme", args=["cls-2025"]) in page
    assert reverse("convention:evenement", args=VILLAGE) in page
    assert page.count("Personne non précisée par le texte") == 13
    assert "Bilan de l’année" not in page
    autre = texte(distribution.client("referente"), "page", "chv-2025")
    assert "Programme d’actions" not in autre


def test_l_evenement_montre_ses_lieux_ses_chiffres_et_ses_partenaires(
    contrat: Convention, distribution: Distribution
) -> None:
    page = texte(distribution.client("cpam"), "evenement", *VILLAGE)
    for attendu in ("Wallers-Arenberg", "Vieux-Condé", "Plus de 50 stands", "près de 300 professionnels"):
        assert attendu in page
    assert "Centre de coordination du dépistage des cancers" in page
    assert "de nombreuses associations" in page
    liste = texte(distribution.client("cpam"), "evenements", "cls-2025")
    assert "7 institutions" in liste


def test_le_pilote_avance_l_action_et_une_erreur_reste_a_cote_du_champ(
    contrat: Convention, distribution: Distribution
) -> None:
    confier("CPAM")
    client = distribution.client("cpam")
    adresse = reverse("convention:action_avancer", args=ACTION)
    page = client.post(adresse, {"motif": "Campagne lancée"}).content.decode()
    assert "Choisissez ce que devient l’action." in page
    assert "Campagne lancée" in page
    page = client.post(adresse, {"geste": "engager", "motif": "Campagne lancée"}, follow=True).content.decode()
    assert "l’action est en cours" in page
    assert client.post(adresse, {"geste": "engager", "motif": "Encore"}).status_code == 200
    assert Action.objects.get(code="depistages").etat == "EN_COURS"


def test_qui_n_est_pas_pilote_lit_pourquoi_et_son_envoi_est_refuse(
    contrat: Convention, distribution: Distribution
) -> None:
    confier("CAF")
    client = distribution.client("cpam")
    assert "Seuls l’institution pilote" in texte(client, "action", *ACTION)
    for nom in ("action_avancer", "indicateur_ajouter"):
        assert client.post(reverse(f"convention:{nom}", args=ACTION), {}).status_code == 403
    assert client.get(reverse("convention:action_planifier", args=ACTION)).status_code == 403
    assert Action.objects.get(code="depistages").etat == "INSCRITE"


def test_un_indicateur_recoit_une_valeur_avec_sa_date_et_sa_source(
    contrat: Convention, distribution: Distribution
) -> None:
    confier("CPAM")
    client = distribution.client("cpam")
    saisi = {"i-intitule": "Invitations", "i-unite": "lettres", "i-cible": "100", "i-origine": "Comité d’essai"}
    client.post(reverse("convention:indicateur_ajouter", args=ACTION), saisi)
    indicateur = Indicateur.objects.get()
    adresse = reverse("convention:indicateur_relever", args=[*ACTION, indicateur.cle])
    champ = f"m{indicateur.pk}"
    faux = {f"{champ}-valeur": "beaucoup", f"{champ}-jour": "2099-01-01", f"{champ}-source": "Registre"}
    page = client.post(adresse, faux).content.decode()
    assert "Écrivez un nombre" in page
    assert "Cette date est à venir" in page
    assert "beaucoup" in page
    bon = {f"{champ}-valeur": "12,5", f"{champ}-jour": timezone.localdate().isoformat(), f"{champ}-source": "Registre"}
    page = client.post(adresse, bon, follow=True).content.decode()
    assert Releve.objects.get().valeur == 12.5
    assert re.search(r"12,50</b>\s*lettres", page)
    assert client.get(reverse("convention:action", args=ACTION)).status_code == 200


def test_la_referente_du_programme_planifie(contrat: Convention, distribution: Distribution) -> None:
    client = distribution.client("cls")
    adresse = reverse("convention:action_planifier", args=ACTION)
    cpam, caf = Institution.objects.get(code="CPAM"), Institution.objects.get(code="CAF")
    page = client.post(adresse, {"pilote": cpam.pk, "partenaires": [caf.pk], "echeance": "2027-06-30"}).content.decode()
    assert "Dites quelle réunion" in page
    assert "2027-06-30" in page
    saisi = {"pilote": cpam.pk, "partenaires": [caf.pk], "echeance": "2027-06-30", "origine": "Comité d’essai"}
    page = client.post(adresse, saisi, follow=True).content.decode()
    assert "30 juin 2027" in page
    assert "Comité d’essai" in page
    assert "Caisse d’allocations familiales" in page


def test_un_partenaire_inscrit_son_stand_et_le_retire(contrat: Convention, distribution: Distribution) -> None:
    client = distribution.client("cpam")
    adresse = reverse("convention:stand_inscrire", args=[*VILLAGE, 4])
    page = client.post(adresse, {"e4-intitule": "Droits", "e4-professionnels": "zéro"}).content.decode()
    assert "Choisissez votre institution." in page
    assert "Écrivez un nombre entier" in page
    assert "Droits" in page
    cpam = Institution.objects.get(code="CPAM")
    saisi = {"e4-intitule": "Droits", "e4-institution": cpam.pk, "e4-professionnels": "4", "e4-source": "Plan d’essai"}
    page = client.post(adresse, saisi, follow=True).content.decode()
    assert "1 stand inscrit, 4 professionnels" in page
    retrait = reverse("convention:stand_retirer", args=["cls-2025", Stand.objects.get().cle])
    assert distribution.client("referente").post(retrait).status_code == 403
    page = client.post(retrait, follow=True).content.decode()
    assert "4 professionnels" not in page


def test_le_programme_s_imprime_une_fois_par_contenu(contrat: Convention, distribution: Distribution) -> None:
    client = distribution.client("cpam")
    adresse = reverse("convention:programme_pdf", args=["cls-2025"])
    assert client.get(adresse).headers["Location"] == reverse("convention:programme", args=["cls-2025"])
    client.post(adresse)
    premier = client.get(adresse)
    assert premier.headers["Content-Type"] == "application/pdf"
    assert premier.content.startswith(b"%PDF")
    client.post(adresse)
    assert demarquer(client.get(adresse).content)[0] == demarquer(premier.content)[0]
    confier("CPAM")
    assert client.get(adresse).status_code == 302


def test_le_partenaire_du_contrat_ne_voit_rien_de_la_convention_qu_il_n_a_pas_signee(
    contrat: Convention, distribution: Distribution
) -> None:
    """CPAM signed the health contract only; neither pages, lists, directory nor search tell it of the other one."""
    client = distribution.client("cpam")
    liste = texte(client, "liste")
    assert "santé, sécurité, justice" not in liste
    assert "Contrat local de santé" in liste
    assert client.get(reverse("convention:page", args=["chv-2025"])).status_code == 404
    assert client.get(reverse("convention:version", args=["chv-2025", "2025.1"])).status_code == 404
    for nom in ("fiches:fiche", "fiches:pdf", "fiches:parcours"):
        assert client.get(reverse(nom, args=[1])).status_code == 404, nom
    assert client.get(reverse("fiches:recueil", args=["chv-2025"])).status_code == 404
    assert client.get(reverse("bilans:bilan", args=[2026])).status_code == 403
    assert client.get(reverse("convention:titulaires", args=["PARQUET"])).status_code == 404
    pages = {
        "fiches": client.get(reverse("fiches:liste")).content.decode(),
        "annuaire": texte(client, "annuaire"),
        "que faire": client.get(reverse("accueil:accueil")).content.decode(),
        "recherche": client.post(reverse("accueil:recherche"), {"q": "violences"}).content.decode(),
        "contacts": client.post(reverse("accueil:recherche"), {"q": "Commissariat"}).content.decode(),
    }
    for nom, page in pages.items():
        for interdit in ("Violences dans le couple", "Commissariat de Valenciennes", "Maison d’Arrêt"):
            assert interdit not in page, (nom, interdit)
    assert "Mission santé" not in pages["annuaire"]
    assert "Valenciennes Métropole — mission santé" in pages["annuaire"]


def test_le_signataire_de_la_convention_ne_voit_rien_du_contrat_qu_il_n_a_pas_signe(
    contrat: Convention, distribution: Distribution
) -> None:
    for nom in ("opj", "parquet", "maison_arret", "douanes", "ordre", "crip"):
        client = distribution.client(nom)
        assert "Contrat local" not in texte(client, "liste"), nom
        assert client.get(reverse("convention:page", args=["cls-2025"])).status_code == 404, nom
        for vue, valeurs in (
            ("programme", ACTION[:1]),
            ("action", ACTION),
            ("evenements", ACTION[:1]),
            ("evenement", VILLAGE),
        ):
            assert client.get(reverse(f"convention:{vue}", args=valeurs)).status_code == 404, (nom, vue)
        assert client.post(reverse("convention:programme_pdf", args=["cls-2025"])).status_code == 404
        assert client.post(reverse("convention:action_avancer", args=ACTION), {}).status_code == 404
        assert "mission santé" not in texte(client, "annuaire"), nom


def test_l_hopital_partie_aux_deux_lit_les_deux(contrat: Convention, distribution: Distribution) -> None:
    for nom in ("referente", "soignante", "ars", "prefecture"):
        liste = texte(distribution.client(nom), "liste")
        assert "Contrat local de santé" in liste, nom
        assert "santé, sécurité, justice" in liste, nom


def test_la_referente_de_la_convention_n_est_pas_celle_du_contrat(
    contrat: Convention, distribution: Distribution
) -> None:
    referente, cls = distribution.client("referente"), distribution.client("cls")
    assert referente.get(reverse("convention:action_planifier", args=ACTION)).status_code == 403
    assert referente.get(reverse("convention:proposer", args=["cls-2025"])).status_code == 403
    assert cls.get(reverse("convention:proposer", args=["cls-2025"])).status_code == 200
    assert cls.get(reverse("convention:proposer", args=["chv-2025"])).status_code == 404


def test_le_programme_coute_un_nombre_constant_de_requetes(
    contrat: Convention, distribution: Distribution, django_assert_max_num_queries: object
) -> None:
    client = distribution.client("cpam")
    texte(client, "programme", "cls-2025")
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        client.get(reverse("convention:programme", args=["cls-2025"]))


def test_le_document_complet_ne_donne_que_les_numeros_des_maisons_de_sa_convention(contrat: Convention) -> None:
    maisons = {nom for nom, _ in assembler(Convention.objects.get(code="chv-2025")).annuaire}
    assert "Maison d’Arrêt de Valenciennes" in maisons
    assert "Cellule de recueil des informations préoccupantes du Nord" in maisons
    assert "Caisse primaire d’assurance maladie du Hainaut" not in maisons


def test_la_liste_et_la_page_suivent_la_meme_regle_pour_chaque_institution(contrat: Convention) -> None:
    """`conventions_de` answers in the database what `peut_voir` answers on one convention."""
    toutes = list(Convention.objects.all())
    for institution in Institution.objects.all():
        lecteur = lecteur_de(institution)
        attendues = {convention.code for convention in toutes if peut_voir(convention, lecteur)}
        assert set(conventions_de(lecteur).values_list("code", flat=True)) == attendues, institution
