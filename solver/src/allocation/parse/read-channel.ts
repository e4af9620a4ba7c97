import type { ChannelPlan } from "../problem.ts";
import { readCurve } from "./read-curve.ts";
import {
  type Fields,
  readName,
  readObject,
  readOptional,
  readPositive,
  refuse,
  refuseMisplaced,
} from "./read-fields.ts";

/** A channel of one period. Fields beside its own are left alone. */
export function readChannel(path: string, json: unknown): ChannelPlan {
  const fields = readObject(path, json);
  refuseMisplaced(path, fields, []);
  for (const field of ["week_lower", "week_upper", "pre_spend"])
    if (field in fields) refuse(`${path}.${field}`, "belongs to a problem by week, where every channel has an adstock");
  const bounds = readBounds(path, fields);
  const minimumIfOn = readOptional(`${path}.min_if_on`, fields.min_if_on);
  if (minimumIfOn !== null && bounds.upper !== null && minimumIfOn > bounds.upper)
    refuse(`${path}.min_if_on`, `must not be above upper (${bounds.upper}), got ${minimumIfOn}`);
  return {
    name: readName(`${path}.name`, fields.name),
    curve: readCurve(`${path}.curve`, fields.curve),
    ...bounds,
    ...(minimumIfOn === null || minimumIfOn === 0 ? {} : { minimumIfOn }),
    ...(fields.step === undefined || fields.step === null ? {} : { step: readPositive(`${path}.step`, fields.step) }),
  };
}

export function readBounds(path: string, fields: Fields): Pick<ChannelPlan, "lower" | "upper" | "current"> {
  const lower = readOptional(`${path}.lower`, fields.lower) ?? 0;
  const upper = readOptional(`${path}.upper`, fields.upper);
  if (upper !== null && upper < lower) refuse(`${path}.upper`, `must not be below lower (${lower}), got ${upper}`);
  return { lower, upper, current: readOptional(`${path}.current`, fields.current) };
}
