import type { Dictionary } from "./en.ts";

export const guide: Dictionary["guide"] = {
  title: "Premiers pas",
  progress: "{{done}} étapes sur {{all}} sont faites.",
  done: "fait",
  open: "à faire",
  hide: "Masquer ces étapes",
  again: "Les étapes masquées se retrouvent par la recherche : tapez « premiers pas ».",
  step: {
    data: "Importez vos données",
    channels: "Vérifiez le nom des canaux",
    model: "Voyez ce que chaque canal a provoqué",
    plan: "Faites un premier plan",
    people: "Invitez votre équipe",
  },
  why: {
    data: "Points de contact, dépenses et ventes : CSV, lignes JSON ou Parquet, depuis n’importe quel export.",
    channels: "Des règles font des sources et supports des canaux. Regardez-les une fois : tout le reste en dépend.",
    model: "Les premiers modèles sont calculés à l’ouverture de la page, à côté de ce que les plateformes déclarent.",
    plan: "Déplacez le budget là où l’euro suivant rapporte le plus, dans vos limites, chaque mouvement expliqué.",
    people: "Les acheteurs planifient, la finance approuve, et tout le monde voit les mêmes chiffres.",
  },
  go: {
    data: "Importer un fichier",
    channels: "Voir les règles",
    model: "Ouvrir l’attribution",
    plan: "Ouvrir le planificateur",
    people: "Inviter des personnes",
  },
  part: { touchpoints: "Points de contact", spend: "Dépenses", conversions: "Conversions" },
  emptyTitle: "Rien n’a encore été importé",
  emptyText: "Trois fichiers suffisent pour une première réponse : où mon prochain euro rapporte-t-il le plus ?",
  demo: "Visitez d’abord",
  demoWhy: "Un an d’une boutique simulée, sur cette machine, dans son propre dossier. Dans un terminal :",
  terminal: "Ou importez depuis le terminal",
  terminalWhy: "Les mêmes fichiers, pour les gros volumes et la tâche hebdomadaire :",
  after: "Cette page se remplit dès que les premières lignes sont là.",
};
