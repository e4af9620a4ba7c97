import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { CREDIT_BUILD_PREFIX } from "../passing-tables.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { IN_SCOPE, JourneyScope } from "./scope.ts";
import { type Bind, TOUCH_WEIGHTS, type TouchWeighting } from "./touch-weights.ts";

/** What credit can be broken down by, beside channel, campaign and creative: what is known of the touch or of the conversion. */
const ATTRIBUTES = {
  interaction: { ofTouch: "interactions" },
  device: { ofTouch: "devices" },
  country: { ofTouch: "countries" },
  region: { ofTouch: "regions" },
  source: { ofTouch: "sources" },
  medium: { ofTouch: "mediums" },
  conversion_type: { ofConversion: "conversion_type" },
  customer_type: { ofConversion: "customer_type" },
  product_group: { ofConversion: "product_group" },
  conversion_region: { ofConversion: "conversion_region" },
} as const;
export type CreditAttribute = keyof typeof ATTRIBUTES;
export const CREDIT_ATTRIBUTES = Object.keys(ATTRIBUTES) as readonly CreditAttribute[];

/** What all credit of one pass has in common. */
export interface CreditPass {
  readonly scope: z.input<typeof JourneyScope>;
  readonly dateBasis: "conversion" | "touch";
  readonly attribute: CreditAttribute | "";
  /** False where no conversion says its margin: none is worked out then. */
  readonly hasMargin: boolean;
}

export interface RunWeighting {
  readonly runId: string;
  readonly weighting: TouchWeighting;
}

const AMOUNTS = ["conversions", "revenue", "margin"] as const;
const NO_AMOUNT = "toDecimal128(0, 12)";

/**
 * SQL of one model's share of every touch of a journey, an array for each amount: `conversions_0`, `revenue_0` and so on. Amounts are
 * decimals cut at 12 places; the touch with the largest weight takes what the cutting left over, so that the credits of a journey add
 * up to it exactly.
 */
function touchCredits(run: number, hasMargin: boolean): { cut: string; credits: string; joins: string } {
  const amounts = hasMargin ? AMOUNTS : AMOUNTS.slice(0, 2);
  return {
    cut: amounts
      .map(
        (amount) =>
          `arrayMap(weight -> toDecimal128(weight / total_${run} * toFloat64(${amount}), 12), weights_${run}) AS cut_${amount}_${run},
          toDecimal128(${amount}, 12) - arraySum(cut_${amount}_${run}) AS left_${amount}_${run}`,
      )
      .join(",\n          "),
    credits: amounts
      .map(
        (amount) =>
          `arrayMap((part, i) -> part + if(i = heaviest_${run}, left_${amount}_${run}, ${NO_AMOUNT}), cut_${amount}_${run}, arrayEnumerate(channels)) AS ${amount}_${run}s`,
      )
      .join(",\n        "),
    joins: amounts.map((amount) => `${amount}_${run}s AS ${amount}_${run}`).join(", "),
  };
}

/** SQL that writes the credit of every run into a table: the journeys are read once, however many runs there are. */
function creditStatement(table: string, runs: readonly RunWeighting[], pass: CreditPass): string {
  const models = runs.map(({ weighting: { touchModel } }, run) => {
    const bind: Bind = (name, type) => `{${name}_${run}:${type}}`;
    const model = TOUCH_WEIGHTS[touchModel];
    const place = `place_${run}`;
    return {
      place: `${model.place(bind)} AS ${place}`,
      weights: `${model.weights(bind, place)} AS weights_${run}, arraySum(weights_${run}) AS total_${run},
          indexOf(weights_${run}, arrayMax(weights_${run})) AS heaviest_${run}`,
      ...touchCredits(run, pass.hasMargin),
    };
  });
  const sums = runs.map((_, run) =>
    AMOUNTS.map((amount) => (amount === "margin" && !pass.hasMargin ? NO_AMOUNT : `sum(${amount}_${run})`)),
  );
  const attribute = pass.attribute === "" ? undefined : ATTRIBUTES[pass.attribute];
  const ofConversion = attribute !== undefined && "ofConversion" in attribute ? attribute.ofConversion : "''";
  const attributes = attribute !== undefined && "ofTouch" in attribute ? attribute.ofTouch : "";
  return `
    INSERT INTO ${table} (workspace_id, run_id, date, channel, campaign, creative, attribute_value, conversions, revenue, margin)
    SELECT {workspaceId:String}, {runIds:Array(String)}[credit.1], date, channel, campaign, creative, attribute_value, credit.2, credit.3, credit.4
    FROM (
      SELECT toDate(if({dateBasis:String} = 'touch', at, ended_at), {timeZone:String}) AS date, channel, campaign, creative, attribute_value,
        [${sums.map((run, i) => `(${i + 1}, ${run.join(", ")})`).join(", ")}] AS credits
      FROM (
        SELECT ended_at, ${attributes === "" ? `${ofConversion} AS attribute_value,` : `${attributes},`} touched_at, channels, campaigns, creatives,
        ${models.map(({ credits }) => credits).join(",\n        ")}
        FROM (
          SELECT *,
          ${models.map(({ weights, cut }) => `${weights},\n          ${cut}`).join(",\n          ")}
          FROM (
            SELECT *, length(channels) AS touches, ${models.map(({ place }) => place).join(", ")}
            FROM journeys
            WHERE converted AND ${IN_SCOPE}))
      )
      ARRAY JOIN touched_at AS at, channels AS channel, campaigns AS campaign, creatives AS creative,
        ${attributes === "" ? "" : `${attributes} AS attribute_value, `}${models.map(({ joins }) => joins).join(", ")}
      GROUP BY date, channel, campaign, creative, attribute_value
    )
    ARRAY JOIN credits AS credit
    WHERE credit.2 != 0 OR credit.3 != 0 OR credit.4 != 0`;
}

/**
 * Shares every converted journey of the scope by each of the runs' models, in one pass, into a table of its own.
 * Law: for every run, day and amount, the credit adds up exactly to the journeys of the day (all of them, under the touch basis).
 */
export async function creditTouches(
  warehouse: WorkspaceWarehouse,
  table: string,
  runs: readonly RunWeighting[],
  pass: CreditPass,
): Promise<void> {
  const values = runs.flatMap(({ weighting }, run) =>
    Object.entries(weighting.values).map(([name, value]) => [`${name}_${run}`, value] as const),
  );
  await warehouse.engine.run("credit-touches", creditStatement(table, runs, pass), {
    ...JourneyScope.parse(pass.scope),
    workspaceId: warehouse.workspaceId,
    dateBasis: pass.dateBasis,
    runIds: runs.map(({ runId }) => runId),
    ...Object.fromEntries(values),
  });
}

/** Runs the work with a table for credit that is not finished. */
export async function withCreditTable<T>(
  { engine }: WorkspaceWarehouse,
  work: (table: string) => Promise<T>,
): Promise<T> {
  const table = `${CREDIT_BUILD_PREFIX}${randomUUID().replaceAll("-", "")}`;
  await engine.run("create-credit-build", `CREATE TABLE ${table} AS attribution_credit`);
  try {
    return await work(table);
  } finally {
    await engine.run("drop-credit-build", `DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

/** Takes over the credit of runs whose models are done when their touches are weighed. */
export async function publishCredit(
  { engine, workspaceId }: WorkspaceWarehouse,
  table: string,
  runIds: readonly string[],
): Promise<void> {
  await engine.run(
    "publish-credit",
    `INSERT INTO attribution_credit SELECT * FROM ${table} WHERE workspace_id = {workspaceId:String} AND run_id IN {runIds:Array(String)}`,
    { workspaceId, runIds },
  );
}
