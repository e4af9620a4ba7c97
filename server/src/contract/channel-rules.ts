import { z } from "zod";

const Text = z.string().max(300);

/** What must hold of one part of an arrival: how the texts are looked at stands with the rules' SQL. */
const ChannelCondition = z
  .strictObject({
    part: z.enum(["source", "medium", "campaign", "click_id", "referrer"]),
    is: z.array(Text).min(1).max(1000).optional(),
    matches: Text.min(1).optional(),
    list: z.enum(["search-engines", "social-sites", "shopping-sites", "video-sites", "ai-assistants"]).optional(),
    empty: z.boolean().optional(),
  })
  .transform(({ part, is, matches, list, empty }, context) => {
    const said = [
      ...(is === undefined ? [] : [{ part, is }]),
      ...(matches === undefined ? [] : [{ part, matches }]),
      ...(list === undefined ? [] : [{ part, list }]),
      ...(empty === undefined ? [] : [{ part, empty }]),
    ];
    if (said.length !== 1) {
      context.addIssue({ code: "custom", message: 'say exactly one of "is", "matches", "list" and "empty"' });
      return z.NEVER;
    }
    return said[0]!;
  });

/** Its text grows into a query, and the engine takes queries of up to 256 kB. */
const LONGEST_RULES = 60_000;

/** The first rule that holds names the channel. */
export const ChannelRules = z
  .array(
    z.strictObject({
      channel: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .regex(/^\P{Cc}*$/u, "a channel's name has no control characters"),
      all: z.array(ChannelCondition).min(1).max(20),
    }),
  )
  .min(1)
  .max(500)
  .refine((rules) => JSON.stringify(rules).length <= LONGEST_RULES, "the rules are longer than 60,000 characters");
export type ChannelRules = z.output<typeof ChannelRules>;
