import type { LinearEngine, LinearRow } from "../linear/index.ts";
import { curveValue } from "../response/curve-families.ts";
import type { Multipliers } from "./certificate.ts";
import type { Programme } from "./programme.ts";

/** Above this share of a stock, more is asked than there is; below, it is rounding. */
const ROUNDING = 1e-12;
/** How far a return may be missed by the choice of what to sell, so that rounding does not leave none. */
const ROOM = 1e-11;

/**
 * What is best sold of the response to a spend. All of it while the stocks last; where they do not, a linear programme in
 * which every channel sells at most its response.
 * @param programme scaled
 * @param prices at which the returns are worth meeting
 */
export function bestSale(
  programme: Programme,
  spend: Float64Array,
  prices: Multipliers,
  engine: LinearEngine,
): Float64Array {
  const response = Float64Array.from(programme.curves, (curve, i) => curveValue(curve, spend[i]!));
  const { stocks, returns } = programme;
  const fits = stocks.every(
    ({ use, value }) => use.reduce((sum, one, i) => sum + one * response[i]!, 0) <= value * (1 + ROUNDING),
  );
  if (fits) return response;
  const columns = [...response.keys()];
  const rows: LinearRow[] = stocks.map(({ use, value }) => ({
    sense: "<=",
    value,
    columns,
    coefficients: Array.from(use),
  }));
  for (const { gain, cost, value } of returns) {
    const asked = cost.reduce((sum, one, i) => sum + one * spend[i]!, value);
    rows.push({ sense: ">=", value: asked - ROOM * Math.abs(asked), columns, coefficients: Array.from(gain) });
  }
  const objective = programme.worth.map((worth, i) =>
    returns.reduce((sum, { gain }, k) => sum + prices.returns[k]! * gain[i]!, worth),
  );
  const sale = engine.solve({ objective, upper: response, rows });
  return sale.kind === "optimal" ? sale.x : inProportion(programme, response);
}

/** Every stock is kept by the same share of everything: no good plan, but an allowed one. */
function inProportion({ stocks }: Programme, response: Float64Array): Float64Array {
  let share = 1;
  for (const { use, value } of stocks) {
    const used = use.reduce((sum, one, i) => sum + one * response[i]!, 0);
    if (used > value) share = Math.min(share, value / used);
  }
  return response.map((one) => one * share);
}
