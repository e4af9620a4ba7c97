import { z } from "zod";
import { DecimalString } from "./scalars.ts";

/** A month of the workspace's calendar, `YYYY-MM`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month is written YYYY-MM");
export type Month = z.infer<typeof Month>;

const MOST_CHANNELS = 200;

/** To the cent, and no more than a million millions: what is longer is a typing error. */
const Amount = DecimalString.regex(
  /^\d{1,12}(\.\d{1,2})?$/,
  "a budget is an amount that is not negative, with at most two decimals",
);
const ChannelName = z
  .string()
  .trim()
  .min(1, "a budget needs the name of its channel")
  .max(200, "the name of a channel has at most 200 characters")
  .regex(/^\P{Cc}*$/u, "the name of a channel has no line breaks");

/** What channels are meant to spend in a month. An amount of null takes the budget of that channel away; others stay as they are. */
export const SetBudgets = z.object({
  month: Month,
  budgets: z
    .array(z.object({ channel: ChannelName, amount: Amount.nullable() }))
    .min(1)
    .max(MOST_CHANNELS, `at most ${MOST_CHANNELS} channels at once`)
    .refine(
      (rows) => new Set(rows.map(({ channel }) => channel)).size === rows.length,
      "a channel stands there twice: give each channel one budget",
    ),
});
export type SetBudgets = z.output<typeof SetBudgets>;

/** Budgets of one month, given to another one in place of those that it has. */
export const CopyMonth = z
  .object({ from: Month, to: Month })
  .refine(({ from, to }) => from !== to, "a month cannot be copied to itself");
export type CopyMonth = z.output<typeof CopyMonth>;

export const MonthBudgets = z.object({
  month: Month,
  budgets: z.array(z.object({ channel: z.string(), amount: DecimalString })),
});
export type MonthBudgets = z.infer<typeof MonthBudgets>;
