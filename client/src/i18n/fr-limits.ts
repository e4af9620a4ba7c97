import type { Dictionary } from "./en.ts";

/** Limits and notes of a plan as sentences, in French. */
export const limit: Dictionary["limit"] = {
  totalExactly: "Dépense totale égale à {{amount}} {{per}}",
  totalAtMost: "Dépense totale de {{amount}} au plus {{per}}",
  atLeast: "{{name}} : au moins {{amount}} {{per}}",
  atMost: "{{name}} : au plus {{amount}} {{per}}",
  roas: "{{name}} : un ROAS d’au moins {{roas}}",
  roasOverall: "Un ROAS global d’au moins {{roas}}",
  change: "Aucun canal ne varie de plus de {{share}}",
  changeOf: "{{name}} : variation de {{share}} au plus",
  trustedMin: "{{name}} : au moins {{amount}} {{per}}, sa courbe n’est plus fiable en dessous",
  trustedMax: "{{name}} : au plus {{amount}} {{per}}, sa courbe n’est plus fiable au-delà",
  minimumIfOn: "{{name}} : rien, ou au moins {{amount}} {{per}}",
  step: "{{name}} : par paliers de {{amount}}",
  capacity: "{{name}} : au plus {{figure}} {{per}}",
  contacts: "{{name}} : au plus {{figure}} messages {{per}}",
  weightedMin: "{{name}} : au moins {{figure}}",
  weightedMax: "{{name}} : au plus {{figure}}",
  cpa: "Au plus {{amount}} par conversion, globalement",
  cpaOf: "{{name}} : au plus {{amount}} par conversion",
  target: "Au moins {{amount}} {{per}}",
  repair: "{{limit}} : passer à {{to}}",
};

export const note: Dictionary["note"] = {
  unconvincing:
    "La meilleure répartition trouvée n’a que {{share}} de chances d’apporter un gain : celle d’aujourd’hui reste.",
  nothingToPlan: "Aucun canal n’a encore de courbe : rien ne peut être planifié, la répartition actuelle reste.",
  alreadyBest: "La répartition actuelle est déjà la meilleure dans ces limites.",
  extrapolated: "{{channels}} : plus que tout ce qui a été dépensé en un jour ; la courbe y est une supposition.",
  testFirst: "{{channels}} : trop incertain pour y déplacer de l’argent. Un test d’incrémentalité trancherait.",
  notProved: "Aucun plan n’a pu être prouvé optimal : la répartition actuelle reste. ({{detail}})",
};
