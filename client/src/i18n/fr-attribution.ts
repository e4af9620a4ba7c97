import type { Dictionary } from "./en.ts";

/** The words of the page of attribution, in French. */
export const attribution: Dictionary["attribution"] = {
  title: "Attribution",
  headlineGain: "Par rapport au dernier contact, {{model}} attribue {{gain}} de plus à {{channel}}.",
  headlineBoth:
    "Par rapport au dernier contact, {{model}} attribue {{gain}} de plus à {{winner}} et {{loss}} de moins à {{loser}}.",
  headlineSame: "{{model}} et le dernier contact sont d’accord sur tous les canaux.",
  headlineLast:
    "Le dernier contact attribue le plus à {{channel}} : {{revenue}}, soit {{share}} du chiffre d’affaires.",
  headlineNone: "Aucun canal n’a reçu de crédit sur ces jours.",
  headlineBase: "Sur {{booked}} comptabilisés, {{base}} seraient venus sans marketing. {{rest}}",
  notIncremental:
    "Les règles, Markov et Shapley répartissent entre les contacts ce qui a été comptabilisé : une vente qui aurait eu lieu de toute façon est créditée tout autant. Seul le modèle incrémental les écarte. Il estime à partir d’observations : lisez-le avec ses intervalles.",
  slopeTitle: "Crédit par modèle",
  slopeSentence:
    "Les modèles divergent surtout sur {{channel}} : de {{low}} ({{lowModel}}) à {{high}} ({{highModel}}).",
  slopeSentenceOne: "Tous les modèles sont d’accord.",
  slopeCaptionRevenue: "CA attribué à chaque canal selon chaque modèle, {{range}}.",
  slopeCaptionConversions: "Conversions attribuées à chaque canal selon chaque modèle, {{range}}.",
  slopeSome: "Cette largeur montre {{shown}} modèles sur {{all}} ; le tableau les contient tous.",
  tableTitle: "Canal par canal",
  tableSentence: "Dans chaque case : le crédit, sa part du total et l’écart en valeur avec le dernier contact.",
  measure: "Mesure",
  lookback:
    "Les règles et les modèles de parcours comptent les contacts jusqu’à {{days}} jours avant la conversion ; le modèle incrémental ajuste la durée d’action de chaque canal.",
  footerOk: "Chaque modèle totalise ce qui a été comptabilisé : {{revenue}} et {{conversions}} conversions.",
  footerOff:
    "{{models}} ne totalise pas ce qui a été comptabilisé ({{revenue}}, {{conversions}} conversions) : merci de le signaler.",
  whyTitle: "Ce que fait chaque modèle",
  noteTitle: "Notes du calcul",
  reference: "référence",
  claims: "Selon les plateformes",
  claimsNote:
    "Les plateformes comptent selon leurs propres fenêtres : leurs chiffres ne totalisent pas ce qui a été comptabilisé.",
  slopeGuide:
    "Barres à droite : intervalles à {{level}} ; une flèche continue hors du graphique. Hachuré : ce qui n’est attribué à aucun canal. Avec signe : l’écart en valeur avec le dernier contact.",
  noTouchRow: "Sans contact, socle",
  interval: "Intervalle à {{level}}",
  intervalWhy:
    "Les intervalles en valeur reprennent le panier moyen du canal. Ils contiennent ce que le modèle peut savoir de ces données, pas ce qu’il suppose.",
  range: "{{low}} à {{high}}",
  marks: "À savoir",
  flagsWhy: {
    owned: "Les gens viennent d’eux-mêmes : personne n’a acheté ces visites, il n’y a donc rien à créditer.",
    "demand-capture":
      "Presque tout ce qui suit ces contacts suit en quelques heures : des gens sur le point d’acheter cherchent la boutique. Pas de crédit tant qu’un test d’incrémentalité ne dit pas autre chose ; jusqu’à 30 % de ce qui suit peut lui revenir.",
    "not-identified":
      "Les données laissent presque tout ouvert, de l’effet nul à l’effet fort : à tester avant de déplacer de l’argent.",
    calibrated: "Un test d’incrémentalité a corrigé l’effet.",
    "series-fitted":
      "Son crédit vient des chiffres quotidiens, estimé avec les canaux visibles et pris sur la base. Regardez l’intervalle.",
    "low-coverage":
      "Seuls {{coverage}} de ce qui a été diffusé sont vus comme contacts : ne jugez pas le canal sur les contacts que l’on voit.",
  },
  lagTitle: "Effet selon le délai",
  lagOf: "Effet selon le délai de {{channel}}",
  lagHint: "Le nom d’un canal ouvre son effet selon le délai, avec les jours avant le contact grisés.",
  lagHalfLife: "La moitié de l’effet est passée après",
  lagBefore: "Dans les trois jours avant un contact, par rapport à l’habitude",
  lagMore: "Tous les canaux, et la confiance à accorder au modèle",
  lagWait:
    "Comptage des conversions autour de chaque contact ; la première fois après un import, cela prend un moment.",
  lagNone: "Aucun contact de {{channel}} sur ces jours : il n’y a rien à mesurer autour.",
  others: "Autres canaux",
  narrowed: "Canaux choisis par le filtre ; les autres sont regroupés, pour que chaque colonne reste juste.",
  testIt: "Le tester",
};
