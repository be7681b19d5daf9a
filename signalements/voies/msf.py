"""Female genital mutilation, feared or found: to the prosecutor, with a copy to the CRIP for a minor."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies.feuilles import RISQUES
from signalements.voies.modele import PARQUET_MINEURS, SOCLE, Alternative, CopieSi, Ecrit, Voie
from signalements.voies.vulnerable import VERS_ACCORD

STATUTS = (
    ("RISQUE_IMMINENT", "Un risque imminent\u00a0: un voyage, une date"),
    ("RISQUE", "Un risque, sans date connue"),
    ("CONSTAT", "Une mutilation constatée"),
)
TYPES = (("I", "Type I"), ("II", "Type II"), ("III", "Type III"), ("IV", "Type IV"), ("NSP", "Ne sait pas"))
RESSORTS = (("LIEU_FAITS", "Le lieu des faits"), ("DOMICILE", "Le domicile de la personne"))
PARENTS = (
    ("NON_RISQUE", "Non, cela créerait un risque"),
    ("OUI_PREVENTION", "Oui, en prévention"),
    ("SANS_OBJET", "Sans objet, la personne est majeure"),
)
PROPRES = (
    Propre(
        "titulaires",
        "personne",
        "Qui exerce l’autorité parentale, si elle est mineure",
        Genre.TEXTE,
        aide="Lien, adresse, téléphone. Dites qui est présent à l’hôpital.",
        classe=Classe.IDENTITE,
    ),
    Propre(
        "msf_statut",
        "danger",
        "Vous constatez ou vous craignez",
        Genre.CHOIX,
        STATUTS,
        erreur="Choisissez\u00a0: une mutilation constatée, un risque imminent, ou un risque.",
        dit="Constat ou crainte",
    ),
    Propre("type_oms", "danger", "Type constaté, selon l’OMS", Genre.CHOIX, TYPES),
    Propre(
        "date_depart_prevue",
        "danger",
        "Départ prévu le",
        Genre.LIGNE,
        aide="Le jour, même approché. Si vous l’ignorez, écrivez «\u00a0inconnu\u00a0».",
        requis_si=(
            "msf_statut",
            frozenset({"RISQUE_IMMINENT"}),
            "Indiquez quand le départ est prévu, ou écrivez «\u00a0inconnu\u00a0».",
        ),
        classe=Classe.SOCIAL,
    ),
    Propre("destination", "danger", "Pays ou lieu du voyage", Genre.LIGNE, classe=Classe.SOCIAL),
    Propre("mere_excisee", "danger", "Sa mère a été excisée", Genre.OUI_NON_NSP),
    Propre(
        "incapacite_se_proteger",
        "danger",
        "Majeure\u00a0: son état l’empêche-t-il de se protéger\u00a0?",
        Genre.OUI_NON_NSP,
        aide="Sinon, il faut son accord. Pour une mineure, ne répondez pas.",
        dit="Majeure hors d’état de se protéger",
    ),
    Propre(
        "motif_incapacite",
        "danger",
        "Les faits qui le montrent",
        Genre.TEXTE,
        requis_si=("incapacite_se_proteger", frozenset({"OUI"}), "Écrivez au moins un fait qui le montre."),
    ),
    Propre(
        "parents_informes",
        "accord",
        "Les parents sont-ils informés\u00a0?",
        Genre.CHOIX,
        PARENTS,
        aide="Risque imminent\u00a0: jamais avant le procureur.",
        erreur="Répondez\u00a0: les parents sont-ils informés\u00a0?",
        classe=Classe.SOCIAL,
        dit="Information des parents",
    ),
    Propre(
        "ressort_motif",
        "accord",
        "Le procureur est choisi selon",
        Genre.CHOIX,
        RESSORTS,
        aide="Il transmet à un autre parquet s’il n’est pas compétent.",
        erreur="Dites pourquoi ce procureur\u00a0: lieu des faits, ou domicile.",
        classe=Classe.SOCIAL,
    ),
    Propre("certificat_avant_depart", "abri", "Un certificat de non-excision est au dossier", Genre.OUI_NON_NSP),
    Propre(
        "controle_retour_le",
        "abri",
        "Contrôle au retour prévu le",
        Genre.JOUR,
        aide="Si elle voyage malgré tout.",
    ),
)
VOIE = Voie(
    code="MSF",
    libelle="Mutilation sexuelle féminine",
    icone="shield",
    resume="risque ou fait",
    fiche_code="enfant-en-danger",
    bases=("CP-226-14-1", "CP-222-9", "CP-222-10", "CASF-L226-4", "CP-223-6"),
    base_libelle="Code pénal, article 226-14, 1°",
    base_resume="Mineure, ou majeure hors d’état de se protéger\u00a0: sans accord. Copie à la CRIP pour une mineure.",
    caractere="DEVOIR_DEONTOLOGIQUE",
    urgence="IMMEDIATE",
    destinataires=PARQUET_MINEURS,
    destinataire_defaut="PARQUET-PERM",
    copies_si=(CopieSi("CRIP-59", range(18)),),
    blocs=frozenset({"enfants", "certificat"}),
    propres=PROPRES,
    pages={
        "personne": ("La personne", "Qui elle est, qui en répond, comment joindre un adulte sûr."),
        "danger": ("Risque ou constat", "Un voyage prévu rend le risque imminent. N’attendez pas le retour."),
        "accord": (
            "Information et ressort",
            "Risque imminent ou fait constaté\u00a0: les parents ne sont pas prévenus avant le procureur.",
        ),
        "abri": ("Protection", "Ce qui empêche un départ, ce qui sera contrôlé."),
    },
    libelles={
        "contact_sur": "Comment joindre un adulte sûr, sans danger pour elle",
        "propos_rapportes": "Ce qu’elle, ou un tiers, déclare",
    },
    professions=None,
    titre_enfants="Les sœurs",
    alternatives=(
        Alternative(
            "MINEUR_IP",
            "Un risque qui persiste, sans date ni urgence\u00a0? Il va à la CRIP. Ce que vous avez écrit est conservé.",
            "Continuer par une information préoccupante",
        ),
        VERS_ACCORD,
    ),
    controles=(*SOCLE, "C11", "C12", "C13", "C31", "C32", "C35", "C36", "C41", "C47", "C62"),
    ecrit=Ecrit(
        intitule="Signalement au procureur de la République",
        objet="Mutilation sexuelle féminine, constatée ou redoutée",
        attention="Madame ou Monsieur le procureur de la République",
        declaration="Je porte à votre connaissance les éléments suivants, recueillis dans l’exercice de ma profession.",
        attestation=(
            "Je transmets ce signalement en conscience, avec prudence et circonspection. J’écris ce que j’ai constaté "
            "et les paroles recueillies\u00a0; je n’affirme aucun auteur."
        ),
    ),
    feuilles=(RISQUES,),
    sorties=frozenset({"suivre_prevention"}),
    titre_document="Signalement au procureur de la République – mutilation sexuelle féminine",
    consequences=(
        "Informer le procureur sans accord\u00a0: appelez, puis écrivez.",
        "Mineure\u00a0: la copie à la CRIP part en même temps, et les parents ne sont pas prévenus avant.",
        "Ses sœurs sont peut-être en danger\u00a0: chacune a son dossier.",
    ),
    convient=(
        "Elle est mineure, ou majeure et hors d’état de se protéger.",
        "Vous constatez une mutilation, ou vous craignez qu’elle ait lieu bientôt.",
        "Une majeure qui peut décider\u00a0: il faut son accord, par une autre situation.",
    ),
    texte_article=(
        "Le texte vise expressément les mutilations sexuelles infligées à un mineur ou à une personne hors d’état de "
        "se protéger. Un fait commis à l’étranger est aussi punissable."
    ),
    contacts=("PARQUET-PERM", "CHV-UAPED", "CHV-GYN", "CHV-GARDE"),
    apres=(
        "Ne prévenez pas les parents avant la décision du procureur.",
        "Ne laissez aucune trace visible sur le portail du patient.",
        "Pensez à ses sœurs\u00a0: chacune a son dossier.",
        "Le procureur peut s’opposer à la sortie du territoire.",
    ),
)
