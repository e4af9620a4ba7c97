import type { WorkspaceWarehouse } from "../warehouse.ts";
import { valuedRows } from "./currency.ts";
import { quoteText } from "./expressions.ts";
import type { ImportKind } from "./layouts.ts";
import { stagingTable } from "./stage.ts";
import { firstRow, type MoveCounts, type Staged, selectedRows } from "./staged.ts";

/** A table that holds one row for each key: what its rows are known by, and what a later row may say anew. */
interface ListShape {
  readonly key: readonly string[];
  readonly values: readonly string[];
  /** One row from those of a file that share a key. */
  readonly rows: (staged: Staged) => string;
  /** Columns that are written beside key, values and import_id. */
  readonly added: (staged: Staged) => Readonly<Record<string, string>>;
}

/** The last of the valid rows of each key. */
const lastOf = (keys: string, columns: string) => (staged: Staged) =>
  `SELECT ${columns}, 1 AS file_rows FROM ${selectedRows(staged)} WHERE reason = '' ORDER BY line DESC LIMIT 1 BY ${keys}`;

const nothing = () => ({});

const SHAPES: Partial<Record<ImportKind, ListShape>> = {
  spend: {
    key: ["spend_date", "channel", "campaign", "source", "region"],
    values: ["cost", "impressions", "clicks", "platform_conversions", "platform_value"],
    // A spend_id that comes twice is one row, restated: the later line counts. The others of a key add up.
    rows: (staged) => `
      SELECT date AS spend_date, channel, campaign, source, region, sum(cost_) AS cost, sumOrNull(impressions_) AS impressions,
        sumOrNull(clicks_) AS clicks, sumOrNull(platform_conversions_) AS platform_conversions, sumOrNull(platform_value_) AS platform_value,
        any(currency_) AS currency, sum(original_) AS original_cost, if(uniqExact(said_in) = 1, any(said_in), any(currency_)) AS original_currency, count() AS file_rows
      FROM (
        SELECT date, channel, campaign, source, region, cost AS cost_, impressions AS impressions_, clicks AS clicks_,
          platform_conversions AS platform_conversions_, platform_value AS platform_value_, currency AS currency_,
          original_amount AS original_, original_currency AS said_in
        FROM ${valuedRows(staged)} WHERE reason = ''
        ORDER BY line DESC LIMIT 1 BY ${staged.isLive ? "date, channel, campaign, source, region" : "if(spend_id = '', toString(line), concat('id ', source, ' ', spend_id))"})
      GROUP BY spend_date, channel, campaign, source, region`,
    added: () => ({
      currency: "currency",
      original_cost: "original_cost",
      original_currency: "original_currency",
    }),
  },
  identities: {
    key: ["visitor_id", "person_id"],
    values: [],
    rows: (staged) =>
      `SELECT visitor_id, person_id, linked_at, source, 1 AS file_rows FROM ${selectedRows(staged)} WHERE reason = ''
       ORDER BY linked_at, line LIMIT 1 BY visitor_id, person_id`,
    added: ({ expiresOn }) => ({
      linked_at: "linked_at",
      source: "source",
      expires_on: `toDate(${quoteText(expiresOn)})`,
    }),
  },
  context: {
    key: ["context_date", "name", "region", "source"],
    values: ["value"],
    rows: lastOf("date, name, region, source", "date AS context_date, name, region, source, value"),
    added: nothing,
  },
  rates: {
    key: ["rate_date", "base", "currency"],
    values: ["rate"],
    rows: (staged) => `
      SELECT date AS rate_date, if(base = '', ${quoteText(staged.currency ?? "EUR")}, base) AS base, currency, rate, 1 AS file_rows
      FROM (SELECT date, base AS base, currency, rate, line FROM ${selectedRows(staged)} WHERE reason = '')
      ORDER BY line DESC LIMIT 1 BY date, base, currency`,
    added: nothing,
  },
  experiments: {
    key: ["experiment_id"],
    values: [
      ...["channel", "method", "start_date", "end_date", "spend", "incremental_conversions", "standard_error"],
      ...["conversion_type", "spend_control", "spend_test", "estimand"],
    ],
    rows: lastOf("experiment_id", "* EXCEPT (extra, line, is_selected, reason, step, raw, fields)"),
    added: nothing,
  },
};

/** A day on which a source now says something else than before: amounts as decimal text. */
export interface SpendChange {
  readonly date: string;
  readonly source: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The rows of the file beside what is known of their keys. Of two imports that run side by side the one with the larger number has the
 * last word, whichever is done first: to the other its rows are what is known.
 */
function compared(kind: ImportKind, shape: ListShape, staged: Staged): string {
  const values = shape.values.map((name) => `old.${name} IS NOT DISTINCT FROM new.${name}`);
  const isSame = ["true", ...values, ...(kind === "spend" ? ["NOT old.is_withdrawn"] : [])].join(" AND ");
  const final = kind === "identities" ? "" : "FINAL";
  return `
    SELECT new.*, old.import_id != 0 AS is_known, is_known AND (old.import_id > ${staged.importId} OR (${isSame})) AS is_same
    FROM (${shape.rows(staged)}) AS new
    LEFT ANY JOIN (SELECT * FROM ${kind} ${final} WHERE workspace_id = {workspaceId:String}) AS old USING (${shape.key.join(", ")})`;
}

/**
 * What a source said of the days of this file before and says no longer. Where a row of a campaign was refused, nobody knows what the
 * source says of it: what stands there stays.
 */
function vanished(staged: Staged): string {
  const rows = (SHAPES.spend as ListShape).rows(staged);
  return `
    SELECT spend_date, channel, campaign, source, region, currency FROM (SELECT * FROM spend FINAL WHERE workspace_id = {workspaceId:String}) AS told
    INNER JOIN (SELECT source, min(spend_date) AS first_date, max(spend_date) AS last_date FROM (${rows}) GROUP BY source) AS said USING (source)
    WHERE NOT is_withdrawn AND cost != 0 AND spend_date BETWEEN first_date AND last_date
      AND (spend_date, channel, campaign, source, region) NOT IN (SELECT spend_date, channel, campaign, source, region FROM (${rows}))
      AND (channel, campaign, source, region) NOT IN (SELECT channel, campaign, source, region FROM ${valuedRows(staged)} WHERE reason != '')`;
}

/** The days on which the cost of a source changes with this import, largest change first. Ask before the rows are moved. */
export async function spendChanges(warehouse: WorkspaceWarehouse, staged: Staged): Promise<SpendChange[]> {
  const shape = SHAPES.spend as ListShape;
  const gone =
    staged.restates === "days"
      ? `UNION ALL SELECT spend_date, source, toDecimal128(0, 9) AS after FROM (${vanished(staged)})`
      : "";
  return (await warehouse.engine.rows(
    "spend-changes",
    `SELECT toString(spend_date) AS date, source, toString(any(was)) AS before, toString(any(was) + sum(after - known)) AS after
     FROM (
       SELECT n.spend_date AS spend_date, n.source AS source, n.after AS after, o.known AS known, d.was AS was
       FROM (SELECT spend_date, source, channel, campaign, region, cost AS after FROM (${shape.rows(staged)})
         ${gone.replace("spend_date, source, toDecimal128", "spend_date, source, channel, campaign, region, toDecimal128")}) AS n
       LEFT JOIN (SELECT spend_date, source, channel, campaign, region, sum(cost) AS known FROM spend FINAL WHERE workspace_id = {workspaceId:String}
         GROUP BY spend_date, source, channel, campaign, region) AS o USING (spend_date, source, channel, campaign, region)
       INNER JOIN (SELECT spend_date, source, sum(cost) AS was FROM spend FINAL WHERE workspace_id = {workspaceId:String} GROUP BY spend_date, source) AS d
         ON d.spend_date = n.spend_date AND d.source = n.source)
     GROUP BY spend_date, source
     HAVING before != after
     ORDER BY abs(toDecimal128(after, 9) - toDecimal128(before, 9)) DESC, date
     LIMIT 31`,
    { workspaceId: warehouse.workspaceId },
  )) as SpendChange[];
}

/** Moves rows of a kind that has one row a key: what is new is stored, what says something else replaces, what is the same is a duplicate. */
export async function settleList(warehouse: WorkspaceWarehouse, staged: Staged): Promise<MoveCounts> {
  const { kind, importId } = staged;
  const shape = SHAPES[kind]!;
  const added = shape.added(staged);
  const params = { workspaceId: warehouse.workspaceId };
  const isComplete = kind === "spend" && staged.restates === "days";
  const counts = await firstRow(
    warehouse,
    "count-staged-list",
    `SELECT (SELECT count() FROM ${stagingTable(importId)}) AS staged, (SELECT count() FROM ${selectedRows(staged)}) AS selected,
       (SELECT countIf(reason != '') FROM ${valuedRows(staged)}) AS rejected, sumIf(file_rows, NOT is_known) AS stored,
       sumIf(file_rows, is_known AND NOT is_same) AS replaced
     FROM (${compared(kind, shape, staged)})`,
  );
  const columns = [...shape.key, ...shape.values];
  const names = ["workspace_id", "import_id", ...columns, ...Object.keys(added)];
  const changed = `SELECT {workspaceId:String}, toUInt32(${importId}), ${[...columns, ...Object.values(added)].join(", ")}${kind === "spend" ? ", 0" : ""}
     FROM (${compared(kind, shape, staged)}) WHERE NOT is_same`;
  const withdrawn = `SELECT {workspaceId:String}, toUInt32(${importId}), spend_date, channel, campaign, source, region, 0, NULL, NULL, NULL, NULL, currency, 0, currency, 1
     FROM (${vanished(staged)})`;
  await warehouse.engine.run(
    `move-${importId}`,
    `INSERT INTO ${kind} (${[...names, ...(kind === "spend" ? ["is_withdrawn"] : [])].join(", ")}) ${changed}${isComplete ? ` UNION ALL ${withdrawn}` : ""}`,
    params,
  );
  const [all, selected, rejected] = [Number(counts.staged), Number(counts.selected), Number(counts.rejected)];
  return {
    staged: all,
    filtered: all - selected,
    rejected,
    stored: Number(counts.stored),
    replaced: Number(counts.replaced),
    duplicates: selected - rejected - Number(counts.stored) - Number(counts.replaced),
  };
}
