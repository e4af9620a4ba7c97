import { journeyFlow } from "@touchline/sql";
import type { z } from "zod";
import type { FlowNodeKind, JourneyFlow, JourneyFlowInput } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { parseStep, selectJourneys } from "./selection.ts";

const ENDS: readonly FlowNodeKind[] = ["converted", "convertedLater", "dropped", "droppedLater"];
const CONVERTED_ENDS: readonly FlowNodeKind[] = ["converted", "convertedLater"];

/** How journeys go from step to step, as nodes and the links between them. */
export async function fetchJourneyFlow(
  workspace: Workspace,
  { by, collapse, end, steps, most, ...selection }: z.output<typeof JourneyFlowInput>,
): Promise<JourneyFlow> {
  const filter = await selectJourneys(workspace, selection);
  const { currency } = await workspace.settings();
  const rows = await workspace.warehouse.ask(journeyFlow, {
    ...{ ...filter, collapse, byCampaign: by === "campaign", fromEnd: end === "last" },
    ...{ flowSteps: steps, limit: most },
  });
  const nodes = new Map<string, JourneyFlow["nodes"][number]>();
  const links: JourneyFlow["links"] = [];
  const meet = (place: number, kind: FlowNodeKind, name: string, journeys: number): string => {
    const id = `${place} ${kind} ${name}`;
    const met = nodes.get(id)?.journeys ?? 0;
    const step = kind === "step" ? parseStep(name) : null;
    nodes.set(id, { id, place, kind, step, journeys: met + journeys });
    return id;
  };
  for (const { place, fromKind, fromStep, toKind, toStep, ...figures } of rows) {
    const isStart = fromKind === "start" || fromKind === "earlier";
    // A step counts what comes in; where journeys come from, nothing does.
    const from = meet(place, fromKind, fromStep, isStart ? figures.journeys : 0);
    links.push({ from, to: meet(place + 1, toKind, toStep, figures.journeys), ...figures });
  }
  const sumOf = (kinds: readonly FlowNodeKind[]) =>
    [...nodes.values()].reduce((sum, { kind, journeys }) => sum + (kinds.includes(kind) ? journeys : 0), 0);
  return {
    currency,
    end,
    journeys: sumOf(ENDS),
    converted: sumOf(CONVERTED_ENDS),
    steps,
    nodes: [...nodes.values()],
    links,
  };
}
