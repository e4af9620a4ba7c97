import { z } from "zod";
import { ResultOrigin } from "./origin.ts";
import { ResultScope } from "./result-scope.ts";
import { DateRange, DecimalString, IsoDate } from "./scalars.ts";

/** What a change of revenue is cut into; see solver/src/movement. */
export const MOVEMENT_PART_NAMES = [
  "started",
  "stopped",
  "volume",
  "mix",
  "price",
  "reach",
  "return",
  "basket",
  "baseline",
] as const;
export const MovementPartName = z.enum(MOVEMENT_PART_NAMES);
export type MovementPartName = z.infer<typeof MovementPartName>;

export const MovementMeasure = z.enum(["credited", "incremental"]);
export type MovementMeasure = z.infer<typeof MovementMeasure>;

export const MovementInput = ResultScope.extend({
  compare: DateRange,
  /** Null: all channels, and what comes without any. */
  channel: z.string().nullable().default(null),
  campaign: z.string().nullable().default(null),
  measure: MovementMeasure.default("credited"),
});

const State = z.object({
  spend: DecimalString.nullable(),
  /** What the price is of: what spend files say was delivered, or touches that are seen where they say nothing. */
  reach: z.number().nullable(),
  conversions: DecimalString,
  revenue: DecimalString,
});
export type MovementFigures = z.infer<typeof State>;

const Piece = z.object({ name: z.string(), before: DecimalString, now: DecimalString, change: DecimalString });

/** Why a revenue is another one than on the compared days. Parts and pieces each add up to `change`, to the cent. */
export const MovementAnswer = z.object({
  before: State,
  now: State,
  change: DecimalString,
  parts: z.array(z.object({ part: MovementPartName, amount: DecimalString })),
  /** By channel of a total, by campaign of a channel, by creative of a campaign: those that moved most, and the others as one. */
  pieces: z.array(Piece),
  otherPieces: Piece.extend({ count: z.number() }).nullable(),
  /** How far the change may be chance: by the model's intervals, or by how much a count of that size varies. */
  noise: z.object({ from: z.enum(["interval", "counting"]), halfWidth: z.number() }),
  reachUnit: z.enum(["delivered", "touches"]),
  facts: z.object({
    /** Campaigns with spend on one side only, largest first, and what was spent on them. */
    started: z.array(z.object({ channel: z.string(), campaign: z.string(), spend: DecimalString })),
    stopped: z.array(z.object({ channel: z.string(), campaign: z.string(), spend: DecimalString })),
    /** Context whose mean differs: promotions, prices, holidays. */
    context: z.array(z.object({ name: z.string(), before: z.number().nullable(), now: z.number().nullable() })),
    /** Days without a row of spend, where the channel has spend. */
    gaps: z.object({ before: z.number(), now: z.number() }),
    tests: z.array(z.object({ name: z.string(), channel: z.string(), from: IsoDate, to: IsoDate })),
    /** How booked revenue moved between the same weekdays a year before; null where the data does not reach back. */
    season: z.number().nullable(),
    /** How all booked revenue moved. */
    booked: z.object({ before: DecimalString, now: DecimalString }),
  }),
  origin: ResultOrigin,
});
export type MovementAnswer = z.infer<typeof MovementAnswer>;

/** What platforms claim beside what is found, by channel. */
export const ClaimsAnswer = z.object({
  rows: z.array(
    z.object({
      channel: z.string(),
      spend: DecimalString.nullable(),
      claimed: z.object({ conversions: DecimalString, revenue: DecimalString.nullable() }),
      lastClick: z.object({ conversions: DecimalString, revenue: DecimalString }),
      credited: z.object({ conversions: DecimalString, revenue: DecimalString }),
      incremental: z.object({ conversions: DecimalString, revenue: DecimalString }).nullable(),
      isDemandCapture: z.boolean(),
      /** Share of what was delivered that is seen as touches. */
      coverage: z.number().nullable(),
    }),
  ),
  claimed: z.object({ conversions: DecimalString, revenue: DecimalString }),
  booked: z.object({ conversions: DecimalString, revenue: DecimalString }),
  /** Channels with spend that claim nothing. */
  silent: z.array(z.string()),
  origin: ResultOrigin,
});
export type ClaimsAnswer = z.infer<typeof ClaimsAnswer>;
