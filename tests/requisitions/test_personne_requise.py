"""A blood test under the highway code: a nurse or an intern may be the one required (§1.1, rows 10 and 11)."""

import pytest
from django.urls import reverse

from requisitions import workflow as w
from requisitions.controles import controler as controler_faits
from requisitions.controles import r11
from requisitions.faits import faits_de
from requisitions.types_acte import type_acte
from tests.requisitions.test_medecin_requis import PRISE
from tests.requisitions.test_parcours import pdf, poster
from transitions.workflow import TransitionRefusee


@pytest.mark.parametrize(
    ("acte", "champs", "admise"),
    [
        ("PREL_ALC", {"cadre": "ROUTE", "statut_personne": "suspect"}, True),
        ("PREL_STUP", {"cadre": "ROUTE", "statut_personne": "suspect"}, True),
        ("EX_GAV", {"statut_personne": "gav"}, False),
        ("EX_VICT", {"statut_personne": "victime"}, False),
    ],
)
def test_l_infirmiere_n_est_requise_que_pour_une_prise_de_sang(acte, champs, admise, deposee, distribution):
    infirmiere = distribution.utilisateur("infirmiere")
    assert (infirmiere in w.medecins_possibles(deposee(acte, **champs))) is admise
    assert type_acte(acte).pas_que_des_medecins is admise


def test_l_interne_peut_etre_requis_pour_une_prise_de_sang_et_pas_pour_un_certificat(deposee, distribution):
    interne = distribution.utilisateur("infirmiere")
    interne.rattachements.update(profession="INTERNE")
    assert interne in w.medecins_possibles(deposee("PREL_ALC", cadre="ROUTE", statut_personne="suspect"))
    assert interne not in w.medecins_possibles(deposee("EX_GAV", statut_personne="gav"))


@pytest.fixture
def confiee(validee, distribution, juriste):
    return w.affecter(
        dossier=validee("PREL_ALC", cadre="ROUTE", statut_personne="suspect"),
        acteur=juriste,
        consigne="Prise de sang.",
        medecin=distribution.utilisateur("infirmiere"),
    )


def test_l_infirmiere_requise_remplit_et_signe_son_prelevement(confiee, distribution):
    infirmiere = distribution.client("infirmiere")
    poster(infirmiere, "volet", confiee, **PRISE, fichier=pdf("fiches.pdf"))
    confiee.refresh_from_db()
    assert confiee.etat == "EN_EXECUTION"
    html = infirmiere.get(reverse("requisitions:volet", args=[confiee.cle])).content.decode()
    assert "Personne d’autre n’est disponible" in html
    assert "autre médecin" not in html


def test_les_pages_disent_la_personne_requise(validee, distribution, juriste):
    client = distribution.client("juriste")
    dossier = validee("PREL_ALC", cadre="ROUTE", statut_personne="suspect")
    infirmiere = distribution.utilisateur("infirmiere")
    affectation = reverse("requisitions:affectation", args=[dossier.cle])
    html = client.get(affectation).content.decode()
    assert "Personne requise" in html
    assert "Médecin dont l’accord" not in html
    assert "Désignez la personne requise." in client.post(affectation, {"consigne": "Prise de sang."}).content.decode()
    client.post(affectation, {"consigne": "Prise de sang.", "medecin": infirmiere.pk})
    page = client.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Personne requise" in page
    assert "Désigner une autre personne" in page
    assert "Médecin désigné" not in page


def test_qui_soigne_la_personne_le_dit_et_une_autre_est_cherchee(confiee, distribution, juriste):
    infirmiere = distribution.acteur("infirmiere")
    reponses = {**PRISE, "lien": "traitant", "identite_verifiee": True}
    w.remplir_volet(dossier=confiee, acteur=infirmiere, reponses=reponses)
    (constat,) = controler_faits(faits_de(confiee, confiee.requisition), (r11,))
    assert not constat.bloque, "R-11 est une alerte pour un prélèvement"
    assert "La personne requise soigne" in constat.message
    assert "désignez-en une autre" in constat.message


def test_une_infirmiere_n_est_pas_designee_pour_un_examen(validee, distribution, juriste):
    dossier = validee("EX_GAV", statut_personne="gav")
    with pytest.raises(TransitionRefusee, match="ne peut pas être désignée"):
        w.affecter(
            dossier=dossier, acteur=juriste, consigne="Examinez.", medecin=distribution.utilisateur("infirmiere")
        )
