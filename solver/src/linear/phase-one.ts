import { boundAt } from "./certify.ts";
import type { LinearEngine, LinearProgramme } from "./programme.ts";

/** Prices that add up to less than this share of their parts prove nothing. */
const ROUNDING = 1e-9;

/** Rows that give way at a cost of 1 a unit: always possible, and free exactly where the rows can hold. */
export function withStretches({ objective, upper, rows, integer }: LinearProgramme): LinearProgramme {
  const columns = objective.length;
  let next = columns;
  const stretched = rows.map((row) => {
    const signs = row.sense === "=" ? [1, -1] : [row.sense === "<=" ? -1 : 1];
    const added = signs.map(() => next++);
    return { ...row, columns: [...row.columns, ...added], coefficients: [...row.coefficients, ...signs] };
  });
  return {
    objective: Float64Array.from({ length: next }, (_, j) => (j < columns ? 0 : -1)),
    upper: Float64Array.from({ length: next }, (_, j) => upper[j] ?? Number.POSITIVE_INFINITY),
    rows: stretched,
    ...(integer === undefined ? {} : { integer: Uint8Array.from({ length: next }, (_, j) => integer[j] ?? 0) }),
  };
}

/** Whether prices of the rows prove that nothing keeps a continuous programme (Farkas 1902). The engine only has to find them. */
export function isProvedImpossible(programme: LinearProgramme, engine: LinearEngine): boolean {
  const outcome = engine.solve(withStretches(programme));
  if (outcome.kind !== "optimal") return false;
  const idle = { ...programme, objective: new Float64Array(programme.objective.length) };
  let size = 0;
  for (const [r, { value }] of programme.rows.entries()) size = Math.max(size, Math.abs(outcome.prices[r]! * value));
  return boundAt(idle, outcome.prices) < -ROUNDING * size;
}
