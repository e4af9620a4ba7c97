import { listScenarioRows, removeScenarioRow, type ScenarioRow, saveScenarioRow } from "@touchline/sql";
import { Plan, ProposeInput, type Scenario } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";

const MOST_SCENARIOS = 500;

export interface StoredScenario extends Scenario {
  readonly revision: number;
}

/** The one that was saved last first. One that a version with other plans wrote is left out: it cannot be shown or compared. */
export async function fetchScenarios(workspace: Workspace, limit = MOST_SCENARIOS): Promise<StoredScenario[]> {
  return (await workspace.warehouse.ask(listScenarioRows, { limit })).flatMap(readRow);
}

function readRow(row: ScenarioRow): StoredScenario[] {
  const input = ProposeInput.safeParse(JSON.parse(row.input));
  const plan = Plan.safeParse(JSON.parse(row.plan));
  if (!input.success || !plan.success) return [];
  const { scenarioId: id, revision, scenarioName: name, runId: run, savedBy, savedAt } = row;
  return [{ id, revision, name, run, savedBy, savedAt, input: input.data, plan: plan.data }];
}

/** Writes a scenario over its last revision. */
export async function storeScenario(workspace: Workspace, scenario: StoredScenario): Promise<void> {
  const { id, revision, name, input, plan, run, savedBy, savedAt } = scenario;
  await workspace.warehouse.tell(saveScenarioRow, {
    ...{ scenarioId: id, revision, scenarioName: name, runId: run, savedBy, savedAt },
    ...{ input: JSON.stringify(input), plan: JSON.stringify(plan) },
  });
}

export async function dropScenario(workspace: Workspace, { id, revision }: StoredScenario): Promise<void> {
  await workspace.warehouse.tell(removeScenarioRow, { scenarioId: id, revision: revision + 1 });
}

/** Names are told apart by their letters, not by their case. */
export function isCalled(scenario: Pick<Scenario, "name">, name: string): boolean {
  return scenario.name.toLowerCase() === name.trim().toLowerCase();
}

const SHORTEST_PREFIX = 4;

/** By name, by id, or by how exactly one id begins. @throws UserError that lists what there is */
export function requireScenario(scenarios: readonly StoredScenario[], named: string): StoredScenario {
  const exact = scenarios.find((each) => each.id === named || isCalled(each, named));
  if (exact !== undefined) return exact;
  const begun = named.length < SHORTEST_PREFIX ? [] : scenarios.filter(({ id }) => id.startsWith(named));
  if (begun.length === 1) return begun[0]!;
  const known =
    scenarios.length === 0 ? "none is saved" : `there are ${scenarios.map(({ name }) => `"${name}"`).join(", ")}`;
  throw new UserError(
    begun.length > 1
      ? `several scenarios begin with ${named}: give more of the id`
      : `no scenario is called "${named}"; ${known}`,
  );
}
