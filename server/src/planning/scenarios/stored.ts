import { desc, eq } from "drizzle-orm";
import { Plan, ProposeInput, type Scenario } from "../../contract/index.ts";
import { scenarios, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";

const MOST_SCENARIOS = 500;

/** The one that was saved last first. One that a version with other plans wrote is left out: it cannot be shown or compared. */
export async function fetchScenarios(store: WorkspaceStore, limit = MOST_SCENARIOS): Promise<Scenario[]> {
  const orderBy = [desc(scenarios.savedAt), desc(scenarios.id)];
  return (await store.select(scenarios, undefined, { orderBy, limit })).flatMap(readRow);
}

function readRow({ id, name, run, savedBy, savedAt, ...row }: typeof scenarios.$inferSelect): Scenario[] {
  const input = ProposeInput.safeParse(row.input);
  const plan = Plan.safeParse(row.plan);
  if (!input.success || !plan.success) return [];
  return [{ id, name, run, savedBy, savedAt: savedAt.toISOString(), input: input.data, plan: plan.data }];
}

/** Writes a scenario, anew or over the one of its id. */
export async function storeScenario(store: WorkspaceStore, { id, savedAt, ...scenario }: Scenario): Promise<void> {
  const row = { ...scenario, nameKey: nameKey(scenario.name), savedAt: new Date(savedAt) };
  const [before] = await store.update(scenarios, row, eq(scenarios.id, id));
  if (before === undefined) await store.insert(scenarios, { ...row, id });
}

export async function dropScenario(store: WorkspaceStore, id: string): Promise<void> {
  await store.remove(scenarios, eq(scenarios.id, id));
}

/** Names are told apart by their letters, not by their case. */
function nameKey(name: string): string {
  return name.trim().toLowerCase();
}

export function isCalled(scenario: Pick<Scenario, "name">, name: string): boolean {
  return nameKey(scenario.name) === nameKey(name);
}

const SHORTEST_PREFIX = 4;

/** By name, by id, or by how exactly one id begins. @throws UserError that lists what there is */
export function requireScenario(scenarios: readonly Scenario[], named: string): Scenario {
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
