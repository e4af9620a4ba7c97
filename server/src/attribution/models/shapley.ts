import { fitShapley } from "@touchline/solver";
import { Random } from "../../random.ts";
import { fitOf } from "../fit.ts";
import type { RunParameters } from "../run-parameters.ts";
import type { ChannelFit, FittedModel, JourneyStatistics } from "./model.ts";

/** The same for every run: a run that is computed again must give the same digits. */
const SEED = 20_260_101;

/** Only which channels a journey touched counts, not in what order: what is asked of the data is by set of channels. */
export const SHAPLEY: FittedModel = {
  kind: "fitted",
  name: "shapley",
  needs: () => ["sets"],
  fit: fitChannels,
};

function fitChannels({ sets }: JourneyStatistics, { worth }: RunParameters): ChannelFit {
  const canRate = sets.nulls.some((nulls) => nulls > 0);
  const random = new Random(SEED);
  const found = fitShapley(sets, { worth: canRate ? worth : "count", random: () => random.uniform() });
  const errors = found.effectError;
  return {
    channels: found.channels,
    share: [...found.share],
    valueShare: [...found.valueShare],
    weights: [...found.share],
    fit: fitOf({
      warnings: [
        ...found.warnings,
        ...(worth === "rate" && !canRate
          ? ["No unconverted journey is counted: sets of channels are valued by their conversions, not by their rate."]
          : []),
      ],
      figures: {
        worth: canRate ? worth : "count",
        effects: byChannel(found.channels, found.effect),
        ...(errors === null ? {} : { standardErrors: byChannel(found.channels, errors) }),
      },
    }),
  };
}

function byChannel(channels: readonly string[], values: Float64Array): Record<string, number> {
  return Object.fromEntries(channels.map((channel, i) => [channel, values[i]!]));
}
