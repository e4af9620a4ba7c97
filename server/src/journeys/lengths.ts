import { journeyLengths } from "@touchline/sql";
import type { z } from "zod";
import type { JourneyBucket, JourneyLengths, JourneySelection } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { figuresOf, selectJourneys } from "./selection.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Even buckets show the shape as it is: of so many hours each, the finest that need no more than MOST_BUCKETS. */
const BUCKET_HOURS = [2, 4, 24, 48, 72, 120, 168, 336, 720] as const;
const MOST_BUCKETS = 16;

function timeEdges(windowSeconds: number): number[] {
  const hours = BUCKET_HOURS.find((each) => windowSeconds / (each * HOUR) <= MOST_BUCKETS) ?? 720;
  return Array.from({ length: Math.ceil(windowSeconds / (hours * HOUR)) - 1 }, (_, i) => (i + 1) * hours * HOUR);
}

const TOUCH_EDGES = [2, 3, 4, 5, 6, 8, 11, 16, 21] as const;

const NOTHING = { journeys: 0, converted: 0, conversions: 0, revenue: "0" };

/** How long journeys are, in time and in touches. */
export async function fetchJourneyLengths(
  workspace: Workspace,
  selection: z.output<typeof JourneySelection>,
): Promise<JourneyLengths> {
  const filter = await selectJourneys(workspace, selection);
  const windowSeconds = filter.lookbackDays * DAY;
  const askBuckets = async (measured: "time" | "touches", edges: readonly number[], unit: number) => {
    const rows = await workspace.warehouse.ask(journeyLengths, {
      ...{ ...filter, measured },
      edges: edges.map((edge) => edge * unit),
    });
    return (low: number, high: number | null): JourneyBucket[] =>
      [...edges, high].map((end, index) => ({
        ...{ low: edges[index - 1] ?? low, high: end },
        ...figuresOf(rows.find(({ bucket }) => bucket === index) ?? NOTHING),
      }));
  };
  const [time, touches] = await Promise.all([
    askBuckets("time", timeEdges(windowSeconds), 1000),
    askBuckets("touches", TOUCH_EDGES, 1),
  ]);
  // A conversion exactly at the end of the window still belongs to it.
  return { time: time(0, windowSeconds), touches: touches(1, null) };
}
