import type { Curve } from "@touchline/solver";
import type { CurveFlag } from "../../../contract/index.ts";
import { UserError } from "../../../user-error.ts";

/** A model that somebody has already, read from a file; amounts are for `days` days. */
export interface GivenModel {
  readonly currency: string | null;
  /** Null where the file does not say */
  readonly days: number | null;
  readonly channels: readonly GivenChannel[];
  /** What to know of the reading, one sentence each */
  readonly notes: readonly string[];
}

export interface GivenChannel {
  readonly name: string;
  readonly curve: Curve;
  /** Equally likely; empty where the file has none. Draw n of one channel goes with draw n of the others */
  readonly draws: readonly Curve[];
  readonly current: number | null;
  readonly largestSpendSeen: number | null;
  readonly flags: readonly CurveFlag[];
}

/** More draws tell a plan no more. */
export const MOST_DRAWS = 200;

/** At most `MOST_DRAWS` of them, evenly spread. */
export function thinned<T>(draws: readonly T[]): readonly T[] {
  if (draws.length <= MOST_DRAWS) return draws;
  return Array.from({ length: MOST_DRAWS }, (_, i) => draws[Math.floor((i * draws.length) / MOST_DRAWS)]!);
}

/** The curve that draws have on average. */
export function meanOf(draws: readonly Curve[]): Curve {
  const parts = draws.flatMap((draw) =>
    draw.type === "mixture"
      ? draw.parts.map(({ weight, curve }) => ({ weight: weight / draws.length, curve }))
      : [{ weight: 1 / draws.length, curve: draw }],
  );
  return { type: "mixture", parts };
}

/** @throws UserError that says what is wrong where in the file */
export function refuseFile(file: string, sentence: string): never {
  throw new UserError(`${file}: ${sentence}`);
}
