import { z } from "zod";

/** How far a workspace is on its way to a first plan. */
export const GuideState = z.object({
  touchpoints: z.boolean(),
  spend: z.boolean(),
  conversions: z.boolean(),
  /** How many channels touchpoints name. */
  channels: z.number().int(),
  /** True where the workspace has rules of its own. */
  hasChannelRules: z.boolean(),
  hasRun: z.boolean(),
  /** A scenario that was saved, or a plan that was put forward. */
  hasPlan: z.boolean(),
  members: z.number().int(),
});
export type GuideState = z.infer<typeof GuideState>;
