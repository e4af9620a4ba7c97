import { creditPathsByLogistic } from "@touchline/solver";
import { Random } from "../../random.ts";
import { fitOf } from "../fit.ts";
import type { FittedModel } from "./model.ts";

/** The same for every run: a run that is computed again must give the same digits. */
const SEED = 20_260_102;

/** Bagged logistic regression: correlation, for comparison with reports that use it. */
export const LOGISTIC: FittedModel = {
  kind: "fitted",
  name: "logistic",
  needs: () => ["sets"],
  fit({ sets }) {
    const random = new Random(SEED);
    const { fit: found } = creditPathsByLogistic(sets, { random: () => random.uniform() });
    const byChannel = (values: Float64Array) =>
      Object.fromEntries(found.channels.map((channel, i) => [channel, values[i]!]));
    return {
      channels: found.channels,
      share: [...found.share],
      valueShare: [...found.valueShare],
      weights: [...found.coefficient].map((coefficient) => Math.max(0, coefficient)),
      fit: fitOf({
        warnings: [...found.warnings],
        figures: { coefficients: byChannel(found.coefficient), spread: byChannel(found.spread) },
      }),
    };
  },
};
