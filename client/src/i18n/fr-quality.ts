import type { Dictionary } from "./en.ts";

/** The words of the page of quality, in French. */
export const quality: Dictionary["quality"] = {
  title: "Qualité",
  tabs: "Attribution",
  tabCredit: "Crédit",
  tabQuality: "Jusqu’où s’y fier",
  headline:
    "Sur des visiteurs qu’aucun modèle n’a vus, {{model}} reconnaît le mieux les parcours qui convertissent : il classe bien {{auc}} des paires.",
  headlineNoSignal: "Aucun modèle ne reconnaît les parcours qui convertissent chez des visiteurs qu’il n’a pas vus.",
  headlineNone: "Il y a trop peu de parcours pour éprouver les modèles.",
  sub: "Prédire qui convertit n’est pas savoir pourquoi : l’un dit si un modèle a appris quelque chose, seuls des tests disent si son crédit est causal.",
  model: "Modèle",
  order: "{{model}}, ordre {{order}}",
  heldOutTitle: "Sur des visiteurs qu’aucun modèle n’a vus",
  heldOutSentence:
    "{{journeys}} parcours et {{conversions}} conversions ont été mis de côté ; les modèles ont appris sur {{training}} parcours d’autres visiteurs.",
  heldOutCaption:
    "Gain : log-vraisemblance d’un parcours par rapport à une même chance pour tous, en millièmes, avec son erreur type.",
  gain: "Gain par parcours, millièmes",
  auc: "AUC",
  logLikelihood: "Log-vraisemblance par parcours",
  oneChance: "Même chance pour tous",
  worse: "prédit moins bien qu’une même chance pour tous",
  incrementalNote: "prédire n’est pas son but : voir ses propres termes",
  refused: "{{model}} n’a pas de réponse : {{reason}}",
  unscored: "Les parcours ne peuvent pas être notés ici : {{reason}}",
  aucHint:
    "AUC : combien de fois un parcours qui convertit reçoit une chance plus élevée qu’un autre ; 50 % est le hasard. Si l’on ne savait rien, elle en serait à moins de {{error}}. Les règles et Shapley prédisent d’après les canaux touchés, Markov aussi d’après les derniers contacts : les crédits se comparent, les gains seulement à peu près. Le modèle incrémental ne donne rien aux visites propres ni aux recherches de marque, qui annoncent un achat et donc le prédisent le mieux.",
  warnings: {
    "no-signal":
      "Aucun de ces modèles n’a appris quoi que ce soit qui tienne chez d’autres visiteurs : ne déplacez pas d’argent sur cette base.",
    "few-held-out": "Moins de 50 conversions sont mises de côté : ces chiffres changent beaucoup à une près.",
    "no-timing":
      "Le moment des contacts n’ajoute rien à ce que sont les personnes : les effets ne se voient pas chez celles sur qui le modèle n’a pas été ajusté.",
  },
  ratesTitle: "Le modèle incrémental dans ses propres termes",
  ratesSentence:
    "Chez des personnes sur qui il n’a pas été ajusté, il attendait {{expected}} conversions ; il en est venu {{seen}}.",
  ratesNone:
    "Le modèle incrémental n’a pas pu être ajusté sur une partie des personnes : il y a trop peu de conversions.",
  ratesGain: "Log-vraisemblance d’une conversion par rapport à un même taux pour tous",
  ratesTiming: "Par rapport à ce que sont les personnes, sans le moment de leurs contacts",
  ratesAuc: "Son effet est plus grand lors d’une conversion qu’à un moment quelconque (la moitié : le hasard)",
  ratesHint:
    "Il prédit quand les personnes convertissent, non comment finit un parcours : ces chiffres ne se comparent pas à ceux du dessus. Le second est ce qu’ajoutent ses effets selon le délai. Il est ajusté sur tous les jours jusqu’à la fin de ceux affichés, ici sans les tests d’incrémentalité ni les marques d’intention.",
  calibrationTitle: "Prédit et observé",
  calibrationSentence:
    "Les chances de {{model}} tiennent dans {{holds}} groupes sur {{all}} ; le plus loin : {{foretold}} prédits, {{observed}} observés.",
  calibrationCaption:
    "Parcours mis de côté, par dixièmes de leur chance ; les barres sont les intervalles à 90 % de l’observé. Sur la ligne, ce qui était prédit est venu.",
  foretold: "Prédit",
  observed: "Observé",
  journeys: "Parcours",
  tenth: "Dixième",
  forecastTitle: "Les dernières semaines, prédites",
  forecastSentence:
    "{{expected}} conversions étaient prédites pour la dernière semaine ({{low}} à {{high}}) ; il en est venu {{seen}}.",
  forecastInside: "{{inside}} semaines sur {{weeks}} sont restées dans leur intervalle à {{level}}.",
  forecastBetter: "Regarder les contacts rapproche du réel, de {{gain}} conversions par semaine en moyenne.",
  forecastWorse: "Ne pas regarder les contacts était plus proche, de {{gain}} conversions par semaine en moyenne.",
  forecastNone: "Il faut six semaines de ventes, au moins 50, et des personnes touchées.",
  forecastCaption:
    "Chaque semaine est prédite d’après les données d’avant, ses propres contacts et le rythme des quatre semaines précédentes ; la bande est l’intervalle à {{level}} d’un jour.",
  week: "Semaine",
  came: "Venues",
  interval: "Intervalle à {{level}}",
  lowest: "Au moins ({{level}})",
  highest: "Au plus ({{level}})",
  range: "{{low}} à {{high}}",
  ofTouches: "Dues aux contacts",
  without: "Sans les contacts",
  lagsTitle: "Avant et après un contact",
  lagsSentence:
    "Par rapport à l’habituel, à des semaines de là : ce qui ne ressort qu’après un contact peut être son effet, ce qui ressort avant ne le peut pas.",
  lagsCaption:
    "Conversions d’un contact par jour, en multiple de celles à deux semaines à un mois de là, avec intervalles à 90 %. Grisé : avant le contact, où il ne peut pas être la cause. Ligne : l’effet ajusté au-dessus de l’habituel. Les contacts d’autres canaux qui l’accompagnent et l’intention des gens sont dans les points, pas dans la ligne.",
  lagsNone: "Trop peu de conversions entourent les contacts de {{channels}} pour les dessiner.",
  distance: "Délai",
  before: "{{near}} à {{far}} avant",
  after: "{{near}} à {{far}} après",
  pairs: "Contacts suivis ou précédés",
  ratio: "Fois l’habituel",
  fitted: "Ajusté",
  times: "{{ratio}} ×",
  hours: "{{count}} h",
  days: "{{count}} j",
  touch: "contact",
  panelPeak: "{{ratio}} fois l’habituel dans les deux premières heures, {{before}} dans le jour d’avant.",
  panelLabel: "{{channel}} : {{sentence}}",
  findingsTitle: "Ce qu’il faut savoir de chaque canal",
  findingsSentence: "{{channels}} canaux sur {{all}} portent une marque ; leur crédit se lit avec elle.",
  findingsHint:
    "Les contacts, et ce qui se passe autour d’eux, portent sur tous les jours jusqu’à la fin de ceux affichés ; ce qu’un canal a causé, sur les jours affichés.",
  findingsClean: "Aucun canal ne porte de marque.",
  touches: "Contacts",
  caused: "Causées",
  coverage: "Vu",
  marks: "Marques",
  noMark: "aucune",
  finding: {
    owned: "Visites propres",
    "demand-capture": "Captation de demande",
    "not-identified": "Non identifié",
    calibrated: "Calibré",
    "low-coverage": "Faible couverture",
    "series-fitted": "D’après les chiffres quotidiens",
    "follows-purchases": "Suit les achats",
    "stops-at-purchase": "S’arrête à l’achat",
  },
  why: {
    owned: "Les gens viennent d’eux-mêmes ; il n’y a rien à créditer.",
    "demand-capture":
      "{{share}} de ce qui suit un contact vient dans les 16 heures, et {{soon}} contacts sur 100 sont suivis d’un achat dans les 8 heures, là où la publicité dépasse rarement 4. On cherche cette marque parce qu’on va acheter : pas de crédit tant qu’un test ne dit pas le contraire.",
    "not-identified": "Les données laissent tout possible entre {{low}} et {{high}} conversions : proposez un test.",
    "not-identified-plain": "Les données ne disent pas ce qu’il cause : proposez un test.",
    calibrated: "Un test d’incrémentalité a déplacé son effet.",
    "low-coverage": "Seuls {{coverage}} de ce qui a été diffusé sont vus comme contacts : ne le jugez pas d’après eux.",
    "follows-purchases":
      "Dans les trois jours avant un contact, on convertit {{ratio}} fois l’habituel : ses contacts suivent les achats, ou ce qui y mène.",
    "stops-at-purchase":
      "Dans les trois jours avant un contact, on convertit {{ratio}} fois l’habituel : ses contacts s’arrêtent à l’achat, si bien que le temps d’avant dit trop peu de ceux qu’ils visent. Son effet peut être surestimé.",
  },
  disagreeTitle: "Où deux modèles divergent",
  disagreeSentence:
    "{{a}} et {{b}} attribuent {{moved}} de chiffre d’affaires à des destinataires différents, soit {{share}} de ce qui est enregistré.",
  disagreeMost: "L’écart le plus grand est sur {{channel}} : {{difference}}.",
  disagreeSame: "{{a}} et {{b}} donnent la même chose à chaque canal.",
  first: "Modèle",
  second: "Face à",
  difference: "Écart",
  noChannel: "Aucun canal",
  notes: "Notes de l’ajustement",
};
