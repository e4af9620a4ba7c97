/** Limits and notes of a plan as sentences, in English. */
export const limit = {
  totalExactly: "Total spend exactly {{amount}} {{per}}",
  totalAtMost: "Total spend at most {{amount}} {{per}}",
  atLeast: "{{name}} at least {{amount}} {{per}}",
  atMost: "{{name}} at most {{amount}} {{per}}",
  roas: "{{name}} with a ROAS of at least {{roas}}",
  roasOverall: "A ROAS of at least {{roas}} overall",
  change: "No channel moves by more than {{share}}",
  changeOf: "{{name}} moves by {{share}} at most",
  trustedMin: "{{name}} at least {{amount}} {{per}}: its curve is not trusted further down",
  trustedMax: "{{name}} at most {{amount}} {{per}}: its curve is not trusted further up",
  minimumIfOn: "{{name}} nothing, or at least {{amount}} {{per}}",
  step: "{{name}} in steps of {{amount}}",
  capacity: "{{name}}: at most {{figure}} {{per}}",
  contacts: "{{name}}: at most {{figure}} messages {{per}}",
  weightedMin: "{{name}} at least {{figure}}",
  weightedMax: "{{name}} at most {{figure}}",
  cpa: "At most {{amount}} a conversion overall",
  cpaOf: "{{name}}: at most {{amount}} a conversion",
  target: "At least {{amount}} {{per}}",
  repair: "{{limit}}: change this to {{to}}",
} as const;

export const note = {
  unconvincing: "The best split found gains with a probability of only {{share}}: today’s split stays.",
  nothingToPlan: "No channel has a curve yet, so nothing can be planned: today’s split stays.",
  alreadyBest: "Today’s split is already the best one within these limits.",
  extrapolated: "{{channels}}: more than was ever spent on a day; the curve is a guess there.",
  testFirst: "{{channels}}: too uncertain to move money on. A lift test would tell.",
  notProved: "No plan could be proved to be the best one: today’s split stays. ({{detail}})",
} as const;
