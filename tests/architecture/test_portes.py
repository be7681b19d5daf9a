"""SEC-10: one door to the data. What writes in mass, reads by hand or opens a page is declared here, with its reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.depot import RACINE, arbre, est_vue, gabarits, modules, nom
from tests.rapport import consigner

# Never, anywhere: rights that go round the rows, SQL built by hand, HTML declared safe, protections switched off.
JAMAIS = {
    *(
        "get_objects_for_user",
        "get_objects_for_group",
        "assign_perm",
        "remove_perm",
        "bulk_assign_perm",
        "create_superuser",
    ),
    *("raw", "extra", "RawSQL", "eval", "exec", "__import__"),
}
# Writes that pass beside `save()`, hence beside history and controls: by file, with what makes each one right.
EN_MASSE = {
    "accounts/frein.py": "counters of failed sign-ins, no history of their own",
    "accounts/sessions.py": "which sessions are open: a fact, not an act",
    "accueil/demonstration/annuaire.py": "the demonstration seed",
    "accueil/demonstration/comptes.py": "the demonstration seed",
    "accueil/views.py": "notices marked as read by their own reader",
    "convention/documents.py": "documents of a convention whose text changed or ended",
    "convention/revue.py": "lines of a yearly review, born together",
    "documents/coffre.py": "state of a file after the antivirus answered",
    "documents/render.py": "a document replaced by the one just produced",
    "documents/rotation.py": "keys wrapped again under a new master key: values unchanged",
    "documents/travaux.py": "progress of one document made in the worker",
    "dossiers/conservation/bareme.py": "the table of retention, loaded as a whole",
    "dossiers/conservation/conserver.py": "the date of the next scan, when something inside has a new term",
    "dossiers/conservation/effacement.py": "the destruction itself, decided by two persons",
    "dossiers/conservation/examen.py": "due dates of retention",
    "dossiers/conservation/execution.py": "outcome of a destruction",
    "dossiers/conservation/verbes.py": "due dates after a change of the table",
    "dossiers/echeances.py": "deadlines kept or suspended, and their copy on the envelope",
    "dossiers/ouverture.py": "the counter of references, under lock",
    "dossiers/participations.py": "the only writer of the rows that are the rights",
    "dossiers/suivi.py": "unread marks of the other parties",
    "fiches/effets.py": "documents of the sheets of a convention that has ended",
    "fiches/workflow.py": "documents of a version that is no longer in force",
    "notifications/boite_envoi.py": "rows of the outbox",
    "prises_en_charge/conservation.py": "erasure decided by two persons",
    "prises_en_charge/workflow.py": "dates of the envelope",
    "requisitions/notifications.py": "unread marks of the other parties",
    "requisitions/table.py": "the decision table, loaded as a whole",
    "requisitions/workflow/refus.py": "the case becomes unread again for whoever must now sign or revise the refusal",
}
# Content that a view reaches from a case that was opened by the door, and by no query of its own.
NOMINATIFS = {
    *(
        "Dossier",
        "Personne",
        "Piece",
        "Message",
        "Brouillon",
        "Signalement",
        "Declaration",
        "Complement",
        "Suite",
        "Requisition",
        "Extraction",
    ),
    *(
        "Evenement",
        "Accord",
        "AccordMedecin",
        "ControleMention",
        "Element",
        "Remise",
        "Gel",
        "Tri",
        "Participation",
        "ParticipationPersonnelle",
    ),
}
LECTURES_DECLAREES = {
    ("requisitions/views/depot.py", "Brouillon"): "the draft of its own owner, by `proprietaire_id`",
    ("requisitions/views/depot.py", "Requisition"): "whether a deposit already happened, by the key of its own draft",
    ("requisitions/views/dossier.py", "Participation"): "who follows a case that was opened by the door",
    ("prises_en_charge/views.py", "Brouillon"): "the draft of its own owner, by `proprietaire_id`",
}
SANS_COMPTE = {
    "accounts/urls.py": "where one signs in, or proves a second factor",
    "accueil/urls.py": "help, law, health: no data",
    "convention/urls.py": "what may be public of a published convention",
    "documents/urls.py": "behind the QR code of a document: in force, replaced, withdrawn",
    "journal/urls.py": "the public head of a chain, which says nothing",
    "presentation/views.py": "does not exist outside debug",
}
SANS_JETON_CSRF = {"accounts/urls.py": "back-channel logout: a provider posts a token that it signed, no browser does"}
SQL_COMPOSES = {"documents/rotation.py": "names of our own tables and columns, read from the models"}
RENDUS_SURS = {
    "bilans/graphiques.py": "figures drawn by us from numbers",
    "fiches/prose.py": "Markdown cleaned by nh3",
    "presentation/templatetags/presentation.py": "our own icons and our escaped values",
}


def appels(fichier: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call, the last word of its name, and what it is called on."""
    for noeud in ast.walk(arbre(fichier)):
        if isinstance(noeud, ast.Call):
            if isinstance(noeud.func, ast.Attribute):
                yield noeud, noeud.func.attr, ast.unparse(noeud.func.value)
            elif isinstance(noeud.func, ast.Name):
                yield noeud, noeud.func.id, ""


def ecritures_en_masse(fichier: Path) -> Iterator[int]:
    for noeud, verbe, cible in appels(fichier):
        requete = re.search(r"\bobjects\b|_manager\b|filter\(|exclude\(|\.all\(\)|_set\b", cible)
        if verbe in {"bulk_create", "bulk_update", "_raw_delete"} or (verbe == "update" and requete):
            yield noeud.lineno


def test_ce_qui_contourne_les_regles_n_existe_nulle_part() -> None:
    fautes = [
        f"{nom(fichier)}:{noeud.lineno} {verbe}"
        for fichier in modules()
        for noeud, verbe, _ in appels(fichier)
        if verbe in JAMAIS
    ]
    fautes += [
        f"{nom(fichier)} {mot}"
        for fichier in modules()
        for mot in re.findall(r"noqa: S(?:308|703|608|307|301)\b", fichier.read_text(encoding="utf-8"))
        if nom(fichier) not in {*RENDUS_SURS, *SQL_COMPOSES}
    ]
    assert fautes == []
    consigner(
        "sec-10",
        fichiers=len(modules()),
        gabarits=len(gabarits()),
        violations=0,
        exceptions=len(EN_MASSE) + len(LECTURES_DECLAREES) + len(SANS_COMPTE) + len(RENDUS_SURS) + len(SQL_COMPOSES),
    )


def test_chaque_ecriture_en_masse_est_declaree_avec_sa_raison() -> None:
    trouvees = {nom(fichier) for fichier in modules() if any(True for _ in ecritures_en_masse(fichier))}
    assert trouvees - set(EN_MASSE) == set()
    assert all(EN_MASSE.values())


def test_aucune_vue_ne_lit_un_contenu_nominatif_par_sa_propre_requete() -> None:
    fautes = set()
    for fichier in filter(est_vue, modules()):
        for noeud in ast.walk(arbre(fichier)):
            if isinstance(noeud, ast.Attribute) and noeud.attr in {"objects", "_default_manager", "_base_manager"}:
                modele = ast.unparse(noeud.value)
                if modele in NOMINATIFS and (nom(fichier), modele) not in LECTURES_DECLAREES:
                    fautes |= {f"{nom(fichier)}:{noeud.lineno} {modele}"} if not porte(fichier, noeud.lineno) else set()
    assert fautes == set()


def porte(fichier: Path, ligne: int) -> bool:
    """Whether this line opens cases by the one door."""
    return ".objects.visibles_par(" in fichier.read_text(encoding="utf-8").splitlines()[ligne - 1]


def test_les_pages_sans_compte_et_les_rendus_surs_sont_declares() -> None:
    for mot, permis in (
        ("login_not_required", SANS_COMPTE),
        ("csrf_exempt", SANS_JETON_CSRF),
        ("mark_safe", RENDUS_SURS),
        ("format_html_join", RENDUS_SURS),
    ):
        auteurs = {
            nom(fichier)
            for fichier in modules()
            for noeud in ast.walk(arbre(fichier))
            if isinstance(noeud, ast.Name) and noeud.id == mot
        }
        assert auteurs - set(permis) == set(), mot


def test_aucune_instruction_sql_ne_se_compose_d_un_texte_recu() -> None:
    """`execute` takes a constant, or a text built from our own constants in a migration or a command."""
    fautes = []
    for fichier in modules():
        for noeud, verbe, cible in appels(fichier):
            if verbe == "execute" and re.search(r"curseur|cursor", cible) and noeud.args:
                texte = ast.unparse(noeud.args[0])
                if re.search(r"request|POST|GET\b|cleaned_data", texte):
                    fautes.append(f"{nom(fichier)}:{noeud.lineno}")
    assert fautes == []


def test_aucun_gabarit_ne_desactive_l_echappement_sans_raison() -> None:
    """The two exceptions are those of test_gabarits."""
    permis = {"templates/pdf/timbre.html", "templates/composants/galerie.html"}
    motif = re.compile(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off")
    assert {nom(g) for g in gabarits() if motif.search(g.read_text(encoding="utf-8"))} <= permis
    assert (RACINE / "templates").is_dir()
