import type { Dictionary } from "./en.ts";

/** The page of response curves, in French. */
export const curves: Dictionary["curves"] = {
  title: "Courbes de réponse",
  headlineBoth: "Le prochain {{unit}} quotidien rapporte {{bestValue}} sur {{best}}, {{worstValue}} sur {{worst}}.",
  headlineOne: "Le prochain {{unit}} quotidien rapporte {{bestValue}} sur {{best}}.",
  headlineNone: "Aucune courbe n’a encore pu être ajustée.",
  sub: "CA attribué ({{model}}) en fonction de la dépense quotidienne, {{range}}, corrigé de la saison. Bandes à 90 %.",
  next: "Le prochain {{unit}} par jour rapporte {{value}}.",
  todayIs: "Aujourd’hui {{spend}} par jour, {{revenue}} de CA attribué.",
  caption: "Grisé : au-delà de {{largest}} par jour, la plus forte dépense observée.",
  guide:
    "Comment lire : chaque point est un jour. La ligne est la courbe ajustée avec sa bande à 90 %, l’anneau marque aujourd’hui, le losange ce que propose le planificateur, la partie grisée dépasse la plus forte dépense observée. Dessous, ce que rapporte un {{unit}} de plus par jour ; le tireté marque le point où il se rembourse.",
  label: "{{channel}} : {{sentence}} La courbe explique {{r2}} de la variance quotidienne.",
  axisSpend: "Dépense par jour",
  axisMarginal: "Prochain {{unit}}",
  today: "aujourd’hui",
  recommended: "plan",
  fromNothing: "en partant de rien",
  recommendedIs: "Le plan propose {{spend}} par jour, {{change}}.",
  beyond: "jamais observé",
  breakEven: "se rembourse : 1,00",
  fit: "Explique {{r2}} de la variance quotidienne",
  sameAxes: "Mêmes axes",
  sameAxesWhy: "Tracer tous les canaux à la même échelle",
  without: "Canaux sans courbe",
  withoutSentence: "Le plan laisse leur dépense telle quelle.",
  reason: "Raison",
  low: "Bas",
  high: "Haut",
  marginal: "ROAS marginal",
  curve: "Courbe",
  flags: {
    extrapolated: "Au-delà de la plus forte dépense observée",
    "little-variation": "La dépense a peu varié : forme incertaine",
    "few-days": "Peu de jours de données",
    "nearly-linear": "Quasi linéaire : saturation pas encore visible",
    "follows-demand": "La dépense a suivi la demande",
    "wears-out": "Les contacts s’usent avec le volume",
    pulled: "Rendement mal connu : rapproché des autres canaux",
    "series-fitted": "D’après la série quotidienne, pas les contacts",
    "not-identified": "Non identifié : à tester",
  },
  flagsWhy: {
    extrapolated: "La dépense actuelle ou la fin de la courbe dépasse la plus forte dépense quotidienne des données.",
    "little-variation": "La dépense a été presque la même chaque jour : les données renseignent mal sur la saturation.",
    "few-days": "Moins de jours de dépense qu’il n’en faut pour se fier à la courbe.",
    "nearly-linear": "Dans la plage observée, chaque unité rapporte à peu près autant que la précédente.",
    "follows-demand":
      "La dépense montait quand les gens achetaient de toute façon : la courbe se distingue moins sûrement de la demande.",
    "wears-out": "Chaque contact de plus rapporte moins : les mêmes personnes voient davantage de la même chose.",
    pulled:
      "L’effet de ses contacts est si incertain que la courbe se place entre son propre crédit et ce que l’argent rapporte dans les autres canaux. Un test de lift le dirait.",
    "series-fitted": "Trop peu de contacts sont vus : la courbe vient de la dépense et des ventes par jour.",
    "not-identified": "Les données n’en disent guère plus que ce qui était supposé avant de les regarder.",
  },
  source: {
    touches: "Repose sur {{days}} jours et les contacts des personnes",
    series: "Repose sur {{days}} jours de dépense et de ventes",
    given: "Donnée par vous",
  },
  families: "Forme : {{list}}",
  family: { hill: "Hill", log: "logarithme", power: "puissance", exp: "exponentielle", logistic: "en S" },
  familyPart: "{{family}} {{share}}",
  familiesWhy:
    "Plusieurs formes décrivent aussi bien le passé et divergent au-delà : elles sont pondérées selon leur capacité à prévoir des jours qu’elles n’avaient pas vus.",
  delivery:
    "Un contact coûte {{now}} aujourd’hui, {{more}} au-delà, jusqu’à moitié plus de dépense ; il rapporte {{revenue}} en moyenne.",
};

/** Why a channel has none. */
export const missingCurve: Dictionary["missingCurve"] = {
  noDays:
    "Aucun jour de dépense n’est assez ancien pour que ses conversions soient arrivées ; il en faut au moins {{needed}} pour une courbe.",
  oneDay:
    "Un seul jour de dépense est assez ancien pour que ses conversions soient arrivées ; il en faut au moins {{needed}} pour une courbe.",
  fewDays:
    "Seuls {{days}} jours de dépense sont assez anciens pour que leurs conversions soient arrivées ; il en faut au moins {{needed}} pour une courbe.",
  noRevenue: "Les jours de dépense n’ont apporté aucun chiffre d’affaires.",
  demandCapture:
    "Captation de demande : presque tout ce qui suit ses contacts suit en quelques heures, le modèle ne lui donne donc pas de crédit. Un test d’incrémentalité dirait ce qu’il provoque.",
  lowCoverage:
    "Faible couverture : seuls les clics sont vus, une petite part de ce qui est diffusé ; son crédit dit peu de ce qu’il provoque. Un test d’incrémentalité le dirait.",
  falling: "Le chiffre d’affaires baisse quand la dépense monte : aucune courbe croissante ne convient.",
};
