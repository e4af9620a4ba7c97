import {
  type AggregatedPaths,
  chooseMarkovOrder,
  creditPathsByLogistic,
  creditPathsByMarkov,
  creditPathsByOrderedShapley,
  creditPathsByRule,
  creditPathsByShapley,
  type PathCredit,
  type PathRuleOptions,
} from "@touchline/solver";
import type { ModelName } from "../contract/index.ts";
import { Random } from "../random.ts";
import { UserError } from "../user-error.ts";
import { splitPaths } from "./split-paths.ts";

export interface CreditedPaths {
  readonly credit: PathCredit;
  readonly warnings: readonly string[];
}

export interface PathModelOptions {
  readonly model: ModelName;
  /** Markov only. */
  readonly order: number | "auto";
}

/** The same for every file: a file that is read again must give the same digits. */
const SEED = 20_260_101;
const HIGHEST_ORDER = 4;

/** What is not paid for though its name could be: nothing else tells in a file that has no spend. */
const DIRECT = /^\(?(direct|accès direct|acces direct)\)?( ?\/ ?\(?(none|aucun)\)?)?$/i;
const PAID =
  /^(paid|display|cross-network|audio|affiliates?|shopping ads|recherche payante|référencement payant|réseaux sociaux payants|vidéo payante|shopping payant)\b|\/ ?(cpc|ppc|cpm|cpv|cpa|display|banner|paid[\w-]*|affiliates?)$|\b(payant|payante|payants|payantes)\b/i;

/**
 * Credits aggregated paths by any model that paths alone are enough for.
 * @throws ModelError, UserError with the reason where they are not
 */
export function creditAggregatedPaths(paths: AggregatedPaths, { model, order }: PathModelOptions): CreditedPaths {
  switch (model) {
    case "markov":
      return byMarkov(paths, order);
    case "shapley":
      return byShapley(paths);
    case "shapley-ordered":
      return { credit: creditPathsByOrderedShapley(paths), warnings: [] };
    case "logistic": {
      const { fit, ...credit } = creditPathsByLogistic(paths, { random: drawer() });
      return { credit, warnings: fit.warnings };
    }
    case "incremental":
      throw new UserError(
        "the incremental model needs the moments of touches and who was reached, and aggregated paths carry neither: run it on events, or choose markov, shapley or a rule",
      );
    default: {
      const { options, warnings } = kindsOf(paths.channels, model);
      return { credit: creditPathsByRule(paths, model, options), warnings };
    }
  }
}

function drawer(): () => number {
  const random = new Random(SEED);
  return () => random.uniform();
}

function byMarkov(paths: AggregatedPaths, order: number | "auto"): CreditedPaths {
  if (order !== "auto") {
    const { fit, ...credit } = creditPathsByMarkov(paths, { order });
    return { credit, warnings: fit.warnings };
  }
  const { train, heldOut } = splitPaths(paths, drawer());
  const chosen = chooseMarkovOrder(train, heldOut, HIGHEST_ORDER);
  const { fit, ...credit } = creditPathsByMarkov(paths, { order: chosen.order });
  return {
    credit,
    warnings: [`Held-out journeys speak for order ${chosen.order}.`, ...chosen.warnings, ...fit.warnings],
  };
}

function byShapley(paths: AggregatedPaths): CreditedPaths {
  const canRate = paths.nulls.some((nulls) => nulls > 0);
  const { fit, ...credit } = creditPathsByShapley(paths, { worth: canRate ? "rate" : "count", random: drawer() });
  const unrated =
    "No unconverted journey is counted: sets of channels are valued by their conversions, not by their rate.";
  return { credit, warnings: [...fit.warnings, ...(canRate ? [] : [unrated])] };
}

/** Rules that look at kinds of channels go by the names here, and say which they took for what. */
function kindsOf(
  channels: readonly string[],
  model: ModelName,
): { options: PathRuleOptions; warnings: readonly string[] } {
  const direct = channels.filter((channel) => DIRECT.test(channel));
  const paid = channels.filter((channel) => PAID.test(channel));
  const options = { directChannels: direct, paidChannels: paid };
  const say = (kind: string, names: readonly string[], same: string) => [
    names.length === 0
      ? `No channel's name says that it is ${kind}: this is the same as ${same}.`
      : `Taken as ${kind} by their names: ${names.join(", ")}.`,
  ];
  if (model === "last-non-direct") return { options, warnings: say("direct", direct, "last") };
  if (model === "first-paid") return { options, warnings: say("paid", paid, "first") };
  if (model === "last-paid") return { options, warnings: say("paid", paid, "last") };
  return { options, warnings: [] };
}
