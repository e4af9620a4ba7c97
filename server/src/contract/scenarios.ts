import { z } from "zod";
import { ProposeInput } from "./plan-limits.ts";
import { Plan, PlanChanges } from "./planning.ts";
import { DecimalString } from "./scalars.ts";

/** What people call a scenario. Two of a workspace never bear the same name, whatever the case of its letters. */
export const ScenarioName = z
  .string()
  .trim()
  .min(1, "a scenario needs a name")
  .max(80, "a name has at most 80 characters")
  .regex(/^\P{Cc}*$/u, "a name has no line breaks");

const ScenarioId = z.string().min(4).max(200);

/** Limits under a name, and the plan that they gave when they were saved. */
export const Scenario = z.object({
  id: z.string(),
  name: z.string(),
  /** What was asked for: the page can load it again. */
  input: ProposeInput,
  savedAt: z.string(),
  savedBy: z.string(),
  /** The attribution run that it stands on. */
  run: z.string(),
  /** The plan as it was: later data change nothing of it. */
  plan: Plan,
});
export type Scenario = z.infer<typeof Scenario>;

/** A scenario in a list: what it comes to, without its rows. */
export const ScenarioSummary = Scenario.omit({ plan: true }).extend({
  status: Plan.shape.status,
  budget: DecimalString,
  /** What its rows spend, together. */
  spend: DecimalString,
  currency: z.string(),
  expected: Plan.shape.expected,
  /** What the plan stands on, dearest first. */
  binding: Plan.shape.shadowPrices,
});
export type ScenarioSummary = z.infer<typeof ScenarioSummary>;

/** The newest first. */
export const ScenarioList = z.array(ScenarioSummary);

export const SaveScenario = z.object({
  name: ScenarioName,
  input: ProposeInput,
  /** Whether one of that name gives way; it is refused otherwise. */
  replace: z.boolean(),
});
export type SaveScenario = z.infer<typeof SaveScenario>;

/** By id, by how an id begins, or by name. */
export const CompareScenarios = z.object({
  ids: z.array(z.string().min(1).max(200)).min(1).max(6),
  /** Whether each is planned again on today's curves. */
  recompute: z.boolean(),
});
export type CompareScenarios = z.infer<typeof CompareScenarios>;

export const ScenarioComparison = z.object({
  /** In the order that was asked for. `today` is its input on today's curves; null where that was not asked for. */
  scenarios: z.array(
    z.object({
      scenario: Scenario,
      today: z.object({ plan: Plan, changes: PlanChanges }).nullable(),
    }),
  ),
  /** By channel: the spend of each scenario, in their order, null where it does not know the channel. Per day, so that periods agree. */
  channels: z.array(
    z.object({
      channel: z.string(),
      saved: z.array(z.number().nullable()),
      today: z.array(z.number().nullable()),
    }),
  ),
});
export type ScenarioComparison = z.infer<typeof ScenarioComparison>;

export const RemoveScenario = z.object({ id: ScenarioId });
export const RenameScenario = z.object({ id: ScenarioId, name: ScenarioName });
