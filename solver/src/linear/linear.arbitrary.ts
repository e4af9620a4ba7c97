import fc from "fast-check";
import type { LinearModel, ModelColumn, ModelRow } from "./model.ts";
import type { LinearProgramme, LinearRow } from "./programme.ts";

const small = (min: number, max: number) => fc.integer({ min, max });
const coefficients = (columns: number) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: small(-4, 4) }, { weight: 1, arbitrary: fc.constant(0) }), {
    minLength: columns,
    maxLength: columns,
  });

/** Up to four columns, all with upper bounds, and up to five rows: what corners can be counted of. */
export const boundedProgramme: fc.Arbitrary<LinearProgramme> = small(1, 4).chain((columns) =>
  fc
    .record({
      objective: fc.array(small(-5, 5), { minLength: columns, maxLength: columns }),
      upper: fc.array(small(0, 6), { minLength: columns, maxLength: columns }),
      rows: fc.array(
        fc
          .record({
            sense: fc.constantFrom("<=", ">=", "="),
            value: small(-8, 12),
            coefficients: coefficients(columns),
          })
          .map((row): LinearRow => ({ ...row, columns: row.coefficients.map((_, j) => j) })),
        { maxLength: 5 },
      ),
    })
    .map(({ objective, upper, rows }) => ({
      objective: Float64Array.from(objective),
      upper: Float64Array.from(upper),
      rows,
    })),
);

const column = (integer: boolean): fc.Arbitrary<Omit<ModelColumn, "name">> =>
  fc
    .record({
      cost: small(-5, 5),
      lower: small(-5, 2),
      width: small(0, 6),
      open: integer ? fc.constant(4) : small(0, 4),
    })
    .map(({ cost, lower, width, open }) => ({
      cost,
      lower: open === 0 || open === 1 ? Number.NEGATIVE_INFINITY : lower,
      upper: open === 0 || open === 2 ? Number.POSITIVE_INFINITY : lower + width,
      integer,
    }));

/** Small models of every kind of bound and row; many are impossible and some have no end. With integers, all columns are bounded ones. */
export const anyModel = (integer: boolean): fc.Arbitrary<LinearModel> =>
  fc.array(column(integer), { minLength: 1, maxLength: 5 }).chain((drawn) => {
    const columns = drawn.map((one, j): ModelColumn => ({ name: `c${j}`, ...one }));
    const row = fc
      .record({ at: small(-12, 12), width: small(0, 8), kind: small(0, 3), coefficients: coefficients(columns.length) })
      .map(
        ({ at, width, kind, coefficients: drawn }): Omit<ModelRow, "name"> => ({
          lower: kind === 0 ? Number.NEGATIVE_INFINITY : at,
          upper: kind === 1 ? Number.POSITIVE_INFINITY : kind === 2 ? at : at + width,
          terms: drawn.map((coefficient, j) => ({ column: `c${j}`, coefficient })),
        }),
      )
      .filter(
        ({ lower, upper, terms }) => terms.some(({ coefficient }) => coefficient !== 0) || (lower <= 0 && upper >= 0),
      );
    return fc
      .record({ sense: fc.constantFrom("max", "min"), rows: fc.array(row, { maxLength: 5 }) })
      .map(({ sense, rows }) => ({ sense, columns, rows: rows.map((one, r) => ({ name: `r${r}`, ...one })) }));
  });
