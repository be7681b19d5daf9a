"""SEC-35, 36: a form takes the fields that it declares and no other; a name sent twice changes nothing to the rights."""

import hashlib
import importlib
from typing import Any

from django import forms
from django.apps import apps
from django.db import connection
from django.db.models import Model

from presentation.formulaires import CHAMP_INCONNU, Formulaire
from tests.architecture.depot import APPS, RACINE, modeles, modules
from tests.durcissement.monde import Monde, sans_effet
from tests.rapport import consigner

SENTINELLE = "7"
# What an attacker tries first.
VOISINS = (
    *(
        "institution",
        "institution_id",
        "service",
        "service_id",
        "proprietaire_id",
        "cree_par",
        "cree_par_id",
        "acteur",
        "user",
        "user_id",
    ),
    *(
        "role",
        "roles",
        "is_superuser",
        "is_staff",
        "is_active",
        "groups",
        "permissions",
        "etat",
        "phase",
        "statut",
        "fige_le",
        "empreinte",
    ),
    *(
        "transmis_le",
        "transmis_par",
        "reference",
        "dossier",
        "dossier_id",
        "id",
        "pk",
        "urgence_vitale",
        "sealed",
        "version_fiche",
        "fin_le",
    ),
)
# Tables of passage, which any visit may touch.
DE_PASSAGE = {"django_session", "notifications_envoi"}


def champs_des_modeles() -> list[str]:
    """Every column of every model, as its name, its key and with the marks that frameworks have used."""
    noms = {champ.attname for modele in modeles() for champ in modele._meta.concrete_fields}
    noms |= {champ.name for modele in modeles() for champ in modele._meta.concrete_fields}
    return sorted({forme for nom in noms for forme in (nom, f"_{nom}", f"{nom}_id", f"{nom}[]", f"form-0-{nom}")})


def empreinte() -> str:
    """Of every row of every business table."""
    somme = hashlib.sha256()
    with connection.cursor() as curseur:
        for modele in sorted(apps.get_models(), key=lambda modele: modele._meta.db_table):
            table = modele._meta.db_table
            if table in DE_PASSAGE or table.startswith("journal_"):
                continue
            curseur.execute(f"SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM \"{table}\" t")
            somme.update(f"{table}:{curseur.fetchone()[0]}".encode())
    return somme.hexdigest()


def test_aucun_champ_non_declare_ne_change_quoi_que_ce_soit(monde: Monde) -> None:
    inconnus = champs_des_modeles()
    essayes = envois = refuses = 0
    avant, fautes = empreinte(), []
    for rang, formulaire in enumerate(monde.formulaires()):
        declares = set(formulaire.champs)
        client = monde.clients[formulaire.role]
        etrangers = [nom for nom in inconnus if nom not in declares]
        debut = rang * 350 % len(etrangers)
        for lot_ in (etrangers[debut : debut + 350], VOISINS):
            lot = dict.fromkeys((nom for nom in lot_ if nom not in declares), SENTINELLE)
            with sans_effet(client):
                reponse = client.post(formulaire.action, formulaire.remplir(**lot))
                corps = reponse.content.decode(errors="ignore")
            essayes, envois = essayes + len(lot), envois + 1
            refuses += CHAMP_INCONNU in corps
            if reponse.status_code >= 500:
                fautes.append((formulaire.nom, reponse.status_code))
    assert fautes == []
    assert empreinte() == avant
    assert essayes >= 1000
    assert refuses >= 20
    consigner("sec-35", champs=essayes, envois=envois, refus=refuses, changements=0)


def test_un_champ_non_declare_empeche_l_enregistrement(monde: Monde) -> None:
    """The same sending, accepted alone, is refused with one more field, and what was typed is still there."""
    for role, action, donnees in envois_valides(monde):
        client = monde.clients[role]
        lignes = lignes_ecrites()
        with sans_effet(client):
            refusee = client.post(action, {**donnees, "institution_id": "1"})
            assert lignes_ecrites() == lignes, action
        assert refusee.status_code == 200
        page = refusee.content.decode()
        assert CHAMP_INCONNU in page
        assert str(next(iter(donnees.values()))) in page
        with sans_effet(client):
            assert client.post(action, donnees).status_code == 302, action
            assert lignes_ecrites() != lignes, action


def envois_valides(monde: Monde) -> list[tuple[str, str, dict[str, Any]]]:
    cle = monde.accuser_reception()
    requisition = monde.valeurs["requisitions"]["cle"]
    return [
        ("parquet", f"/parquet/{cle}/complement/", {"texte": "Précisez la date de naissance."}),
        ("opj", f"/requisitions/{requisition}/annulation/", {"motif": "Procédure jointe à une autre."}),
        ("referente", "/bilan/2026/commenter/", {"texte": "Une année de mise en route."}),
    ]


def lignes_ecrites() -> tuple[int, ...]:
    from bilans.models import Commentaire
    from dossiers.models import Evenement, Message

    tables: tuple[type[Model], ...] = (Evenement, Message, Commentaire)
    return tuple(modele._default_manager.count() for modele in tables)


def test_tout_formulaire_du_produit_porte_la_regle() -> None:
    """A form class that is not ours would let any field pass in silence."""
    for fichier in modules():
        if fichier.name in {"forms.py", "formulaires.py", "demande.py", "saisies.py"} or "forms" in fichier.parts:
            importlib.import_module(".".join(fichier.relative_to(RACINE).with_suffix("").parts))
    notres = {classe for classe in sous_classes(forms.BaseForm) if classe.__module__.split(".")[0] in APPS}
    notres -= {classe for classe in notres if classe.__module__ == "presentation.formulaires"}
    sans_regle = {
        f"{classe.__module__}.{classe.__qualname__}" for classe in notres if not issubclass(classe, Formulaire)
    }
    assert sans_regle <= SANS_REGLE
    assert len(notres) >= 25


def sous_classes(classe: type) -> set[type]:
    filles = set(classe.__subclasses__())
    return filles.union(*(sous_classes(fille) for fille in filles))


# Forms that save nothing of what they receive but the fields they name, each with its reason.
SANS_REGLE = {
    "accounts.forms.ConnexionForm",  # compares, saves nothing
    "accounts.forms.RepriseForm",  # compares, saves nothing
    "accounts.forms.CompteForm",  # two preferences of one's own, named in Meta.fields
}


def test_un_nom_envoye_deux_fois_ne_change_rien_aux_droits(monde: Monde) -> None:
    """Duplicate, array and query variants of each scalar: who may and who may not does not depend on them."""
    divergences, essais = [], 0
    for formulaire in monde.formulaires():
        for role in (formulaire.role, "securite"):
            client = monde.clients[role]
            donnees = formulaire.remplir()
            with sans_effet(client):
                attendu = client.post(formulaire.action, donnees).status_code
            doubles = {nom: [valeur, valeur] for nom, valeur in donnees.items()}
            crochets = {**donnees, **{f"{nom}[]": valeur for nom, valeur in donnees.items()}}
            suivant = f"{'&' if '?' in formulaire.action else '?'}geste=valider&acteur=1&cle=1&role=DPO"
            for variante, suite in ((doubles, ""), (crochets, ""), (donnees, suivant)):
                with sans_effet(client):
                    obtenu = client.post(formulaire.action + suite, variante).status_code
                essais += 1
                interdit = {403, 404}
                if (attendu in interdit) != (obtenu in interdit) or obtenu >= 500:
                    divergences.append((formulaire.nom, role, attendu, obtenu))
    assert divergences == []
    consigner("sec-36", essais=essais, divergences=0)
