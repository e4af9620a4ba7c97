import { randomUUID } from "node:crypto";
import {
  type CompareScenarios,
  DAYS_PER_PERIOD,
  type Plan,
  ProposeInput,
  type SaveScenario,
  type Scenario,
  type ScenarioComparison,
  type ScenarioSummary,
} from "../../contract/index.ts";
import type { Actor } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { type PlannedToday, planToday } from "../plan-today.ts";
import { describeChanges } from "./describe-changes.ts";
import { dropScenario, fetchScenarios, isCalled, requireScenario, storeScenario } from "./stored.ts";

/** The scenarios of a workspace, the one that was saved last first. */
export async function listScenarios(workspace: Workspace): Promise<ScenarioSummary[]> {
  return (await knownScenarios(workspace)).map(summarise);
}

/** By name, by id, or by how an id begins. @throws UserError when there is none */
export async function findScenario(workspace: Workspace, named: string): Promise<Scenario> {
  return requireScenario(await knownScenarios(workspace), named);
}

/** Reading does not make a store where there is none. */
async function knownScenarios(workspace: Workspace, limit?: number): Promise<Scenario[]> {
  const store = await workspace.store.openIfAny();
  return store === null ? [] : fetchScenarios(store, limit);
}

/**
 * Plans on today's curves and keeps limits and plan under a name.
 * @throws UserError when the name is taken and is not to be replaced
 */
export function saveScenario(
  workspace: Workspace,
  { name, input: given, replace }: SaveScenario,
  actor: Actor,
): Promise<Scenario> {
  return workspace.inTurn("scenarios", async () => {
    const store = await workspace.store.open();
    const known = (await fetchScenarios(store)).find((each) => isCalled(each, name));
    if (known !== undefined && !replace) throw nameTaken(known.name);
    const input = ProposeInput.parse(given);
    const { plan } = await planToday(workspace, input);
    const scenario: Scenario = {
      ...{ id: known?.id ?? randomUUID(), name: name.trim(), input, plan },
      ...{ run: plan.sources.run ?? "", savedBy: actor.name, savedAt: new Date().toISOString() },
    };
    await store.transaction(async (tx) => {
      await storeScenario(tx, scenario);
      await tx.audit({
        ...{
          actor,
          action: known === undefined ? "scenarios.save" : "scenarios.replace",
          subject: subjectOf(scenario),
        },
        ...{ before: known && auditedOf(known), after: auditedOf(scenario) },
      });
    });
    return scenario;
  });
}

/** @throws UserError when there is none, or the name is another's */
export function renameScenario(
  workspace: Workspace,
  named: string,
  name: string,
  actor: Actor,
): Promise<ScenarioSummary> {
  return workspace.inTurn("scenarios", async () => {
    const store = await workspace.store.open();
    const scenarios = await fetchScenarios(store);
    const found = requireScenario(scenarios, named);
    const other = scenarios.find((each) => each.id !== found.id && isCalled(each, name));
    if (other !== undefined) throw nameTaken(other.name);
    const renamed = { ...found, name: name.trim() };
    await store.transaction(async (tx) => {
      await storeScenario(tx, renamed);
      await tx.audit({
        ...{ actor, action: "scenarios.rename", subject: subjectOf(found) },
        ...{ before: { name: found.name }, after: { name: renamed.name } },
      });
    });
    return summarise(renamed);
  });
}

/** @throws UserError when there is none */
export function removeScenario(
  workspace: Workspace,
  named: string,
  actor: Actor,
): Promise<{ id: string; name: string }> {
  return workspace.inTurn("scenarios", async () => {
    const store = await workspace.store.open();
    const found = requireScenario(await fetchScenarios(store), named);
    await store.transaction(async (tx) => {
      await dropScenario(tx, found.id);
      await tx.audit({ actor, action: "scenarios.remove", subject: subjectOf(found), before: auditedOf(found) });
    });
    return { id: found.id, name: found.name };
  });
}

function subjectOf({ id }: Scenario) {
  return { kind: "scenario", id };
}

/** What the audit keeps of a scenario: its limits, and what they came to. */
function auditedOf({ name, input, run, plan }: Scenario) {
  return { name, input, run, budget: plan.budget, status: plan.status };
}

/** Scenarios side by side, as they were saved and, where that is asked for, as they would be today. */
export async function compareScenarios(
  workspace: Workspace,
  { ids, recompute }: CompareScenarios,
): Promise<ScenarioComparison> {
  const stored = await knownScenarios(workspace);
  const found = ids.map((named) => requireScenario(stored, named));
  const scenarios: ScenarioComparison["scenarios"] = [];
  for (const scenario of found) {
    const planned = recompute ? await planToday(workspace, scenario.input) : null;
    const today =
      planned === null
        ? null
        : { plan: planned.plan, changes: describeChanges(scenario, scenario.input, planned, planned.plan) };
    scenarios.push({ scenario, today });
  }
  const names = new Set(
    scenarios.flatMap(({ scenario, today }) =>
      [scenario.plan, ...(today === null ? [] : [today.plan])].flatMap(({ allocation }) =>
        allocation.map(({ channel }) => channel),
      ),
    ),
  );
  return {
    scenarios,
    channels: [...names].sort().map((channel) => ({
      channel,
      saved: scenarios.map(({ scenario }) => spendPerDay(scenario.plan, channel)),
      today: scenarios.map(({ today }) => (today === null ? null : spendPerDay(today.plan, channel))),
    })),
  };
}

/** A plan beside the scenario that was saved last; null where there is none. */
export async function changesSinceLast(
  workspace: Workspace,
  input: ProposeInput,
  planned: PlannedToday,
): Promise<Plan["changes"]> {
  const [last] = await knownScenarios(workspace, 1);
  if (last === undefined) return null;
  const isSame = JSON.stringify(last.input) === JSON.stringify(ProposeInput.parse(input));
  return describeChanges(last, input, planned, isSame ? planned.plan : await replanned(workspace, last.input));
}

/** Old limits may name what is not there any more. */
async function replanned(workspace: Workspace, input: ProposeInput): Promise<Plan | null> {
  try {
    return (await planToday(workspace, input)).plan;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function summarise({ plan, ...scenario }: Scenario): ScenarioSummary {
  const { status, budget, currency, expected, shadowPrices, allocation } = plan;
  const cents = allocation.reduce((sum, { recommended }) => sum + Math.round(100 * Number(recommended)), 0);
  return {
    ...scenario,
    ...{ status, budget, currency, expected, spend: (cents / 100).toFixed(2) },
    binding: shadowPrices.toSorted((a, b) => Math.abs(b.price) - Math.abs(a.price)),
  };
}

function spendPerDay({ allocation, period }: Plan, channel: string): number | null {
  const row = allocation.find((each) => each.channel === channel);
  return row === undefined ? null : Number(row.recommended) / DAYS_PER_PERIOD[period];
}

function nameTaken(name: string): UserError {
  return new UserError(`a scenario is called "${name}" already: choose another name, or replace it`);
}
