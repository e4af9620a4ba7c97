import type { ModelName } from "../../contract/index.ts";
import { FITTED } from "./fitted.ts";
import { INCREMENTAL } from "./incremental.ts";
import type { AttributionModel } from "./model.ts";
import { RULES } from "./rules.ts";

export type {
  AttributionModel,
  ChannelFit,
  FittedModel,
  JourneyStatistics,
  RuleModel,
  StatisticName,
} from "./model.ts";

/** Every model: adding one is a line here, beside its numbers in the solver or its weights in SQL. */
const MODELS: readonly AttributionModel[] = [...RULES, ...FITTED, INCREMENTAL];

const byName = new Map(MODELS.map((model) => [model.name, model]));

export function modelNamed(name: ModelName): AttributionModel {
  const model = byName.get(name);
  if (model === undefined) throw new Error(`no model is registered as ${name}`);
  return model;
}
