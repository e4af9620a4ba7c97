import { adjustment, conversion, cost, link, touch } from "../support/events.ts";
import type { SentKind } from "../support/send.ts";
import type { Random } from "./random.ts";

export const WORKSPACES = ["north", "south"] as const;
export type WorkspaceName = (typeof WORKSPACES)[number];

/** The table that an item ends in. */
export type Table = "touchpoints" | "conversions" | "adjustments" | "identities" | "spend";

export interface Item {
  readonly id: string;
  readonly table: Table;
  readonly isGood: boolean;
  readonly body: Readonly<Record<string, string>>;
}

export interface Batch {
  readonly workspace: WorkspaceName;
  readonly kind: SentKind;
  readonly items: readonly Item[];
  /** Sent once more after it was acknowledged. */
  readonly isRepeated: boolean;
  /** Not sent again when no answer came. */
  readonly isGivenUp: boolean;
}

export interface RoundPlan {
  /** What each sender sends, one batch after the other. */
  readonly senders: readonly (readonly Batch[])[];
  /** Imported by the command while the senders send. */
  readonly file: Batch | null;
  /** One server after the other is killed: so many milliseconds after it is ready, or after it is started. */
  readonly kills: readonly { readonly from: "ready" | "start"; readonly afterMs: number }[];
  readonly lastSignal: "SIGTERM" | "SIGKILL";
}

const SPOILT: Readonly<Record<Table, Readonly<Record<string, string>>>> = {
  touchpoints: { interaction: "stare" },
  conversions: { revenue: "much" },
  adjustments: { amount: "none" },
  identities: { person_id: "" },
  spend: { cost: "-1" },
};

/** Tells items of a workspace by their names; a link is told by its source, because its names are hashed. */
function itemOf(table: Table, id: string, n: number, isGood: boolean): Item {
  const made = {
    touchpoints: () => ({ ...touch(id, n), occurred_at: `202${4 + (n % 3)}-0${1 + (n % 6)}-11T10:00:00Z` }),
    conversions: () => conversion(id, n),
    adjustments: () => adjustment(id, id.replace("adjustments", "conversions"), n),
    identities: () => ({ ...link(`v ${id}`, `p ${id}`), source: id }),
    spend: () => cost(id, n),
  }[table]();
  return { id, table, isGood, body: isGood ? made : { ...made, ...SPOILT[table] } };
}

/** Batches are written a second after their first row: most kills strike then, some before, some while a server recovers. */
function planKill(isFirst: boolean, random: Random): RoundPlan["kills"][number] {
  if (!isFirst && random.once(3)) return { from: "start", afterMs: 300 + random.below(1_500) };
  return { from: "ready", afterMs: random.once(5) ? random.below(1_000) : 1_000 + random.below(900) };
}

export function planRound(round: number, random: Random): RoundPlan {
  let n = 0;
  const planned: Batch[] = [];
  const newItem = (kind: SentKind): Item => {
    const table = kind === "conversions" && random.once(5) ? "adjustments" : kind;
    return itemOf(table, `r${round} ${table} ${n}`, n++, !random.once(25));
  };
  const newBatch = (workspace: WorkspaceName, kind: SentKind, size: number): Batch => {
    const items = Array.from({ length: size }, () => newItem(kind));
    // Some of what was planned before comes along once more, from whatever sender.
    const same = planned.filter((batch) => batch.workspace === workspace && batch.kind === kind);
    if (same.length > 0 && random.once(3)) {
      const again = random.pick(same).items;
      for (let i = 0; i < 1 + random.below(20); i++) items.splice(random.below(items.length), 0, random.pick(again));
    }
    const batch = { workspace, kind, items, isRepeated: random.once(6), isGivenUp: random.once(12) };
    planned.push(batch);
    return batch;
  };
  const kinds: readonly SentKind[] = [
    "touchpoints",
    "touchpoints",
    "conversions",
    "conversions",
    "identities",
    "spend",
  ];
  const size = () => (random.once(4) ? 500 + random.below(2_000) : 1 + random.below(120));
  const senders = Array.from({ length: 4 + random.below(5) }, () =>
    Array.from({ length: 2 + random.below(4) }, () => newBatch(random.pick(WORKSPACES), random.pick(kinds), size())),
  );
  const file = random.once(2)
    ? newBatch(random.pick(WORKSPACES), random.pick(["touchpoints", "conversions"]), 12_000)
    : null;
  return {
    senders,
    file,
    kills: Array.from({ length: 1 + random.below(3) }, (_, i) => planKill(i === 0, random)),
    lastSignal: random.once(3) ? "SIGKILL" : "SIGTERM",
  };
}
