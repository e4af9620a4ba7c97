import type { Dictionary } from "./en.ts";

export const models: Dictionary["models"] = {
  first: "Premier contact",
  last: "Dernier contact",
  "last-non-direct": "Dernier non direct",
  linear: "Linéaire",
  "time-decay": "Dépréciation temporelle",
  "position-based": "Par position",
  "w-shaped": "En W",
  "first-paid": "Premier payant",
  "last-paid": "Dernier payant",
  "last-click": "Dernier clic",
  markov: "Markov",
  shapley: "Shapley",
  "shapley-ordered": "Shapley ordonné",
  logistic: "Régression logistique",
  incremental: "Incrémental",
};

export const modelWhy: Dictionary["modelWhy"] = {
  first: "Tout le crédit va au contact qui a ouvert le parcours. Favorise ce qui fait découvrir la marque.",
  last: "Tout le crédit va au contact juste avant la conversion. Favorise ce qui conclut : search de marque, retargeting, e-mail.",
  "last-non-direct":
    "Le dernier contact, visites directes mises de côté dès qu’il y a autre chose : ce que les outils d’analyse web affichent par habitude.",
  linear: "Chaque contact du parcours reçoit la même part.",
  "time-decay":
    "Plus un contact est proche de la conversion, plus il reçoit : sa part est divisée par deux à chaque semaine d’écart.",
  "position-based":
    "40 % au premier contact, 40 % au dernier, le reste réparti à parts égales entre les contacts intermédiaires.",
  "w-shaped": "30 % au premier contact, à celui du milieu et au dernier, le reste réparti entre les autres.",
  "first-paid": "Tout le crédit va au premier contact d’un canal sur lequel de l’argent est dépensé.",
  "last-paid": "Tout le crédit va au dernier contact d’un canal sur lequel de l’argent est dépensé.",
  "last-click":
    "Tout le crédit va au dernier contact où la personne a agi ; ce qui a seulement été vu ne compte que s’il n’y a rien d’autre.",
  markov:
    "Les parcours sont lus comme une suite de passages d’un contact à l’autre. Un canal reçoit un crédit proportionnel à la part des conversions qui seraient perdues si tous les parcours s’arrêtaient à lui. Ce qui serait venu de toute façon est crédité tout autant.",
  shapley:
    "Chaque canal reçoit ce qu’il ajoute en moyenne à tous les ensembles d’autres canaux : combien plus souvent convertissent les parcours qui le touchent aussi. Les canaux qui rencontrent des gens sur le point d’acheter y paraissent forts.",
  "shapley-ordered":
    "Dans chaque parcours, les canaux se partagent le crédit à parts égales, quel que soit leur nombre de contacts, et un canal répartit sa part entre ses contacts.",
  logistic:
    "Une régression dit quels canaux vont de pair avec la conversion, en moyenne sur de nombreuses parties des parcours tirées au hasard. Une corrélation, pas une cause.",
  incremental:
    "Estime ce que chaque canal a provoqué : l’excédent de conversions après un contact par rapport à ce que les mêmes personnes font de toute façon ; le reste est le socle. Il peut encore se tromper quand les contacts suivent une intention qui monte d’elle-même : il donne donc des intervalles et dit quoi tester. C’est sur lui que reposent les plans.",
};

export const modelGroups: Dictionary["modelGroups"] = {
  incremental: "Ce que le marketing a provoqué",
  "data-driven": "Crédit d’après les données",
  rules: "Règles",
};
