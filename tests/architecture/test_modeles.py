"""What every table must say of itself: paired dates and authors, classed fields, no door for a superuser."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts.models import User
from dossiers.classes import RECOIT, Classe
from dossiers.models import Lettre, Personne
from tests.architecture.depot import modeles

# Dates that nobody authors: the clock, a plan, or the whole row names its author otherwise.
SANS_AUTEUR = {
    "requisitions.Incident.echeance_le": "the deadline that was missed",
    "requisitions.Incident.inscrit_le": "the clock",
    "documents.Envoi.cree_le": "a large file on its way in: its owner is `titulaire`",
    "documents.Envoi.vu_le": "when the last chunk came",
    "accounts.User.cree_le": "the account manager’s act is in the journal",
    "accueil.PackSecours.produit_le": "the clock",
    "convention.Contact.verifie_le": "a date that the directory states",
    "convention.Convention.publiee_le": "a fact of the paper convention",
    "convention.Convention.signee_le": "the signatories are rows",
    "convention.Delegation.debut_le": "the mandate it comes from names who delegates",
    "convention.Delegation.fin_le": "the act is in the journal",
    "convention.DemandeDouble.consommee_le": "the act that used the approval is in the journal",
    "convention.DemandeDouble.expire_le": "the clock",
    "convention.Denonciation.effet_le": "computed from the notice",
    "convention.Habilitation.debut_le": "a plan; the act is in the journal",
    "convention.Habilitation.fin_le": "a plan; the act is in the journal",
    "convention.Mandat.debut_le": "a date of the office; the act is in the journal",
    "convention.Mandat.fin_le": "same",
    "convention.Partie.entree_le": "the version that admitted it",
    "convention.Resiliation.effet_le": "computed from the notice",
    "convention.PriseDeFonction.debut_le": "a date of the office",
    "convention.SuiviCompte.averti_le": "the clock",
    "convention.Rattachement.debut_le": "a plan; the act is in the journal",
    "convention.Rattachement.fin_le": "a plan; the act is in the journal",
    "convention.Signataire.signe_le": "the row is the signatory",
    "convention.VersionConvention.creee_le": "field `redigee_par`",
    "convention.VersionConvention.effet_le": "the last signature, or the planned day",
    "convention.VersionConvention.fin_le": "the next version’s date",
    "documents.Document.produit_le": "produced by the act that the journal names",
    "documents.Document.statut_le": "same",
    "documents.Fichier.cree_le": "the Piece names who deposited it",
    "dossiers.BrisDeGlace.expire_le": "the clock",
    "dossiers.BrisDeGlace.ouvert_le": "field `utilisateur`",
    "dossiers.Brouillon.cree_le": "the owner",
    "dossiers.Brouillon.expire_le": "the clock",
    "dossiers.Brouillon.modifie_le": "the owner",
    "dossiers.Dossier.echeance_le": "copied from the deadline rows",
    "dossiers.Echeance.debut_le": "computed",
    "dossiers.Echeance.echeance_le": "computed",
    "dossiers.Echeance.suspendue_le": "the event names who asked",
    "dossiers.Echeance.tenue_le": "the event names who did",
    "dossiers.Lien.cree_le": "the event names who linked",
    "dossiers.Message.envoye_le": "field `auteur`",
    "dossiers.Participation.fin_le": "the event names who ended it",
    "dossiers.ParticipationPersonnelle.fin_le": "the event names who ended it",
    "fiches.AccuseLecture.verifie_le": "field `lu_par`",
    "fiches.EbaucheArbre.gardee_le": "field `auteur`",
    "dossiers.ReprisePapier.rempli_le": "what the paper states; its author enters it",
    "fiches.Redaction.gardee_le": "field `auteur`",
    "fiches.VersionFiche.creee_le": "field `redigee_par`",
    "fiches.VersionFiche.effet_le": "a plan",
    "fiches.VersionFiche.fin_le": "the next version’s date",
    "fiches.VersionFiche.verifie_le": "a date that the text states",
    "fiches.Visa.tombe_le": "the new text makes it lapse",
    "notifications.Avis.cree_le": "the worker",
    "notifications.Avis.lu_le": "its addressee",
    "notifications.Envoi.fait_le": "the worker",
    "notifications.Envoi.relaye_le": "the relay",
}
SANS_DATE = {
    "convention.VersionConvention.redigee_par": "dated by `creee_le`",
    "fiches.VersionFiche.redigee_par": "dated by `creee_le`",
}


def marques(suffixe: str) -> set[str]:
    """Fields that date or sign an act; a classed field of a letter is what its author told, not an act here."""
    return {
        f"{modele._meta.label}.{champ.name}"
        for modele in modeles()
        for champ in modele._meta.concrete_fields
        if champ.name.endswith(suffixe) and champ.name not in getattr(modele, "CLASSES", {})
    }


def test_une_date_d_acte_va_avec_son_auteur() -> None:
    auteurs = marques("_par")
    seules = {date for date in marques("_le") if f"{date[:-3]}_par" not in auteurs and not date.endswith(".le")}
    # Letters freeze by the transition that the envelope marks.
    figees = {date for date in seules if date.endswith(".fige_le")}
    assert seules - figees - set(SANS_AUTEUR) == set()


def test_un_auteur_d_acte_va_avec_sa_date() -> None:
    dates = marques("_le")
    assert {par for par in marques("_par") if f"{par[:-4]}_le" not in dates} - set(SANS_DATE) == set()


def lettres() -> list[type[models.Model]]:
    return [modele for modele in modeles() if issubclass(modele, Lettre)]


def test_chaque_champ_d_une_lettre_et_d_une_identite_est_classe() -> None:
    communs = {champ.name for champ in Lettre._meta.get_fields()} | {"id", "cle", "dossier"}
    fautes = []
    for modele in [*lettres(), Personne]:
        champs = {champ.name for champ in (*modele._meta.concrete_fields, *modele._meta.local_many_to_many)} - communs
        classes = getattr(modele, "CLASSES", {})
        fautes += [f"{modele._meta.label}.{champ} sans classe" for champ in sorted(champs - set(classes))]
        fautes += [f"{modele._meta.label}.{champ} n’existe pas" for champ in sorted(set(classes) - champs)]
        fautes += [f"{modele._meta.label}.{champ} : {c}" for champ, c in classes.items() if c not in Classe]
    assert fautes == []


def test_chaque_lettre_a_son_gel_et_son_controle() -> None:
    for lettre in lettres():
        assert lettre._meta.pk is not None
        assert lettre._meta.pk.name == "dossier"
        assert any(contrainte.name.endswith("_fige_apparie") for contrainte in lettre._meta.constraints), lettre
        assert any(declencheur.name == "fige" for declencheur in lettre._meta.triggers), lettre


def test_chaque_role_a_sa_ligne_dans_la_table_des_classes() -> None:
    from accounts.roles import Role

    assert set(RECOIT) == set(Role)
    assert all(Classe.MEDICAL not in RECOIT[role] or Classe.JUDICIAIRE not in RECOIT[role] for role in Role)


def test_aucun_site_d_administration() -> None:
    installees = set(settings.INSTALLED_APPS)
    assert installees.isdisjoint({"django.contrib.admin", "guardian.admin"})
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.django_db
def test_aucun_superutilisateur_n_est_possible() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(courriel="tout@demo.test", prenom="A", nom="B", is_superuser=True)
    assert not hasattr(User.objects, "create_superuser")


@pytest.mark.django_db
def test_les_tables_generiques_de_guardian_restent_vides(distribution: object) -> None:
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()


@pytest.mark.django_db
def test_le_role_du_web_ne_possede_rien() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM pg_class WHERE relowner = 'app_web'::regrole")
        assert curseur.fetchone() == (0,)
        curseur.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'app_web'"
        )
        assert curseur.fetchone() == (False, False, False, False)
