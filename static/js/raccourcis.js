// Keyboard: / search, j k next and previous row, Enter open, n next change, ? help. Silent inside a field.
const actifs = document.body.dataset.raccourcis !== "non";
const LIGNES = "tbody tr:has(a.rowlink), .list > li:has(a.rowlink)";
let choisie = null;

function dansUnChamp(cible) {
  return cible.isContentEditable || cible.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function aller(pas) {
  const lignes = [...document.querySelectorAll(LIGNES)];
  if (!lignes.length) return;
  const position = choisie ? lignes.indexOf(choisie) + pas : 0;
  choisie?.classList.remove("est-choisie");
  choisie = lignes[Math.min(Math.max(position, 0), lignes.length - 1)];
  choisie.classList.add("est-choisie");
  choisie.querySelector("a.rowlink").focus();
}

function changementSuivant() {
  const changements = [...document.querySelectorAll(".redline ins, .redline del")];
  const suivant = changements.find((element) => element.getBoundingClientRect().top > innerHeight / 3) ?? changements[0];
  suivant?.scrollIntoView({ block: "center" });
}

const GESTES = {
  "/": () => document.querySelector("[data-recherche]")?.focus(),
  j: () => aller(1),
  k: () => aller(-1),
  n: changementSuivant,
  "?": () => document.getElementById("raccourcis")?.showModal(),
};

// Enter is the browser’s own: the link of the chosen row has the focus.
if (actifs) {
  document.addEventListener("keydown", (evenement) => {
    if (evenement.ctrlKey || evenement.metaKey || evenement.altKey || dansUnChamp(evenement.target)) return;
    if (document.querySelector("dialog[open]") || !(evenement.key in GESTES)) return;
    evenement.preventDefault();
    GESTES[evenement.key]();
  });
}
