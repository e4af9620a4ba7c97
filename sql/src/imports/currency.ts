import type { WorkspaceWarehouse } from "../warehouse.ts";
import { quoteIdentifier, quoteText } from "./expressions.ts";
import type { ImportKind } from "./layouts.ts";
import { stagingTable } from "./stage.ts";
import { type Staged, selectedRows } from "./staged.ts";

/** A rate holds until the next one, over a weekend for instance, but not for ever. */
const LONGEST_GAP_DAYS = 7;

/** By kind: its amounts, the first of them is also kept as the source said it, and the expression for its day. */
const AMOUNTS: Partial<Record<ImportKind, { columns: readonly string[]; day: (timeZone: string) => string }>> = {
  conversions: {
    columns: ["revenue", "margin", "predicted_value"],
    day: (timeZone) => `toDate(occurred_at, ${quoteText(timeZone)})`,
  },
  adjustments: { columns: ["amount"], day: (timeZone) => `toDate(occurred_at, ${quoteText(timeZone)})` },
  spend: { columns: ["cost", "platform_value"], day: () => "date" },
};

/** The currency that most staged rows are in; null for an empty staging. */
export async function mostUsedCurrency(warehouse: WorkspaceWarehouse, importId: number): Promise<string | null> {
  const [row] = (await warehouse.engine.rows(
    "most-used-currency",
    `SELECT currency FROM ${stagingTable(importId)} WHERE is_selected AND reason = '' AND currency != '' GROUP BY currency ORDER BY count() DESC, currency LIMIT 1`,
  )) as { currency: string }[];
  return row?.currency ?? null;
}

/** True where valid staged rows have money in another currency than the workspace's. */
export async function hasForeignMoney(
  warehouse: WorkspaceWarehouse,
  importId: number,
  currency: string,
): Promise<boolean> {
  const rows = await warehouse.engine.rows(
    "staged-foreign-money",
    `SELECT 1 FROM ${stagingTable(importId)} WHERE is_selected AND reason = '' AND currency NOT IN ('', ${quoteText(currency)}) LIMIT 1`,
  );
  return rows.length > 0;
}

/**
 * Units of every currency for one unit of the workspace's, by day: from rates of one base to both of them. A base has the rate 1 to
 * itself, so one rule covers rates from, to and past the workspace's currency.
 */
function ratesTo(currency: string): string {
  const known = `SELECT rate_date, base, currency, rate FROM rates FINAL WHERE workspace_id = {workspaceId:String} AND rate > 0`;
  const withBase = `SELECT rate_date, base, currency, rate FROM (${known})
    UNION ALL SELECT DISTINCT rate_date, base, base, toDecimal128(1, 9) FROM (${known})`;
  return `
    SELECT other.rate_date AS rate_date, other.currency AS currency, any(other.rate) AS units, any(own.rate) AS own_units
    FROM (${withBase}) AS other
    INNER JOIN (SELECT * FROM (${withBase}) WHERE currency = ${quoteText(currency)}) AS own USING (rate_date, base)
    GROUP BY rate_date, currency`;
}

/**
 * The selected rows with every amount in the workspace's currency, and `original_amount`, `original_currency` as the source said them.
 * A row in another currency is refused where no rate of its day, or of the seven days before, is known.
 */
export function valuedRows(
  staged: Pick<Staged, "kind" | "importId" | "currency" | "hasForeign" | "timeZone">,
  rows = selectedRows(staged),
): string {
  const { kind, currency, timeZone } = staged;
  const amounts = AMOUNTS[kind];
  if (amounts === undefined) return rows;
  const main = quoteIdentifier(amounts.columns[0]!);
  if (currency === null) return `(SELECT *, ${main} AS original_amount, currency AS original_currency FROM ${rows})`;
  const own = quoteText(currency);
  // Nearly always: without the rates the query is a fraction of the work.
  if (!staged.hasForeign)
    return `(SELECT * REPLACE (${own} AS currency), ${main} AS original_amount, if(staged.currency = '', ${own}, staged.currency) AS original_currency FROM ${rows} AS staged)`;
  const said = `if(staged.currency = '', ${own}, staged.currency)`;
  // Divided with three more places than are kept, then rounded.
  const inOwn = (column: string) =>
    `toDecimal128(round(divideDecimal(multiplyDecimal(assumeNotNull(staged.${column}), own_units, 18), units, 12), 9), 9)`;
  const valued = amounts.columns.map((name) => {
    const column = quoteIdentifier(name);
    return `if(is_foreign AND has_rate AND staged.${column} IS NOT NULL, ${inOwn(column)}, staged.${column}) AS ${column}`;
  });
  const missing = `concat('currency ', ${said}, ' is not the workspace''s ', ${own}, ', and there is no exchange rate of ', toString(staged_day), ' or the week before: import rates first')`;
  return `(
    SELECT staged.* EXCEPT (${[...amounts.columns, "currency", "reason", "one"].map(quoteIdentifier).join(", ")}),
      ${said} != ${own} AND staged.reason = '' AS is_foreign,
      units > 0 AND dateDiff('day', rate_date, staged_day) <= ${LONGEST_GAP_DAYS} AS has_rate,
      staged.${main} AS original_amount,
      ${said} AS original_currency,
      ${valued.join(",\n      ")},
      ${own} AS currency,
      if(is_foreign AND NOT has_rate, ${missing}, staged.reason) AS reason
    FROM (SELECT *, ${amounts.day(timeZone)} AS staged_day, 1 AS one FROM ${rows}) AS staged
    ASOF LEFT JOIN (${ratesTo(currency)}) AS exchange
      ON staged.currency = exchange.currency AND staged.staged_day >= exchange.rate_date)`;
}
