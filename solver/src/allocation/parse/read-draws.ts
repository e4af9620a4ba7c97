import { isConcave } from "../../response/curve-families.ts";
import type { DrawsProblem } from "../draws/problem.ts";
import type { AllocationProblem } from "../problem.ts";
import { readBounds } from "./read-channel.ts";
import { readCurve, readCurveDraws } from "./read-curve.ts";
import {
  allowFields,
  type Fields,
  readAmount,
  readName,
  readNumber,
  readObject,
  refuse,
  refuseMisplaced,
  refuseRepeats,
  show,
} from "./read-fields.ts";
import { type Named, readWeights } from "./read-objective.ts";

type DrawsObjective = DrawsProblem["objective"];
type DrawnChannel = DrawsProblem["channels"][number];

const WEIGHTS = ["response_weight", "spend_weight", "weights"];

export function readDrawsObjective(json: unknown, channels: readonly Named[]): DrawsObjective {
  if (json === undefined) return { type: "mean_of_draws" };
  const fields = readObject("objective", json);
  const weights = readWeights(fields, channels);
  switch (fields.type) {
    case "mean_of_draws":
      allowFields("objective", fields, ["type", ...WEIGHTS]);
      return { type: fields.type, ...weights };
    case "cvar_of_draws":
      allowFields("objective", fields, ["type", "alpha", "level", "share", ...WEIGHTS]);
      return { type: fields.type, alpha: readShare(fields), ...weights };
    case "cautious":
      allowFields("objective", fields, ["type", "alpha", "level", "share", "caution", ...WEIGHTS]);
      return { type: fields.type, alpha: readShare(fields), caution: readCaution(fields.caution), ...weights };
    default:
      return refuse(
        "objective.type",
        `must be mean_of_draws, cvar_of_draws or cautious where channels have draws, got ${show(fields.type)}`,
      );
  }
}

/** The share of draws that counts as the worst, by any of its names. */
function readShare(fields: Fields): number {
  const given = ["alpha", "level", "share"].filter((field) => fields[field] !== undefined);
  const field = given[0];
  if (field === undefined || given.length > 1)
    refuse(
      "objective.alpha",
      `is needed by ${show(fields.type)}: the share of worst draws that is averaged, such as 0.2`,
    );
  const alpha = readNumber(`objective.${field}`, fields[field]);
  return alpha > 0 && alpha <= 1 ? alpha : refuse(`objective.${field}`, `must be above 0 and at most 1, got ${alpha}`);
}

function readCaution(json: unknown): number {
  const caution = readAmount("objective.caution", json);
  return caution <= 1 ? caution : refuse("objective.caution", `must be from 0 to 1, got ${caution}`);
}

/** All channels have equally many draws; a channel with one curve has it in every draw. */
export function readDrawnChannels(items: readonly unknown[]): readonly DrawnChannel[] {
  if (items.length === 0) refuse("channels", "must name at least one channel");
  const read = items.map((item, i) => readDrawnChannel(`channels[${i}]`, item));
  refuseRepeats("channels", "name", read);
  const first = read.find(({ draws }) => draws.length > 1);
  const count = first?.draws.length ?? 1;
  return read.map((channel, i) => {
    if (channel.draws.length !== count && channel.draws.length > 1)
      refuse(
        `channels[${i}].curve_draws`,
        `must have as many draws as ${show(first?.name)} (${count}), got ${channel.draws.length}`,
      );
    return channel.draws.length === count
      ? channel
      : { ...channel, draws: Array.from({ length: count }, () => channel.draws[0]!) };
  });
}

function readDrawnChannel(path: string, json: unknown): DrawnChannel {
  const fields = readObject(path, json);
  refuseMisplaced(path, fields, ["curve_draws"]);
  for (const field of ["min_if_on", "step"])
    if (field in fields) refuse(`${path}.${field}`, "is not supported where channels have draws");
  const draws =
    fields.curve_draws === undefined
      ? [readCurve(`${path}.curve`, fields.curve)]
      : readCurveDraws(`${path}.curve_draws`, fields.curve_draws);
  const bent = draws.findIndex((curve) => !isConcave(curve));
  if (bent >= 0)
    refuse(`${path}.curve_draws`, `draw ${bent} is not concave: S-shaped curves are not supported by draws`);
  return { name: readName(`${path}.name`, fields.name), draws, ...readBounds(path, fields) };
}

/** The same channels with the first draw of each, for readers that look at names and bounds. */
export function withFirstDraw(channels: readonly DrawnChannel[]): AllocationProblem["channels"] {
  return channels.map(({ draws, ...channel }) => ({ ...channel, curve: draws[0]! }));
}
