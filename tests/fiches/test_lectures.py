"""Reading: acknowledged, checked, asked again; counted by service without naming or ranking anybody."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from convention.rattachements import rattacher
from fiches import accuses, workflow
from fiches.accuses import fausses
from fiches.carte import carte, part
from fiches.chargement.verification import lire_dossier
from fiches.contenu import CHAMPS, FACULTATIFS, ContenuInvalide, Question, blocs, empreinte, lire
from fiches.lecture import en_vigueur
from fiches.models import AccuseLecture, VersionFiche
from fiches.notifications import faire_lire
from journal.models import Entree
from notifications.models import Avis
from tests.distribution import DONNEES, Distribution
from tests.fiches.conftest import relire

QUESTIONS = [
    Question("A ?", ["Oui", "Non"], 1, "Oui.", "essentiel"),
    Question("B ?", ["Oui", "Non"], 2, "Non.", "accord"),
]


def brut(rang: int = 0) -> dict[str, Any]:
    fiche = lire_dossier(DONNEES).fiches[rang].donnees
    return {champ: fiche[champ] for champ in (*CHAMPS, *FACULTATIFS) if champ in fiche}


def en_cours(numero: int) -> VersionFiche:
    return VersionFiche.objects.select_related("fiche__thematique__convention").get(
        fiche__numero=numero, etat="EN_VIGUEUR"
    )


def justes(version: VersionFiche) -> dict[str, int]:
    return {f"question_{i}": q.bonne for i, q in enumerate(lire(version.contenu).controle, 1)}


def equipe(distribution: Distribution, nombre: int, service: str = "CHV-URG") -> list[User]:
    """`nombre` nurses whose names nobody may read on the map."""
    personnes = []
    for rang in range(nombre):
        personne = User.objects.create_user(
            f"canari{rang}-{service}@demo.test".lower(), "x", prenom="Canari", nom=f"Plumage{rang}"
        )
        rattacher(utilisateur=personne, service=distribution.service(service), role=Role.SOIGNANT, acteur=None)
        personnes.append(personne)
    return personnes


def test_chaque_fiche_a_deux_questions_qui_renvoient_a_son_texte() -> None:
    for rang in range(18):
        contenu = lire(brut(rang))
        assert len(contenu.controle) == 2
        assert len({q.bonne for f in range(18) for q in lire(brut(f)).controle}) == 3 if rang == 0 else True


def test_une_fiche_sans_question_garde_son_empreinte_et_une_question_fait_partie_du_texte_approuve() -> None:
    sans = {champ: valeur for champ, valeur in brut().items() if champ != "controle"}
    assert "controle" not in lire(sans).en_json()
    assert empreinte("T", lire(sans)) != empreinte("T", lire(brut()))
    assert "controle-1" in [bloc.id for bloc in blocs("T", lire(brut()))]


@pytest.mark.parametrize(
    ("champ", "valeur", "raison"),
    [("bonne", 9, "bonne réponse"), ("passage", "etapes-99", "passage"), ("reponses", list("abcde"), "quatre")],
)
def test_une_question_fausse_est_refusee_avec_sa_raison(champ: str, valeur: Any, raison: str) -> None:
    contenu = brut()
    contenu["controle"] = [{**contenu["controle"][0], champ: valeur}, contenu["controle"][1]]
    with pytest.raises(ContenuInvalide, match=raison):
        lire(contenu)


def test_une_reponse_fausse_ou_absente_est_dite() -> None:
    assert fausses(QUESTIONS, {1: 1, 2: 2}) == []
    assert fausses(QUESTIONS, {1: 2}) == [1, 2]


@pytest.mark.parametrize(
    ("lus", "concernes", "lecteur", "mots"),
    [
        (0, 0, None, "–"),
        (0, 1, None, "trop peu"),
        (2, 2, None, "trop peu"),
        (3, 3, None, "oui"),
        (2, 3, None, "oui"),
        (1, 3, None, "pas encore"),
        (0, 3, None, "pas encore"),
        (2, 4, None, "en partie"),
        (4, 5, None, "4 sur 5"),
        (1, 5, True, "pas encore"),
        (1, 3, True, "trop peu"),
        (4, 6, False, "4 sur 6"),
    ],
)
def test_un_petit_effectif_ne_dit_jamais_qui_a_lu(lus: int, concernes: int, lecteur: bool | None, mots: str) -> None:
    assert part(lus, concernes, lecteur=lecteur).mots == mots


def test_aucun_mot_ne_veut_dire_tous_ou_personne() -> None:
    """Under the floor, whatever the word, two numbers of readers at least give it, or half, which names nobody."""
    for concernes in (3, 4):
        for lus in (0, concernes):
            mot = part(lus, concernes).mots
            assert len([n for n in range(concernes + 1) if part(n, concernes).mots == mot]) >= 2


@pytest.mark.django_db
class TestLecture:
    def test_une_soignante_lit_verifie_et_la_nouvelle_version_se_relit(
        self, convention: None, distribution: Distribution
    ) -> None:
        client, version = distribution.client("soignante"), en_cours(1)
        assert "À lire" in client.get(reverse("fiches:liste")).content.decode()
        lue = reverse("fiches:accuser", args=[1, "1.0"])
        assert client.post(lue).status_code == 302
        assert client.post(lue).status_code == 302
        assert AccuseLecture.objects.count() == 1
        assert "Lue le" in client.get(reverse("fiches:fiche", args=[1])).content.decode()
        verifier = reverse("fiches:verifier", args=[1, "1.0"])
        client.post(verifier, justes(version))
        assert AccuseLecture.objects.get().verifie_le is not None
        assert AccuseLecture.objects.get().rattachement.role == Role.SOIGNANT

    def test_une_reponse_fausse_montre_le_passage_et_ne_laisse_aucune_trace(
        self, convention: None, distribution: Distribution
    ) -> None:
        client, version = distribution.client("soignante"), en_cours(1)
        adresse = reverse("fiches:verifier", args=[1, "1.0"])
        avant = Entree.objects.count()
        reponses = {**justes(version), "question_1": 1}
        page = client.post(adresse, reponses).content.decode()
        assert "Pas tout à fait" in page
        assert "#accord" in page
        assert not AccuseLecture.objects.exists()
        assert Entree.objects.count() == avant

    def test_une_lecture_ancienne_renvoie_aux_changements(
        self, en_approbation: VersionFiche, approuver: Any, distribution: Distribution, referente: Any
    ) -> None:
        accuses.accuser(version=en_cours(1), acteur=distribution.acteur("soignante"))
        approuver(en_approbation)
        workflow.mettre_en_vigueur(version=relire(en_approbation), acteur=referente)
        page = distribution.client("soignante").get(reverse("fiches:fiche", args=[1])).content.decode()
        assert "Nouvelle version depuis votre lecture" in page
        assert reverse("fiches:comparer", args=[1, "1.0", "1.1"]) in page
        perimee = distribution.client("soignante").post(reverse("fiches:accuser", args=[1, "1.0"]))
        assert perimee.status_code == 302
        assert AccuseLecture.objects.count() == 1

    def test_la_nouvelle_version_est_annoncee_une_fois_a_qui_ne_l_a_pas_lue(
        self, convention: None, distribution: Distribution
    ) -> None:
        soignante, infirmiere = distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
        distribution.utilisateur("opj")
        accuses.accuser(version=en_cours(1), acteur=distribution.acteur("infirmiere"))
        for _ in range(2):
            faire_lire({"version": en_cours(1).pk})
        assert list(Avis.objects.values_list("destinataire", flat=True)) == [soignante.pk]
        assert infirmiere.pk != soignante.pk

    def test_la_carte_ne_nomme_ni_ne_classe_personne(self, convention: None, distribution: Distribution) -> None:
        from convention.acteur import acteur_de

        personnes = equipe(distribution, 6) + equipe(distribution, 1, "CHV-CHIR")
        for personne in personnes[:4]:
            accuses.accuser(version=en_cours(1), acteur=acteur_de(personne))
        for nom in ("cadre", "referente", "directrice"):
            page = distribution.client(nom).get(reverse("fiches:lectures")).content.decode()
            assert "Plumage" not in page
            assert "canari" not in page.lower()
            assert "4 sur" in page
        for nom in ("cadre", "referente"):
            fiche = distribution.client(nom).get(reverse("fiches:fiche", args=[1])).content.decode()
            assert "Plumage" not in fiche

    def test_chacun_voit_la_carte_de_sa_maison_seulement(self, convention: None, distribution: Distribution) -> None:
        for nom in ("soignante", "opj", "gendarme", "cadre"):
            distribution.utilisateur(nom)
        equipe(distribution, 5, "CHV-CHIR")
        assert distribution.client("soignante").get(reverse("fiches:lectures")).status_code == 403
        cadre = carte(distribution.acteur("cadre"), en_vigueur())
        assert {rang.nom for rang in cadre.services} == {distribution.service("CHV-URG").nom}
        assert cadre.institutions == []
        opj = carte(distribution.acteur("opj"), en_vigueur())
        assert opj.institutions == []
        assert all("Urgences" not in rang.nom for rang in opj.services)
        referente = carte(distribution.acteur("referente"), en_vigueur())
        assert referente.institutions
        assert {rang.nom for rang in referente.services} >= {distribution.service("CHV-CHIR").nom}

    def test_la_carte_coute_autant_pour_une_personne_que_pour_cent(
        self, convention: None, distribution: Distribution
    ) -> None:
        acteur = distribution.acteur("referente")

        def compter() -> int:
            with CaptureQueriesContext(connection) as requetes:
                carte(acteur, en_vigueur())
            return len(requetes)

        equipe(distribution, 1)
        une = compter()
        equipe(distribution, 100, "CHV-CHIR")
        assert compter() == une <= 3
