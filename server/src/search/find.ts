import { findableNames, listExperiments, sourceNames } from "@touchline/sql";
import { desc } from "drizzle-orm";
import type { FindableKind, Found } from "../contract/index.ts";
import { proposals, scenarios, type WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { findNamed } from "./match-text.ts";

type Thing = Found["found"][number];

interface Desk {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
}

/** Of one kind: whoever looks for the ninth types another letter. */
const MOST_OF_A_KIND = 8;
const MOST_DECISIONS = 500;

function distinct(things: readonly Thing[]): Thing[] {
  return [...new Map(things.map((thing) => [`${thing.channel ?? ""}\0${thing.id}`, thing])).values()];
}

function thing(kind: FindableKind, name: string, { id = name, channel = null as string | null } = {}): Thing {
  return { kind, id, name, channel };
}

/** What files and events have brought, by kind. */
async function gatherNames({ warehouse }: Workspace): Promise<Thing[][]> {
  const [rows, sources, tests] = await Promise.all([
    warehouse.ask(findableNames, {}),
    warehouse.ask(sourceNames, {}),
    warehouse.ask(listExperiments, {}),
  ]);
  const ofChannel = (kind: "campaign" | "creative") =>
    rows.filter((row) => row[kind] !== "").map((row) => thing(kind, row[kind], { channel: row.channel }));
  return [
    distinct(rows.filter(({ channel }) => channel !== "").map(({ channel }) => thing("channel", channel))),
    distinct(ofChannel("campaign")),
    distinct(ofChannel("creative")),
    tests.map(({ experimentId, channel }) => thing("experiment", experimentId, { channel })),
    sources.filter(({ isType }) => isType === 0).map(({ name }) => thing("source", name)),
  ];
}

/** What people have decided, the newest first. */
async function gatherDecisions(store: WorkspaceStore): Promise<Thing[][]> {
  const [saved, proposed] = await Promise.all([
    store.select(scenarios, undefined, { orderBy: desc(scenarios.savedAt), limit: MOST_DECISIONS }),
    store.select(proposals, undefined, { orderBy: desc(proposals.proposedAt), limit: MOST_DECISIONS }),
  ]);
  return [
    saved.map(({ id, name }) => thing("scenario", name, { id })),
    proposed.map(({ id, name }) => thing("proposal", name, { id })),
  ];
}

/** Whatever the workspace holds under a name with all words of the text, a few of each kind. */
export async function findByName({ workspace, store }: Desk, text: string): Promise<Found> {
  if (text === "") return { found: [] };
  const names = workspace.remember(`findable names ${await workspace.watermark()}`, () => gatherNames(workspace));
  const [imported, decided] = await Promise.all([names, gatherDecisions(store)]);
  return { found: [...imported, ...decided].flatMap((things) => findNamed(things, text, MOST_OF_A_KIND)) };
}
