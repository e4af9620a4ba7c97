import { allowFields, readAmount, readCount, readList, readNumber, readObject, refuse, show } from "./read-fields.ts";

/** Weeks: ten years. */
const MOST_LAGS = 520;

/**
 * Share of a week's spend at work by lag, from `{ type: "geometric", alpha, l_max, normalize }` (alpha to the power of the lag, l_max
 * weeks from lag 0), `{ type: "delayed", alpha, theta, l_max, normalize }` (the peak comes theta weeks late) or
 * `{ type: "weights", weights, normalize }`. Normalised weights add up to 1, which is the default of the first two.
 */
export function readAdstock(path: string, json: unknown): readonly number[] {
  if (json === undefined || json === null) return [1];
  const fields = readObject(path, json);
  const lags = () => Array.from({ length: readCount(`${path}.l_max`, fields.l_max, 1, MOST_LAGS) }, (_, lag) => lag);
  const alpha = () => {
    const value = readAmount(`${path}.alpha`, fields.alpha);
    return value <= 1 ? value : refuse(`${path}.alpha`, `must be from 0 to 1, got ${value}`);
  };
  switch (fields.type) {
    case "none":
      allowFields(path, fields, ["type"]);
      return [1];
    case "geometric":
      allowFields(path, fields, ["type", "alpha", "l_max", "normalize"]);
      return scaled(
        path,
        fields.normalize ?? true,
        lags().map((lag) => alpha() ** lag),
      );
    case "delayed": {
      allowFields(path, fields, ["type", "alpha", "theta", "l_max", "normalize"]);
      const theta = readAmount(`${path}.theta`, fields.theta);
      return scaled(
        path,
        fields.normalize ?? true,
        lags().map((lag) => alpha() ** ((lag - theta) ** 2)),
      );
    }
    case "weights": {
      allowFields(path, fields, ["type", "weights", "normalize"]);
      const weights = readList(`${path}.weights`, fields.weights).map((weight, lag) =>
        readAmount(`${path}.weights[${lag}]`, readNumber(`${path}.weights[${lag}]`, weight)),
      );
      return scaled(path, fields.normalize ?? false, weights);
    }
    default:
      return refuse(`${path}.type`, `must be geometric, delayed, weights or none, got ${show(fields.type)}`);
  }
}

function scaled(path: string, normalize: unknown, weights: readonly number[]): readonly number[] {
  if (typeof normalize !== "boolean") refuse(`${path}.normalize`, `must be true or false, got ${show(normalize)}`);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) refuse(path, "puts no spend to work");
  return normalize ? weights.map((weight) => weight / total) : weights;
}
