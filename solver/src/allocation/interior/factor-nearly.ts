import { factorCholesky } from "../../cholesky.ts";

/** A pivot this much smaller than the entry it came from is rounding: its row says nothing that earlier rows have not said. */
const LOST = 1e-15;
/** Takes such a row out of the solution. */
const HUGE = 1e64;

/** Cholesky's factor, in place. Rows that depend on earlier ones up to rounding get a zero in every solution. */
export function factorNearly(matrix: Float64Array, size: number): void {
  factorCholesky(matrix, size, (pivot, own) => (pivot > LOST * own ? Math.sqrt(pivot) : HUGE));
}
