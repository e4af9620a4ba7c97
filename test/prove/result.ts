import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { MARKET_KINDS } from "./market/kinds.ts";

const ChannelResult = z.object({
  channel: z.string(),
  isPaid: z.boolean(),
  isOwned: z.boolean(),
  isDemandCapture: z.boolean(),
  /** A lift test speaks of it. */
  isTested: z.boolean().default(false),
  truth: z.number(),
  /** Null: the model did not name the channel. */
  estimate: z.number().nullable(),
  interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
  flags: z.array(z.string()),
  today: z.number(),
  /** Null: no plan was made by this model. */
  planned: z.number().nullable(),
  best: z.number().nullable(),
});
export type ChannelResult = z.infer<typeof ChannelResult>;

/** What one model made of one market, beside the truth: everything that the figures are worked out from. */
export const Result = z.object({
  kind: z.enum(MARKET_KINDS),
  seed: z.number(),
  size: z.number(),
  model: z.string(),
  conversions: z.number(),
  touches: z.number(),
  channels: z.array(ChannelResult),
  /** Of a day, by the truth. Null: no plan was made by this model. */
  worth: z.object({ today: z.number(), planned: z.number(), best: z.number() }).nullable(),
  planStatus: z.string().nullable(),
  seconds: z.object({ import: z.number(), attribute: z.number(), optimise: z.number().nullable() }),
});
export type Result = z.infer<typeof Result>;

/** One line a result, written as soon as it is there: a run that was stopped goes on where it was. */
export function appendResult(file: string, result: Result): void {
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}

/** Results so far. A line that was cut off by a kill counts as not there, and is ended so that the next one stands alone. */
export function openResults(file: string): Result[] {
  if (existsSync(file) && !readFileSync(file, "utf8").endsWith("\n")) appendFileSync(file, "\n");
  return readResults(file);
}

export function readResults(file: string): Result[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .flatMap((line) => {
      const parsed = Result.safeParse(tryJson(line));
      return parsed.success ? [parsed.data] : [];
    });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
