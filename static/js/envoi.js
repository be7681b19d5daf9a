// One submission per form: the buttons rest after the first submit. Opt out with data-envoi="libre".
const REPOS = 8000;

function reveiller(formulaire) {
  delete formulaire.dataset.enCours;
  for (const bouton of formulaire.querySelectorAll("button[aria-disabled]")) bouton.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (evenement.defaultPrevented || formulaire.dataset.envoi === "libre" || formulaire.method !== "post") return;
  if (formulaire.dataset.enCours) {
    evenement.preventDefault();
    return;
  }
  formulaire.dataset.enCours = "oui";
  for (const bouton of formulaire.querySelectorAll('button[type="submit"]:not(:disabled)')) bouton.setAttribute("aria-disabled", "true");
  // A download leaves the page in place: give the button back.
  setTimeout(() => reveiller(formulaire), REPOS);
});

// Back button: the page comes from the cache as it was left.
addEventListener("pageshow", () => {
  for (const formulaire of document.querySelectorAll("form[data-en-cours]")) reveiller(formulaire);
});

document.querySelector("[data-resume-erreurs]")?.focus();
