import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { writeSimulatedShop } from "@touchline/server/demo";
import { keepUpload } from "../../server/src/mapping/index.ts";
import { type PeopleWorld, type Person, quoted } from "./people-world.ts";

/** Stands in every name that this workspace alone knows: whoever reads it has seen what is not theirs. */
export const MARK = "Northern";

export const WEEKLY = { period: "week", budget: null, exact: false, maxChange: null, bounds: [] };

/** What stands in a workspace where everything was done once, by id. */
export interface FullWorkspace {
  readonly id: string;
  readonly owner: Person;
  readonly run: string;
  readonly otherRun: string;
  readonly refusedRow: { readonly fingerprint: string; readonly line: number };
  readonly visitor: string;
  readonly session: string;
  /** New ones of what a call uses up. */
  scenario(): Promise<string>;
  proposal(proposedBy?: string): Promise<string>;
  /** An approved plan that waits to be sent. */
  activated(): Promise<string>;
  key(): Promise<string>;
  /** Leads nowhere: nothing leaves this machine. */
  webhook(): Promise<string>;
  /** One that was given up. */
  delivery(): Promise<string>;
  /** A run of the rebalancing that waits for a server. */
  weeklyRun(): Promise<string>;
  reportSchedule(): Promise<string>;
  /** A month that can be closed, one that is closed, and something of its ledger. */
  openMonth(): Promise<string>;
  closedMonth(): Promise<string>;
  ledgerEntry(): Promise<string>;
  invitation(): Promise<string>;
  member(): Promise<string>;
  view(ownerId: string): Promise<string>;
  note(writerId: string): Promise<string>;
  /** A file that this person sent. */
  upload(userId: string): Promise<string>;
  /** The source of a mapping that was kept. */
  mapping(): Promise<string>;
}

/** How the files of `upload` are read. */
export const UPLOAD_LAYOUT = {
  type: "own",
  mapping: {
    source: "northern-weather",
    kind: "context",
    columns: { date: { column: "day" }, name: { text: "rain" }, value: { column: "rain" } },
  },
} as const;

async function importShop({ world }: PeopleWorld, workspace: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-full-"));
  const shop = await writeSimulatedShop(folder, { people: 600, days: 60, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const)
    await world.json("import", kind, shop[kind], "--workspace", workspace);
  rmSync(folder, { recursive: true, force: true });
  const head = "event_id,occurred_at,visitor_id,channel,campaign,interaction";
  const visitor = `${MARK.toLowerCase()}-visitor`;
  const rows = [
    `x1,2026-09-20T10:00:00Z,${visitor},${MARK} Radio,spring,click`,
    `x2,no time at all,${visitor},${MARK} Radio,spring,click`,
    `x3,no time either,${visitor},${MARK} Radio,spring,click`,
  ];
  await world.run(
    "import",
    "touchpoints",
    world.file("odd.csv", [head, ...rows, ""].join("\n")),
    "--workspace",
    workspace,
  );
  return visitor;
}

/** Fills a workspace: data, refused rows, runs, a plan of each kind, a key, an invitation, a test, a request of a visitor. */
export async function fillWorkspace(people: PeopleWorld, owner: Person, id: string): Promise<FullWorkspace> {
  const { caller } = owner;
  const visitor = await importShop(people, id);
  await caller.ask("attribution.compare", { range: RANGE, models: ["last", "linear"] });
  const { runs } = await caller.ask<{ runs: { run: string }[] }>("runs.list", {});
  const { rows } = await caller.ask<{ rows: FullWorkspace["refusedRow"][] }>("data.rejected", {});
  const saved = await caller.ask<{ id: string }>("planning.scenarios.save", {
    name: `${MARK} plan`,
    input: WEEKLY,
    replace: false,
  });
  const put = await caller.ask<{ id: string }>("proposals.propose", {
    name: `${MARK} proposal`,
    note: "",
    input: WEEKLY,
  });
  const view = await caller.ask<{ id: string }>("views.save", {
    ...{ name: `${MARK} view`, page: "/performance", search: "days=last7" },
  });
  await caller.ask("views.share", { id: view.id, isShared: true });
  const budgets = [{ channel: `${MARK} budget`, amount: "100" }];
  await caller.ask("pacing.setBudgets", { month: "2020-01", budgets });
  const note = await caller.ask<{ id: string }>("annotations.add", { ...RANGE, text: `${MARK} note` });
  await caller.ask("experiments.add", experiment(`${MARK} test`));
  await caller.ask("privacy.exportPerson", { identifier: visitor });
  const sessions = await caller.ask<{ id: string }[]>("account.sessions");
  const { fingerprint, line } = rows[0]!;
  const copy = async (table: string, from: string, change: Record<string, string>) => {
    const columns = await people.rows<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_name = '${table}'`,
    );
    const names = columns.map(({ column_name }) => column_name);
    const values = names.map((name) => (change[name] === undefined ? name : quoted(change[name])));
    await people.rows(
      `INSERT INTO ${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM ${table} WHERE id = ${quoted(from)}`,
    );
    return change.id!;
  };
  return {
    ...{ id, owner, visitor, run: runs[0]!.run, otherRun: runs[1]!.run, refusedRow: { fingerprint, line } },
    session: sessions[0]!.id,
    scenario: () => {
      const name = `${MARK} plan ${randomUUID()}`;
      return copy("scenarios", saved.id, { id: randomUUID(), name, name_key: name.toLowerCase() });
    },
    proposal: (proposedBy = owner.id) => copy("proposals", put.id, { id: randomUUID(), proposed_by: proposedBy }),
    async activated() {
      const decided = { state: "approved", decided_by: owner.id, decided_at: new Date().toISOString() };
      const proposalId = await copy("proposals", put.id, { id: randomUUID(), ...decided });
      await people.rows(
        `INSERT INTO activations (workspace_id, proposal_id, channel, state, from_daily, to_daily, campaigns, approved_at)
        VALUES (${quoted(id)}, '${proposalId}', '${MARK} Radio', 'approved', '10.00', '12.00', '[]', now())`,
      );
      return proposalId;
    },
    view: (ownerId) =>
      copy("saved_views", view.id, { id: randomUUID(), name: `${MARK} view ${randomUUID()}`, owner_id: ownerId }),
    note: (writerId) => copy("annotations", note.id, { id: randomUUID(), writer_id: writerId }),
    async key() {
      const { row } = await caller.ask<{ row: { id: string } }>("keys.create", {
        name: `${MARK} key`,
        scopes: ["ingest"],
      });
      return row.id;
    },
    async webhook() {
      const own = { name: `${MARK} hook`, url: "https://hooks.invalid/touchline" };
      const { webhook } = await caller.ask<{ webhook: { id: string } }>("notifications.createWebhook", {
        ...{ ...own, format: "touchline", events: ["test"] },
      });
      return webhook.id;
    },
    async delivery() {
      const deliveryId = randomUUID();
      await people.rows(
        `INSERT INTO deliveries (workspace_id, id, kind, target, event, body, state, attempts, next_at, created_at)
        VALUES (${quoted(id)}, '${deliveryId}', 'mail', '${MARK}@shop.example', 'test', '{}', 'given-up', 8, now(), now())`,
      );
      return deliveryId;
    },
    async weeklyRun() {
      return (await caller.ask<{ id: string }>("rebalancing.start", { isDry: true })).id;
    },
    async reportSchedule() {
      const { id: made } = await caller.ask<{ id: string }>("reports.addSchedule", {
        ...{
          name: `${MARK} report`,
          every: "month",
          day: 2,
          hour: 7,
          level: "channel",
          formats: ["csv"],
          locale: "en",
        },
        recipients: ["finance@shop.example"],
      });
      return made;
    },
    async openMonth() {
      const { reopenable } = await caller.ask<{ reopenable: string | null }>("reports.months");
      if (reopenable !== null) await caller.ask("reports.reopen", { month: reopenable, reason: `${MARK} test` });
      return MONTH;
    },
    async closedMonth() {
      const { reopenable } = await caller.ask<{ reopenable: string | null }>("reports.months");
      if (reopenable === null) await caller.ask("reports.close", { month: MONTH });
      return MONTH;
    },
    async ledgerEntry() {
      const entry = { kind: "commitment", month: MONTH, channel: `${MARK} Radio`, amount: "100" };
      const [written] = await caller.ask<{ id: string }[]>("reports.addEntry", entry);
      return written!.id;
    },
    async invitation() {
      const email = `${randomUUID()}@northern.example`;
      await caller.ask("team.invite", { email, role: "viewer" });
      const team = await caller.ask<{ invitations: { id: string; email: string }[] }>("team.members");
      return team.invitations.find((each) => each.email === email)!.id;
    },
    async upload(userId) {
      const owner = { spoolFolder: people.world.house.spoolFolder, workspaceId: id, userId };
      return (await keepUpload(owner, `${MARK}.csv`, Readable.from([Buffer.from("day,rain\n2026-09-20,1\n")]))).id;
    },
    async mapping() {
      const source = `own-${randomUUID()}`;
      await caller.ask("mapping.keep", { ...UPLOAD_LAYOUT.mapping, source });
      return source;
    },
    async member() {
      const userId = randomUUID();
      await people.rows(
        `INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
        VALUES ('${userId}', '${MARK} guest', '${userId}@northern.example', true, now(), now())`,
      );
      await people.rows(
        `INSERT INTO memberships (workspace_id, user_id, role) VALUES (${quoted(id)}, '${userId}', 'viewer')`,
      );
      return userId;
    },
  };
}

const MONTH = "2026-09";
export const RANGE = { from: "2026-09-05", to: "2026-10-20" };

export function experiment(experimentId: string) {
  return {
    ...{ experimentId, channel: "Paid Search", method: "geo", startDate: "2026-09-10", endDate: "2026-09-24" },
    ...{ spend: "1000", incrementalConversions: 4, standardError: 1 },
  };
}

/** Everything of a workspace that is written down anywhere: one print a table. */
export async function stateOf(people: PeopleWorld, workspace: string): Promise<Record<string, unknown>> {
  const { warehouse } = people.world.house;
  const state: Record<string, unknown> = {};
  const events = (await warehouse.anyWorkspace(
    "tables-of-workspaces",
    `SELECT tables.name AS name, tables.engine AS engine FROM system.tables AS tables
    INNER JOIN system.columns AS columns ON columns.table = tables.name AND columns.database = tables.database
    WHERE tables.database = currentDatabase() AND columns.name = 'workspace_id' ORDER BY name`,
    {},
  )) as { name: string; engine: string }[];
  for (const { name, engine } of events) {
    const final = engine.includes("Replacing") ? "FINAL" : "";
    const [row] = await warehouse.anyWorkspace(
      "print-of-table",
      `SELECT count() AS rows, toString(sum(cityHash64(toString(tuple(*))))) AS print FROM ${name} ${final}
      WHERE workspace_id = {workspace:String}`,
      { workspace },
    );
    state[name] = row;
  }
  const accounts = await people.rows<{ table_name: string }>(
    `SELECT table_name FROM information_schema.columns
    WHERE column_name = 'workspace_id' AND table_schema = current_schema() ORDER BY table_name`,
  );
  const print = `count(*)::int AS rows, md5(coalesce(string_agg(it::text, ',' ORDER BY it::text), '')) AS print`;
  for (const { table_name: name } of accounts) {
    const [row] = await people.rows(`SELECT ${print} FROM ${name} AS it WHERE workspace_id = ${quoted(workspace)}`);
    state[`store ${name}`] = row;
  }
  for (const name of ["users", "credentials", "second_factors"])
    state[`store ${name}`] = (await people.rows(`SELECT ${print} FROM ${name} AS it`))[0];
  return state;
}
