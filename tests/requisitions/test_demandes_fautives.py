"""Bad requisitions, as they come: each has its coded, worded answer, its copy to the parquet, and leaks nothing (§15)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Participation
from requisitions import workflow as w
from requisitions.instructions import declarer
from requisitions.models import Requisition

# The deposit, which page answers, the code of the answer, and words of the letter.
FAUTIVES = {
    "sans autorisation": (
        {"type_acte": "VIDEO", "cadre": "PRELIM", "par": "gendarme"},
        "complement",
        ["M3"],
        "Il manque l’autorisation du procureur.",
    ),
    "instruction expirée": (
        {
            "type_acte": "VIDEO", "cadre": "PRELIM", "par": "gendarme", "autorisation_mode": "instruction",
            "instruction_reference": "IG-VIEILLE", "instruction_couvre": True, "procureur_informe": True,
        },
        "complement",
        ["M3"],
        "n’est pas en cours à cette date",
    ),
    "âge osseux par un officier seul": (
        {"type_acte": "AGE", "cadre": "FLAG", "statut_personne": "suspect", "mission": "Dire l’âge de la personne."},
        "refus",
        "incompetence",
        "Il manque la décision de l’autorité judiciaire.",
    ),
    "examen pubertaire": (
        {"type_acte": "AGE", "cadre": "FLAG", "mission": "Examen du développement pubertaire."},
        "refus",
        "pubertaire",
        "La loi interdit l’examen pubertaire.",
    ),
    "expertise par le médecin d’un détenu": (
        {
            "type_acte": "EX_SUSP", "cadre": "FLAG", "statut_personne": "detenue",
            "mission": "Le médecin de l’unité sanitaire expertisera la personne.",
        },
        "refus",
        "expertise_detenu",
        "n’est pas l’expert de la personne détenue",
    ),
    "qualité forgée": (
        {"type_acte": "RH", "cadre": "FLAG", "autorite_qualite": "SUBSTITUT"},
        "refus",
        "incompetence",
        "La qualité judiciaire annoncée n’est pas celle du compte.",
    ),
}  # fmt: skip


@pytest.fixture
def fautive(request, deposee, distribution, juriste):
    champs, page, code, mots = FAUTIVES[request.param]
    champs = dict(champs)
    acte, qualite = champs.pop("type_acte"), champs.pop("autorite_qualite", "")
    par = distribution.acteur(champs.pop("par", "opj"))
    if "instruction_reference" in champs:
        jour = timezone.localdate()
        declarer(
            acteur=distribution.acteur("parquet"), reference="IG-VIEILLE", objet="Images", infractions="Délits",
            types_acte=["VIDEO"], qualites=["APJ"], debut=jour - timedelta(days=100), fin=jour - timedelta(days=1),
        )  # fmt: skip
        champs["instruction_du"] = jour - timedelta(days=100)
    dossier = deposee(acte, par=par, qualification="CANARI-PENAL", date_faits=date(2026, 1, 5), **champs)
    if qualite:
        Requisition.objects.filter(pk=dossier.pk).update(autorite_qualite=qualite)
    return w.controler(dossier=dossier, acteur=juriste), page, code, mots


@pytest.mark.parametrize("fautive", FAUTIVES, indirect=True)
def test_chaque_demande_fautive_a_sa_reponse_et_sa_copie_au_parquet(fautive, distribution, ecrits):
    dossier, page, code, mots = fautive
    client, direction = distribution.client("juriste"), distribution.client("directrice")
    adresse = reverse(f"requisitions:{page}", args=[dossier.cle])
    propose = client.get(adresse).context["form"].initial
    assert code == propose.get("motif") or set(code) <= set(propose.get("points", ()))
    assert mots in propose["texte"]
    assert client.post(adresse, propose).status_code == 302
    if page == "refus":
        assert not dossier.pieces.filter(intitule="Refus motivé").exists(), "rien ne part avant le visa"
        visa = reverse("requisitions:visa", args=[dossier.cle])
        lue = direction.get(visa).context["visee"].initial
        assert direction.post(visa, {"geste": "viser", **lue}).status_code == 302
    gabarit = "refus" if page == "refus" else "regularisation"
    (lettre,) = ecrits[f"pdf/requisition_{gabarit}.html"]
    assert mots in lettre.replace("&#x27;", "’")
    for secret in ("Delcambre", "Lucie", "CANARI-PENAL"):
        assert secret not in lettre
    ecrit = dossier.pieces.get(intitule="Refus motivé" if page == "refus" else "Demande de régularisation")
    requerant = dossier.service_emetteur.code
    assert set(ecrit.remise_a.values_list("code", flat=True)) == {requerant, "PARQUET-PERM"}
    assert Participation.objects.get(content_object=dossier, group__name="PARQUET-PERM").role == "copie"
    for qui in ("gendarme" if requerant == "GEND-COB1" else "opj", "parquet"):
        lu = distribution.client_eleve(qui).get(reverse("dossiers:piece", args=[ecrit.cle]))
        assert lu.status_code == 200
    assert not dossier.remises.exists()
