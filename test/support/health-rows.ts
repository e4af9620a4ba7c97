import type { House } from "@touchline/server/house";

type Row = Readonly<Record<string, unknown>>;

/** Rows of the tables that data health looks at, as somebody might find them. */
export interface HealthRows {
  imports: Row[];
  touchpoints: Row[];
  conversions: Row[];
  spend: Row[];
  adjustments: Row[];
  rejected_rows: Row[];
  person_builds: Row[];
  forgotten: Row[];
}

/** The clock of these rows: noon of the day after the last one. */
export const NOW = new Date("2026-06-30T12:00:00Z");
export const FIRST_DAY = "2026-05-01";
const DAYS = 60;

const DAY_MS = 86_400_000;
export const dayOf = (index: number) => new Date(Date.parse(FIRST_DAY) + index * DAY_MS).toISOString().slice(0, 10);

const IMPORT = {
  state: "done",
  duplicates: 0,
  replaced: 0,
  rejected: 0,
  filtered: 0,
  started_at: "2026-06-30 06:00:00",
  updated_at: "2026-06-30 06:00:05",
  owner: "test:1",
  transport: "file",
};

export function importRow(id: number, kind: string, source: string, stored: number, change: Row = {}): Row {
  const row = { ...IMPORT, import_id: id, kind, source, stored, file: `${kind}.csv`, fingerprint: `f${id}`, ...change };
  const { duplicates, replaced, rejected, filtered } = row as typeof IMPORT;
  return { received: row.stored + duplicates + replaced + rejected + filtered, ...row };
}

export const touchRow = (id: string, change: Row): Row => ({
  event_id: id,
  interaction: "click",
  consent: "granted",
  import_id: 1,
  expires_on: "2029-01-01",
  ...change,
});

export const conversionRow = (id: string, change: Row): Row => ({
  conversion_id: id,
  conversion_type: "purchase",
  revenue: "40",
  currency: "EUR",
  consent: "granted",
  source: "shop",
  import_id: 2,
  expires_on: "2029-01-01",
  ...change,
});

export const refusedRow = (line: number, change: Row): Row => ({
  kind: "conversions",
  fingerprint: "f2",
  line,
  file: "conversions.csv",
  source: "shop",
  step: "validate",
  raw: `row ${line}`,
  state: "open",
  import_id: 2,
  rejected_at: "2026-06-30 06:00:05",
  updated_at: "2026-06-30 06:00:05",
  expires_on: "2029-01-01",
  ...change,
});

/** Sixty days of a shop of which every rule of data health is content. */
export function healthyRows(): HealthRows {
  const rows: HealthRows = {
    ...{ imports: [], touchpoints: [], conversions: [], spend: [], adjustments: [], rejected_rows: [] },
    ...{ person_builds: [], forgotten: [] },
  };
  for (let day = 0; day < DAYS; day++) {
    const date = dayOf(day);
    for (let i = 0; i < 5; i++) {
      const visitor = { visitor_id: 1 + day * 5 + i, occurred_at: `${date} 10:0${i}:00` };
      rows.touchpoints.push(touchRow(`e${day}-${i}`, { ...visitor, channel: i < 3 ? "Search" : "Social" }));
    }
    for (let i = 0; i < 2; i++) {
      const buyer = { visitor_id: 1 + day * 5 + i, occurred_at: `${date} 18:00:00` };
      rows.conversions.push(conversionRow(`k${day}-${i}`, { ...buyer, order_id: `o${day}-${i}` }));
    }
    for (const channel of ["Search", "Social"]) {
      rows.spend.push({
        ...{ spend_date: date, channel, campaign: "c", source: "ads", cost: "10", currency: "EUR" },
        ...{ platform_conversions: "1", platform_value: "40", import_id: 3, is_withdrawn: 0 },
      });
    }
  }
  rows.imports.push(
    importRow(1, "touchpoints", "web", rows.touchpoints.length),
    importRow(2, "conversions", "shop", rows.conversions.length),
    importRow(3, "spend", "ads", rows.spend.length),
  );
  return rows;
}

/** Writes the rows into a workspace as they are. */
export async function storeRows(house: House, workspace: string, rows: HealthRows): Promise<void> {
  const { engine } = (await house.workspace(workspace)).warehouse;
  for (const [table, list] of Object.entries(rows)) {
    await engine.insertRows(
      "test",
      table,
      (list as Row[]).map((row) => ({ workspace_id: workspace, ...row })),
    );
  }
}
