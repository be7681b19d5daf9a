"""One signed act, several persons: each has a case, the unit writes only who the person is."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from dossiers.models import Brouillon, Dossier, Lien
from requisitions.workflow import preparer_pour_une_autre
from tests.distribution import Distribution
from tests.requisitions.conftest import octets_pdf
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.usefixtures("table")


def page(client: Any, adresse: str) -> str:
    return str(client.get(adresse).content.decode())


def valeurs(client: Any, adresse: str) -> dict[str, Any]:
    """What the deposit page would send as it stands."""
    form = client.get(adresse).context["form"]
    return {nom: form[nom].value() for nom in form.fields if form[nom].value() not in (None, "", False)}


def demander_pour(client: Any, dossier: Dossier, **personne: str) -> Dossier:
    adresse = client.post(reverse("requisitions:autre_personne", args=[dossier.cle])).headers["Location"]
    dite = {"statut_personne": "temoin", **personne}
    assert client.post(adresse, valeurs(client, adresse) | dite).status_code == 302
    return Dossier.objects.latest("pk")


def test_le_meme_acte_se_demande_pour_une_autre_personne_sans_rien_retaper(
    deposee: Any, distribution: Distribution
) -> None:
    premier = deposee("DOSSIER")
    client = distribution.client("opj")
    second = demander_pour(client, premier, nom="Lefebvre", naissance="1988-02-02")
    avant, apres = premier.requisition, second.requisition
    assert second.reference != premier.reference
    for nom in ("cadre", "type_acte", "num_procedure", "mission", "qualification", "ligne_decision_id"):
        assert getattr(apres, nom) == getattr(avant, nom), nom
    assert second.personnes.get().nom == "Lefebvre"
    assert second.echeances.filter(nom="reponse").exists()


def test_l_acte_signe_suit_dans_un_fichier_qui_lui_appartient(deposee: Any, distribution: Distribution) -> None:
    client = distribution.client("opj")
    premier = deposee("DOSSIER")
    second = demander_pour(client, premier, nom="Lefebvre", naissance="1988-02-02")
    pieces = [dossier.pieces.filter(intitule="Réquisition signée").first() for dossier in (premier, second)]
    assert all(pieces)
    assert pieces[0].fichier_id != pieces[1].fichier_id
    assert pieces[0].fichier.empreinte_deposee == pieces[1].fichier.empreinte_deposee


def test_les_dossiers_d_un_meme_acte_se_nomment_entre_eux(deposee: Any, distribution: Distribution) -> None:
    client = distribution.client("opj")
    premier = deposee("DOSSIER")
    second = demander_pour(client, premier, nom="Lefebvre", naissance="1988-02-02")
    troisieme = demander_pour(client, second, nom="Marlier", naissance="1990-03-03")
    assert set(Lien.objects.values_list("origine", "cible")) == {
        (premier.pk, second.pk),
        (premier.pk, troisieme.pk),
    }
    for nom in ("opj", "juriste"):
        lue = page(distribution.client(nom), reverse("requisitions:dossier", args=[second.cle]))
        assert str(premier.reference) in lue
        assert str(troisieme.reference) in lue


def test_la_personne_est_la_seule_chose_a_redire(deposee: Any, distribution: Distribution) -> None:
    client = distribution.client("opj")
    adresse = client.post(reverse("requisitions:autre_personne", args=[deposee("DOSSIER").cle])).headers["Location"]
    proposees = valeurs(client, adresse)
    assert not {"nom", "prenoms", "naissance", "statut_personne", "fin_mesure"} & set(proposees)
    refus = client.post(adresse, proposees)
    assert refus.status_code == 200
    assert set(refus.context["form"].errors) == {"nom", "naissance", "statut_personne"}


@pytest.mark.parametrize("nom", ["gendarme", "opj2"])
def test_seule_l_unite_qui_a_depose_le_demande(deposee: Any, distribution: Distribution, nom: str) -> None:
    dossier = deposee("DOSSIER")
    statut = distribution.client(nom).post(reverse("requisitions:autre_personne", args=[dossier.cle])).status_code
    assert statut == (302 if nom == "opj2" else 404)


def test_une_demande_sans_personne_ne_se_redouble_pas(deposee: Any, distribution: Distribution) -> None:
    dossier = deposee("VIDEO")
    with pytest.raises(TransitionRefusee, match="ne concerne pas une personne"):
        preparer_pour_une_autre(dossier=dossier, page="depot", saisie={}, acteur=distribution.acteur("opj"))


def test_le_fichier_d_un_autre_ne_se_prend_pas_en_le_nommant(distribution: Distribution) -> None:
    """A draft's file waits for its case: its number, sent by hand, gives it to nobody."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    cle, mienne = uuid.uuid4(), uuid.uuid4()
    acte = SimpleUploadedFile("acte.pdf", octets_pdf(), "application/pdf")
    distribution.client("opj").post(
        reverse("requisitions:depot", args=[cle]), {"geste": "garder", "mission": "À finir", "fichier": acte}
    )
    numero = Brouillon.objects.get(cle=cle).donnees["depot"]["fichier_pk"]
    client = distribution.client("gendarme")
    for adresse in ("requisitions:garder_depot", "requisitions:depot"):
        client.post(reverse(adresse, args=[mienne]), {"fichier_pk": numero, "geste": "garder", "mission": "x"})
        assert "fichier_pk" not in Brouillon.objects.get(cle=mienne).donnees["depot"]
    assert "Un fichier est déjà joint" not in page(client, reverse("requisitions:depot", args=[mienne]))
