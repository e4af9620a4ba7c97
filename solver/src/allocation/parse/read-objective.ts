import type { Objective } from "../problem.ts";
import {
  allowFields,
  type Fields,
  readAmount,
  readByChannel,
  readNumber,
  readObject,
  refuse,
  show,
} from "./read-fields.ts";

export interface Named {
  readonly name: string;
}

const TYPES = ["max_response", "max_profit", "target_mroi", "min_spend"] as const;

/** Without an objective the response is maximised. */
export function readObjective(json: unknown, channels: readonly Named[]): Objective {
  if (json === undefined) return { type: "max_response", response_weight: 1, spend_weight: 0 };
  const fields = readObject("objective", json);
  const type = TYPES.find((known) => known === fields.type);
  if (type === undefined)
    refuse("objective.type", `must be ${TYPES.slice(0, -1).join(", ")} or min_spend, got ${show(fields.type)}`);
  allowFields("objective", fields, ["type", "response_weight", "spend_weight", "weights", "name"]);
  if (type === "min_spend") return leastSpend(fields);

  const { response_weight, spend_weight, ...weights } = readWeights(fields, channels);
  if (type !== "max_response" && spend_weight === undefined) refuse("objective.spend_weight", `is needed by ${type}`);
  if (type === "max_response" && spend_weight !== undefined && spend_weight !== 0)
    refuse("objective.spend_weight", `must be 0 for max_response, got ${spend_weight}; max_profit weighs spend`);
  return { type, response_weight: response_weight ?? 1, spend_weight: spend_weight ?? 0, ...weights };
}

export type Weights = Partial<Pick<Objective, "response_weight" | "spend_weight" | "weights">>;

/** What was given of them. Response is worth something, and spend is a cost. */
export function readWeights(fields: Fields, channels: readonly Named[]): Weights {
  const response_weight = readWeight(fields, "response_weight");
  if (response_weight !== undefined && response_weight <= 0)
    refuse("objective.response_weight", `must be above 0, got ${response_weight}`);
  const given = readWeight(fields, "spend_weight");
  const spend_weight = given === 0 ? 0 : given; // -0 is written where nothing is paid for spend
  if (spend_weight !== undefined && spend_weight > 0)
    refuse("objective.spend_weight", `must be 0 or below (spend is a cost), got ${spend_weight}`);
  const weights =
    fields.weights === undefined ? undefined : readByChannel("objective.weights", fields.weights, channels, readAmount);
  return {
    ...(response_weight === undefined ? {} : { response_weight }),
    ...(spend_weight === undefined ? {} : { spend_weight }),
    ...(weights === undefined ? {} : { weights }),
  };
}

/** Its weights may be written in several ways and mean nothing but that spend is a cost and response brings nothing. */
function leastSpend(fields: Fields): Objective {
  if (fields.weights !== undefined) refuse("objective.weights", "has no meaning for min_spend");
  const spend = readWeight(fields, "spend_weight");
  if (spend !== undefined && spend !== -1) refuse("objective.spend_weight", `must be -1 for min_spend, got ${spend}`);
  readWeight(fields, "response_weight");
  return { type: "min_spend", response_weight: 0, spend_weight: -1 };
}

function readWeight(fields: Fields, field: string): number | undefined {
  return fields[field] === undefined || fields[field] === null
    ? undefined
    : readNumber(`objective.${field}`, fields[field]);
}
