import { z } from "zod";
import { PacingStatus } from "./pacing.ts";
import { Role } from "./rights.ts";
import { DateRange, DecimalString, IsoDate } from "./scalars.ts";

export const PortfolioInput = z.object({ range: DateRange, compare: DateRange.nullable().default(null) });
export type PortfolioInput = z.output<typeof PortfolioInput>;

const Amounts = z.object({ spend: DecimalString, revenue: DecimalString, conversions: DecimalString });

export const PortfolioPart = z.enum(["health", "pacing", "incremental", "proposals"]);
export type PortfolioPart = z.infer<typeof PortfolioPart>;

const Named = { workspace: z.string(), role: Role };

/** One workspace of the reader's. */
export const PortfolioRow = z.discriminatedUnion("state", [
  /** It asks for a second factor that this session has not shown. */
  z.object({ state: z.literal("second-factor"), ...Named }),
  z.object({ state: z.literal("failed"), ...Named }),
  z.object({ state: z.literal("empty"), ...Named }),
  z.object({
    state: z.literal("ready"),
    ...Named,
    currency: z.string(),
    simulated: z.boolean(),
    /** The days that it has data of. */
    days: DateRange,
    now: Amounts,
    /** Null where nothing is compared, or the data does not reach back that far. */
    before: Amounts.nullable(),
    roas: z.number().nullable(),
    /** Of channels that cost something, by a run of the incremental model over the range; null where there is none. */
    incrementalRoas: z.number().nullable(),
    /** Booked revenue of each day of the range; null: none known. */
    daily: z.array(z.number().nullable()),
    pacing: z.object({ status: PacingStatus.nullable(), isCertain: z.boolean() }).nullable(),
    /** That this reader may decide. */
    proposals: z.number().nullable(),
    /** Null while it is being worked out. */
    health: z.object({ act: z.number(), watch: z.number() }).nullable(),
    lastBookedDay: IsoDate.nullable(),
    lastImportAt: z.iso.datetime().nullable(),
    /** What is not in the row, because it takes longer or failed. */
    underway: z.array(PortfolioPart),
    failed: z.array(PortfolioPart),
  }),
]);
export type PortfolioRow = z.infer<typeof PortfolioRow>;

export const Portfolio = z.object({
  rows: z.array(PortfolioRow),
  /** Amounts are never converted: one line a currency, over the workspaces that are ready. */
  totals: z.array(z.object({ currency: z.string(), workspaces: z.number(), now: Amounts, before: Amounts.nullable() })),
});
export type Portfolio = z.infer<typeof Portfolio>;
