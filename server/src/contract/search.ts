import { z } from "zod";

/** What a workspace holds under a name of its own. */
const FindableKind = z.enum(["channel", "campaign", "creative", "scenario", "proposal", "experiment", "source"]);
export type FindableKind = z.infer<typeof FindableKind>;

export const FindInput = z.object({ text: z.string().trim().max(100) });

export const Found = z.object({
  found: z.array(
    z.object({
      kind: FindableKind,
      /** What leads to it: an id where it has one, otherwise the name. */
      id: z.string(),
      name: z.string(),
      /** The channel of a campaign, of a creative or of a test; null for what belongs to none. */
      channel: z.string().nullable(),
    }),
  ),
});
export type Found = z.infer<typeof Found>;
