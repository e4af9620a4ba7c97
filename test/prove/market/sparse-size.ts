import { Random } from "../../../server/src/random.ts";
import { logBetween } from "./draws.ts";

/** Between them a market of any kind has 300 to 3,000 conversions. */
const SMALLEST = 0.03;
const LARGEST = 0.108;

/** The size of a sparse market. */
export function sparseSize(seed: number): number {
  return Number(logBetween(new Random(seed, 10), SMALLEST, LARGEST).toFixed(4));
}
