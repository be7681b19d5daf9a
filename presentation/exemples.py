"""Invented data of the gallery. Nobody here exists."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Objet

from django import forms

from presentation.formulaires import ChoixEncadres, DateNative, Formulaire, Question

ETATS_SIGNALEMENT = (
    ("Brouillon", "mute", "pencil"),
    ("À relire", "warn", "eye"),
    ("Transmis", "info", "send"),
    ("Reçu", "info", "inbox"),
    ("À l’examen", "justice", "eye"),
    ("Complément demandé", "warn", "chat"),
    ("Suite donnée", "ok", "scale"),
    ("Clos", "mute", "archive"),
    ("Non signalé, motivé", "mute", "hand"),
    ("Réorienté", "info", "right"),
    ("Échec d’envoi", "danger", "cross"),
)
ETATS_REQUISITION = (
    ("Reçue", "info", "inbox"),
    ("En contrôle", "warn", "half"),
    ("À régulariser", "warn", "chat"),
    ("Validée", "info", "check"),
    ("Affectée", "info", "user"),
    ("En cours", "info", "search"),
    ("Prête", "ok", "check"),
    ("Remise", "ok", "download"),
    ("Close", "mute", "archive"),
    ("Refusée, motivée", "danger", "hand"),
    ("Annulée", "mute", "cross"),
    ("Contestée", "danger", "flag"),
)


class FormulaireExemple(Formulaire):
    numero = forms.CharField(label="Numéro de procédure", help_text="Par exemple 2025/018834.", required=False)
    jour = forms.DateField(
        label="Date des faits", widget=DateNative, error_messages={"required": "Indiquez la date des faits."}
    )
    nature = forms.ChoiceField(label="Nature", choices=[("DOSSIER", "Copie d’un dossier médical"), ("VIDEO", "Images")])
    precisions = forms.CharField(
        label="Précisez", widget=forms.Textarea(attrs={"rows": 3}), help_text="Un lieu, une date, un document."
    )
    cadre = forms.ChoiceField(
        label="Cadre juridique",
        choices=[("FLAGRANCE", "Flagrance"), ("PRELIMINAIRE", "Enquête préliminaire"), ("CR", "Commission rogatoire")],
        widget=ChoixEncadres(aides={"FLAGRANCE": "Art. 60-1 du code de procédure pénale"}),
        error_messages={"required": "Choisissez le cadre juridique."},
    )
    sortir = Question(label="Il l’empêche de sortir")
    arme = Question(label="Il possède une arme ou peut s’en procurer une", error_messages={"required": "Répondez."})
    signes = forms.MultipleChoiceField(
        label="Signes constatés",
        choices=[("PEUR", "Elle dit avoir peur"), ("ISOLEE", "Elle est isolée de ses proches")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    piece = forms.FileField(label="Réquisition signée", help_text="PDF ou photo, 20 Mo par fichier.", required=False)
    conscience = forms.BooleanField(
        label="Je transmets ce signalement en conscience.",
        error_messages={"required": "Cochez la case pour transmettre."},
    )


def etats(lignes: tuple[tuple[str, str, str], ...]) -> list[Objet]:
    return [Objet(libelle=libelle, ton=ton, icone=icone) for libelle, ton, icone in lignes]


def echeances(maintenant: datetime) -> list[Objet]:
    """One deadline for each line of the table of design § 7."""
    debut = maintenant - timedelta(hours=2, minutes=10)

    def ligne(heures: float, suspendu: bool = False, tenu_le: datetime | None = None) -> Objet:
        return Objet(debut=debut, echeance=maintenant + timedelta(hours=heures), suspendu=suspendu, tenu_le=tenu_le)

    return [ligne(52), ligne(3.34), ligne(0.52), ligne(-1.17), ligne(6, suspendu=True), ligne(6, tenu_le=maintenant)]


def evenements(maintenant: datetime) -> list[Objet]:
    quand = [maintenant + timedelta(hours=h) for h in (3, -1, -26)]
    return [
        Objet(titre="Échéance demandée", quand=quand[0], futur=True, ton="warn"),
        Objet(
            titre="Rappel du service",
            texte="au numéro de l’annuaire.",
            quand=quand[1],
            par="Julien Vasseur",
            ton="info",
            icone="phone",
            citation="La garde à vue a débuté hier à 16\u00a0h.",
        ),
        Objet(titre="Réquisition déposée", quand=quand[2], par="Inès Carpentier", ton="info", icone="inbox"),
    ]


ETAPES = [
    Objet(libelle="Personne concernée", etat="fait", url="#", precision="Femme, 39 ans"),
    Objet(libelle="Faits constatés", etat="fait", url="#", precision="Lésions, paroles rapportées"),
    Objet(libelle="Danger et emprise", etat="en_cours", url="#"),
    Objet(libelle="Accord et information", etat="a_faire", url="#"),
    Objet(libelle="Vérifier et transmettre", etat="a_faire"),
]
LIGNES = [
    Objet(libelle="Âge", valeur="39 ans, majeure", url="#"),
    Objet(
        libelle="Joindre sans risque", valeur="Par sa sœur, après 18\u00a0h.\nNe pas appeler son téléphone.", url="#"
    ),
]
PARTIES = [
    Objet(
        role="Requérante",
        nom="Brigadière-cheffe Inès Carpentier",
        famille="securite",
        service="Police nationale, protection de la famille",
        telephone="0353014072",
        precision="Rappelez toujours le numéro de l’annuaire, jamais celui de la demande.",
    ),
    Objet(
        role="Magistrat",
        nom="Permanence du parquet",
        famille="justice",
        service="Parquet de Valenciennes",
        telephone="0353014010",
    ),
]
CONTACTS = [
    Objet(
        libelle="Parquet", famille="justice", telephone="0353014010", precision="Substitut de permanence, 24\u00a0h/24"
    ),
    Objet(libelle="Direction de garde", famille="sante", telephone="0353014000"),
    Objet(libelle="Sous-préfecture", famille="etat", telephone=""),
]
TUILES = [
    Objet(libelle="Violences dans le couple", texte="Signalement, certificat, mise à l’abri", icone="heart", url="#"),
    Objet(libelle="Enfant en danger", texte="UAPED, information préoccupante, procureur", icone="child", url="#"),
]
ONGLETS = [
    Objet(libelle="Tous, 7 jours", url="#", actif=True, compte=7),
    Objet(libelle="À traiter", url="#", compte=4, ton="danger"),
    Objet(libelle="Classés", url="#"),
]
CONTROLES = [
    Objet(
        libelle="Document signé", precision="Signature et cachet présents.", ton="ok", icone="check", etat="Conforme"
    ),
    Objet(
        libelle="Accord du médecin responsable",
        precision="Demandé à 9\u00a0h\u00a005, sans réponse.",
        ton="warn",
        icone="circle",
        url="#",
        action="Relancer",
    ),
]
PIECES = [
    Objet(libelle="Réquisition signée", precision="PDF, 1,2 Mo · empreinte 9f3c…a117", url="#"),
    Objet(
        libelle="Certificat descriptif",
        precision="PDF, 180 Ko · réservé au médecin",
        reserve=True,
        etat=Objet(libelle="À valider", ton="warn", icone="circle"),
    ),
]
COLONNES = [Objet(libelle="Situation"), Objet(libelle="Reçu"), Objet(libelle="Première suite", tri="ascending")]
MOTIFS = [("RAPPROCHEMENT", "Rapprochement avec le fichier des patients"), ("REPONSE", "Préparation de la réponse")]
VERDICTS = {"oui": Objet(permis=True, raison=""), "non": Objet(permis=False, raison="L’accord du médecin manque.")}
