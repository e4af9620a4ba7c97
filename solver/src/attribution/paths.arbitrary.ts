import fc from "fast-check";
import type { PathRow } from "./paths.ts";

export const CHANNELS = ["Affiliate", "Email", "Search", "Social", "Video"] as const;

/** A row of a path table: short paths over few channels, so that rows share windows and go round in loops. */
const pathRow = fc.record({
  path: fc.array(fc.constantFrom(...CHANNELS), { minLength: 1, maxLength: 7 }),
  conversions: fc.nat({ max: 20 }),
  valueEach: fc.integer({ min: 1, max: 5_000 }).map((cents) => cents / 100),
  nulls: fc.nat({ max: 50 }),
});

/** Tables of 1 to 25 rows of which at least one converts, unconverted journeys counted in all rows or in none. */
export const convertingRows: fc.Arbitrary<PathRow[]> = fc
  .tuple(fc.array(pathRow, { minLength: 1, maxLength: 25 }), fc.boolean())
  .filter(([rows]) => rows.some((row) => row.conversions > 0))
  .map(([rows, hasNulls]) =>
    rows.map(({ path, conversions, valueEach, nulls }) => ({
      path,
      conversions,
      value: conversions * valueEach,
      nulls: hasNulls ? nulls : null,
    })),
  );
