"""The groups of common fields that a voie asks or not, by the name of the group."""

BLOCS: dict[str, tuple[str, ...]] = {
    "couple": ("etat_grossesse", "types_violences", "lien_auteur"),
    "contexte": ("contexte", "agression_sexuelle"),
    "certificat": ("certificat", "lesions"),
    "danger": ("danger_immediat", "motif_danger"),
    "appreciation": ("emprise", "motif_emprise"),
    "represailles": ("crainte_represailles",),
    "information": (
        "accord_recherche",
        "information",
        "information_date",
        "information_par",
        "motif_non_information",
    ),
    "accord": ("accord", "accord_date", "accord_paroles"),
    "accord_ecrit": ("accord_ecrit", "accord_portee"),
    "abri_couple": ("hebergement", "auteur_present_hopital"),
    "plainte": ("plainte",),
}
BLOC_DU_CHAMP = {champ: bloc for bloc, champs in BLOCS.items() for champ in champs}
