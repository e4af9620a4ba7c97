import type { Random } from "../random.ts";
import { ORDER_VALUE_SPREAD, PRODUCT_GROUPS } from "./shop.ts";
import { WeightedChoice } from "./weighted-choice.ts";

interface Order {
  productGroup: string;
  /** Net of tax, cents. */
  revenueMinor: number;
  /** Revenue less the cost of the goods, cents. */
  marginMinor: number;
}

const GROUPS = new WeightedChoice(PRODUCT_GROUPS.map((group) => group.share));
const LOWEST_MARGIN_RATE = 0.2;
const HIGHEST_MARGIN_RATE = 0.55;

/**
 * One order: log-normal in value with the mean of its product group times the season's order value.
 * A price cut comes out of the margin: the goods cost what they cost.
 */
export function drawOrder(random: Random, orderValueIndex: number): Order {
  const group = PRODUCT_GROUPS[GROUPS.draw(random)]!;
  const spread = Math.exp(ORDER_VALUE_SPREAD * random.normal() - ORDER_VALUE_SPREAD ** 2 / 2);
  const revenueMinor = Math.max(500, Math.round(100 * group.mean * orderValueIndex * spread));
  const cost = (1 - group.marginRate) / Math.min(1, orderValueIndex);
  const rate = Math.min(HIGHEST_MARGIN_RATE, Math.max(LOWEST_MARGIN_RATE, 1 - cost + 0.02 * random.normal()));
  return { productGroup: group.name, revenueMinor, marginMinor: Math.round(revenueMinor * rate) };
}
