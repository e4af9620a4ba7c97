import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { MARKET_KINDS } from "../market/kinds.ts";

const Week = z.object({
  /** Of the Monday. */
  date: z.string(),
  state: z.string(),
  outcome: z.string(),
  promised: z.number().nullable(),
  /** By rule, how many checks held, trimmed or blocked something. */
  rules: z.record(z.string(), z.number()),
  /** Channels that a guard-rail held, with the rule. */
  held: z.record(z.string(), z.string()).nullable(),
  /** Spend a day, in the order of the market's channels. */
  split: z.array(z.number()),
  ...{ moved: z.number(), budget: z.number(), gain: z.number(), step: z.number(), noise: z.number() },
  ...{ allowed: z.number(), allowedOfMovable: z.number(), worthToday: z.number() },
  breaches: z.array(z.object({ rule: z.string(), channel: z.string().nullable(), share: z.number() })),
  seconds: z.object({ live: z.number(), import: z.number(), plan: z.number() }),
});
export type Week = z.infer<typeof Week>;

/** A half year of one market: everything that the tables are worked out from. */
export const WeeklyResult = z.object({
  kind: z.enum(MARKET_KINDS),
  seed: z.number(),
  size: z.number(),
  channels: z.array(
    z.object({
      ...{ name: z.string(), isPaid: z.boolean(), isDemandCapture: z.boolean(), today: z.number() },
      /** Spend a day that the truth and the rails lead to. */
      allowed: z.number(),
    }),
  ),
  weeks: z.array(Week),
});
export type WeeklyResult = z.infer<typeof WeeklyResult>;

/** One line a market, written as soon as it is there: a run that was stopped goes on where it was. */
export function appendWeekly(file: string, result: WeeklyResult): void {
  const isTorn = existsSync(file) && !readFileSync(file, "utf8").endsWith("\n");
  appendFileSync(file, `${isTorn ? "\n" : ""}${JSON.stringify(result)}\n`);
}

/** A line that was cut off counts as not there. */
export function readWeekly(file: string): WeeklyResult[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .flatMap((line) => {
      const parsed = WeeklyResult.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    });
}
