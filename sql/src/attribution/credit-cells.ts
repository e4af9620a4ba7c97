import type { WorkspaceWarehouse } from "../warehouse.ts";

/** Credit of a day and channel as the journeys give it, when each is shared by the channels' weights. */
export interface SeedCell {
  readonly date: string;
  readonly channel: string;
  readonly conversions: string;
  readonly revenue: string;
  readonly margin: string;
}

/** The credit that a fitted model gives to a channel on a day; few rows (days x channels), made by the solver. */
export interface CreditCell {
  readonly date: string;
  readonly channel: string;
  readonly conversions: number;
  readonly revenue: number;
  readonly margin: number;
}

/** What the journeys give to each channel on each day, of a run whose touches were weighed: the seed that the model's totals are fitted to. */
export async function seedCells(
  { engine, workspaceId }: WorkspaceWarehouse,
  table: string,
  runId: string,
): Promise<SeedCell[]> {
  return (await engine.rows(
    "seed-cells",
    `SELECT toString(date) AS date, channel, toString(sum(conversions)) AS conversions, toString(sum(revenue)) AS revenue, toString(sum(margin)) AS margin
     FROM ${table}
     WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
     GROUP BY date, channel
     ORDER BY date, channel`,
    { workspaceId, runId },
  )) as SeedCell[];
}

/** Keeps the fitted cells of a run. */
export async function saveCells(
  warehouse: WorkspaceWarehouse,
  runId: string,
  cells: readonly CreditCell[],
): Promise<void> {
  await warehouse.engine.insertRows(
    "save-cells",
    "attribution_cells",
    cells.map((cell) => ({ workspace_id: warehouse.workspaceId, run_id: runId, ...cell })),
  );
}

const AMOUNTS = ["conversions", "revenue", "margin"] as const;
const each = (write: (amount: string) => string, between = ",\n          ") => AMOUNTS.map(write).join(between);

/**
 * Writes the credit of a fitted model: a cell's credit is shared between what touched the journeys of that day through the channel, in
 * proportion to what the journeys gave it. Sums are of decimals: of floats they would depend on the order of the rows. What rounding leaves over goes to the day's largest row, so that every day adds up: to its
 * bookings with touches under the conversion basis, to the sum of its cells under the touch basis.
 */
export async function creditByCells(
  { engine, workspaceId }: WorkspaceWarehouse,
  table: string,
  runId: string,
  dateBasis: "conversion" | "touch",
): Promise<void> {
  await engine.run(
    "credit-by-cells",
    `
    INSERT INTO attribution_credit (workspace_id, run_id, date, channel, campaign, creative, attribute_value, conversions, revenue, margin)
    WITH
      by_touch AS (
        SELECT *, if({dateBasis:String} = 'touch', toDate('1970-01-01'), date) AS book
        FROM ${table}
        WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}),
      cells AS (SELECT * FROM attribution_cells WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}),
      shared AS (
        SELECT
          cells.date AS date, cells.channel AS channel, by_touch.campaign AS campaign, by_touch.creative AS creative,
          by_touch.attribute_value AS attribute_value, count() OVER (PARTITION BY date, channel) AS parts,
          ${each((amount) => `toFloat64(sum(by_touch.${amount}) OVER (PARTITION BY date, channel)) AS cell_${amount}`)},
          ${each((amount) => `toDecimal128(cells.${amount} * if(cell_${amount} > 0, toFloat64(by_touch.${amount}) / cell_${amount}, 1 / parts), 12) AS ${amount}`)}
        FROM cells LEFT JOIN by_touch ON cells.date = by_touch.date AND cells.channel = by_touch.channel),
      booked AS (SELECT book, ${each((amount) => `sum(by_touch.${amount}) AS ${amount}`, ", ")} FROM by_touch GROUP BY book)
    SELECT {workspaceId:String}, {runId:String}, date, channel, campaign, creative, attribute_value,
      ${each((amount) => `${amount} + if(place = 1, booked.${amount} - total_${amount}, toDecimal128(0, 12)) AS ${amount}`, ", ")}
    FROM (
      SELECT *, if({dateBasis:String} = 'touch', toDate('1970-01-01'), date) AS book,
        ${each((amount) => `sum(${amount}) OVER (PARTITION BY book) AS total_${amount}`, ", ")},
        row_number() OVER (PARTITION BY book ORDER BY conversions DESC, date, channel, campaign, creative, attribute_value) AS place
      FROM shared) AS rounded
    LEFT JOIN booked ON rounded.book = booked.book
    ORDER BY date, channel, campaign, creative, attribute_value`,
    { workspaceId, runId, dateBasis },
  );
}
