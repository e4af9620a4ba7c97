import type { ModelName } from "@touchline/server/contract";

/** How the models are arranged where one is chosen or explained: what plans stand on first. */
export const MODEL_GROUPS = [
  { name: "incremental", models: ["incremental"] },
  { name: "data-driven", models: ["markov", "shapley", "shapley-ordered", "logistic"] },
  {
    name: "rules",
    models: [
      "last",
      "last-non-direct",
      "last-click",
      "last-paid",
      "first",
      "first-paid",
      "linear",
      "time-decay",
      "position-based",
      "w-shaped",
    ],
  },
] as const satisfies readonly { name: string; models: readonly ModelName[] }[];
