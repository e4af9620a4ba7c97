import type { TouchWeighting } from "@touchline/sql";
import type { ModelName } from "../../contract/index.ts";
import type { RunParameters } from "../run-parameters.ts";
import type { JourneyStatistics, RuleModel } from "./model.ts";

/** 40 / 20 / 40, also called U-shaped. */
const POSITION_SHARES = { firstShare: 0.4, lastShare: 0.4 };

function plainRule(
  name: ModelName & TouchWeighting["touchModel"],
  values: (parameters: RunParameters) => TouchWeighting["values"] = () => ({}),
): RuleModel {
  return {
    kind: "rule",
    name,
    needs: [],
    weigh: (_, parameters) => ({ weighting: { touchModel: name, values: values(parameters) }, warnings: [] }),
  };
}

/** A rule that looks at what kind of channel a touch is. With no channel of that kind it is another rule, which must be said. */
function ruleByKind(
  name: ModelName & TouchWeighting["touchModel"],
  kind: keyof JourneyStatistics["kinds"],
  withoutAny: string,
): RuleModel {
  return {
    kind: "rule",
    name,
    needs: ["kinds"],
    weigh: ({ kinds }) => ({
      weighting: { touchModel: name, values: { [`${kind}Channels`]: kinds[kind] } },
      warnings: kinds[kind].length === 0 ? [withoutAny] : [],
    }),
  };
}

const noPaid = (same: string) =>
  `No channel has spend, so none is known as paid: this is the same as ${same}. Import spend to tell them apart.`;

export const RULES: readonly RuleModel[] = [
  plainRule("first"),
  plainRule("last"),
  ruleByKind(
    "last-non-direct",
    "direct",
    "No channel is known as direct visits: this is the same as last. A channel is when it is called Direct, or when all its touches are visits with the source (direct).",
  ),
  plainRule("linear"),
  plainRule("time-decay", ({ halfLifeDays }) => ({ halfLifeDays })),
  plainRule("position-based", () => POSITION_SHARES),
  plainRule("w-shaped"),
  ruleByKind("first-paid", "paid", noPaid("first")),
  ruleByKind("last-paid", "paid", noPaid("last")),
  plainRule("last-click"),
  plainRule("shapley-ordered"),
];
