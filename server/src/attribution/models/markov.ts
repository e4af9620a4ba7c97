import { chooseMarkovOrder, fitMarkov, solveMarkovOrder1 } from "@touchline/solver";
import { fitOf } from "../fit.ts";
import type { RunParameters } from "../run-parameters.ts";
import type { ChannelFit, FittedModel, JourneyStatistics } from "./model.ts";

/** Orders beyond this have more states than journeys to fill them. */
const HIGHEST_ORDER = 4;

/** Order 1 needs the transition counts only; higher orders the distinct paths themselves. */
export const MARKOV: FittedModel = {
  kind: "fitted",
  name: "markov",
  needs: ({ order }) => (order === 1 ? ["transitions"] : order === "auto" ? ["splitPaths", "paths"] : ["paths"]),
  fit: fitChannels,
};

/** The order that was asked for, or the one that foretells held-out journeys best. */
function orderOf(statistics: JourneyStatistics, { order, collapse }: RunParameters) {
  if (order !== "auto") return { order, warnings: [], figures: { order } };
  const { train, heldOut } = statistics.splitPaths;
  const chosen = chooseMarkovOrder(train, heldOut, HIGHEST_ORDER, { collapse });
  const logLikelihood = Object.fromEntries([...chosen.logLikelihood].map((mean, i) => [i + 1, mean]));
  return {
    order: chosen.order,
    warnings: chosen.warnings,
    figures: { order: chosen.order, heldOutJourneys: chosen.journeys, heldOutLogLikelihood: logLikelihood },
  };
}

function fitChannels(statistics: JourneyStatistics, parameters: RunParameters): ChannelFit {
  const { order, warnings, figures } = orderOf(statistics, parameters);
  const found =
    parameters.order === 1
      ? solveMarkovOrder1(statistics.transitions)
      : fitMarkov(statistics.paths, { order, collapse: parameters.collapse });
  return {
    channels: found.channels,
    share: [...found.share],
    valueShare: [...found.valueShare],
    weights: [...found.removalEffect],
    fit: fitOf({
      warnings: [...warnings, ...found.warnings],
      conversionProbability: found.conversionProbability,
      removalEffects: Object.fromEntries(found.channels.map((channel, i) => [channel, found.removalEffect[i]!])),
      figures,
    }),
  };
}
