import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Nobody is there to approve: runs apply plans of any size themselves. All else is as it comes. */
const SETTINGS = { approval: { applyUpTo: 1e12 } };

/** What the product made of one week. */
export interface Decision {
  /** applied, or why not; the state of the run in the product's words. */
  readonly state: string;
  readonly outcome: string;
  /** Spend a day by channel, of those that the plan names; null where everything stays. */
  readonly split: ReadonlyMap<string, number> | null;
  /** Gain of a week by the product's own curves. */
  readonly promised: number | null;
  /** Channels that a guard-rail kept from moving, with the rule; null where nobody came as far as to say. */
  readonly held: ReadonlyMap<string, string> | null;
  /** What stopped or trimmed it, by rule. */
  readonly rules: Readonly<Record<string, number>>;
}

export interface WeeklyPlanner {
  /** @param now the Monday morning of the week that is decided */
  plan(now: Date): Promise<Decision>;
}

export type RunCommand = (
  now: Date,
  ...argv: string[]
) => Promise<{ exitCode: number; stdout: string; stderr: string }>;

const Rebalanced = z.object({
  state: z.string(),
  outcome: z.string(),
  checks: z.array(z.object({ rule: z.string(), channel: z.string().nullable(), outcome: z.string() })),
  plan: z
    .object({
      allocation: z.array(z.object({ channel: z.string(), recommended: z.coerce.number() })),
      expected: z.object({ revenue: z.number(), revenueAtCurrent: z.number() }),
    })
    .nullable(),
});

/** With these a channel stays, whatever it is worth to move it. Noise is not among them: it is the plan's own doubt. */
const HOLDING = ["protected", "cool-down", "not-identified", "channel-silent"];
/** Put forward, applied or nothing to do; failed; blocked. All of them say how it was. */
const ENDINGS = [0, 1, 3];

/** The weekly command. @param folder for a file of settings */
export function planByRebalancing(run: RunCommand, folder: string): WeeklyPlanner {
  const settings = join(folder, "settings.json");
  writeFileSync(settings, JSON.stringify(SETTINGS));
  let isSet = false;
  return {
    async plan(now) {
      if (!isSet) await run(now, "rebalance", "--settings", settings);
      isSet = true;
      const { exitCode, stdout, stderr } = await run(now, "rebalance", "--json");
      if (!ENDINGS.includes(exitCode)) throw new Error(`touchline rebalance ended with ${exitCode}: ${stderr.trim()}`);
      return readRebalanced(Rebalanced.parse(JSON.parse(stdout)));
    },
  };
}

function readRebalanced({ state, outcome, checks, plan }: z.infer<typeof Rebalanced>): Decision {
  const isApplied = state === "applied" && plan !== null;
  const spoken = checks.filter((check) => check.outcome !== "passed");
  const rules: Record<string, number> = {};
  for (const { rule } of spoken) rules[rule] = (rules[rule] ?? 0) + 1;
  const held = spoken.flatMap(({ channel, rule }) =>
    channel !== null && HOLDING.includes(rule) ? [[channel, rule] as const] : [],
  );
  return {
    ...{ state, outcome, rules },
    split: isApplied ? new Map(plan.allocation.map((row) => [row.channel, row.recommended / 7])) : null,
    promised: isApplied ? plan.expected.revenue - plan.expected.revenueAtCurrent : null,
    held: plan === null ? null : new Map(held),
  };
}
