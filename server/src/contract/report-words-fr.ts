import type { ReportWords } from "./report-words-en.ts";

/** The same in French, typed with plain spaces: those that do not break are set when the words are read. */
export const REPORT_WORDS_FR: ReportWords = {
  lines: {
    revenue: "Chiffre d’affaires attribué",
    "incremental-revenue": "Chiffre d’affaires incrémental",
    conversions: "Conversions",
    refunds: "Remboursements",
    spend: "Dépense",
    "closed-periods": "Chiffre d’affaires des mois clôturés",
    "closed-spend": "Dépense des mois clôturés",
  },
  items: {
    attributed: "Attribué aux canaux",
    unattributed: "Attribué à aucun canal",
    incremental: "Provoqué par les canaux",
    baseline: "Socle : provoqué par aucun canal",
    gross: "Avant remboursements",
    refunds: "Remboursements",
    report: "Dans ce rapport",
    frozen: "Figé à la clôture",
    late: "Arrivé après la clôture",
  },
  reconciled: {
    total: "Total du rapport",
    booked: "Dans les livres",
    difference: "Écart",
    adds: "Concorde",
    off: "Ne concorde pas",
  },
  kinds: { revenue: "Chiffre d’affaires", refund: "Remboursement", spend: "Dépense", conversions: "Conversions" },
  noAdjustments: "Rien n’est arrivé après la clôture d’un mois qui ait dû être compté ici.",
  allChannels: "tous les canaux",
  notes: {
    "period-not-over": "La période n’est pas terminée : ses chiffres vont jusqu’au {{until}}.",
    "recent-days":
      "Les conversions des jours à partir du {{from}} sont encore en cours d’attribution : un contact peut en apporter pendant {{days}} jours.",
    "no-incremental": "Il n’y a pas de chiffres incrémentaux : {{reason}}",
    "rows-without-interval": "{{rows}} lignes n’ont pas d’intervalle : le modèle n’en donne pas pour elles.",
    "campaigns-without-interval":
      "Les campagnes n’ont pas d’intervalle propre : le modèle estime l’effet de chaque canal et le répartit selon les contacts ; il ne peut pas dire à quel point cette répartition est incertaine.",
    "months-without-interval":
      "Les mois n’ont pas d’intervalle propre : le modèle estime un seul effet pour tous ses jours ; il ne peut pas dire à quel point cet effet change d’un mois à l’autre.",
    "channels-flagged": "{{flag}} : {{channels}}.",
    "closed-months":
      "Ces mois de la période sont clôturés : {{months}}. Ce qui est arrivé ensuite pour eux figure dans les régularisations.",
    warning: "{{text}}",
    "margin-share": "La marge est comptée à {{share}} du chiffre d’affaires là où les conversions n’en portent pas.",
    "payments-over-time": "Les paiements dans le temps sont actualisés à {{rate}} par an.",
  },
  flags: {
    owned: "Canaux propres, sans crédit incrémental",
    "demand-capture": "Canaux qui rencontrent une demande déjà présente",
    "not-identified": "Canaux dont les données ne permettent pas de dire l’effet ; un test le dirait",
    calibrated: "Canaux corrigés par un test d’incrémentalité",
    "low-coverage": "Canaux dont peu de contacts sont visibles",
    "series-fitted": "Canaux jugés d’après le cours des jours, et non d’après les contacts",
  },
};
