import { z } from "zod";
import { CountText, question, statement } from "../question.ts";

/**
 * running: begun and not ended. done: its credit is complete. cancelled, failed, interrupted (its process died): it has no credit.
 * pruned: on its way out.
 */
export const RUN_STATES = ["running", "done", "cancelled", "failed", "interrupted", "pruned"] as const;
const RunState = z.enum(RUN_STATES);

const Entry = z.object({
  runId: z.string(),
  /** Each writing of a run's row has a higher one. */
  revision: z.number().int().min(1),
  parametersKey: z.string(),
  parameters: z.string(),
  watermark: z.string(),
  codeVersion: z.string(),
  owner: z.string(),
  state: RunState,
  step: z.string(),
  share: z.number().min(0).max(1),
  reason: z.string(),
  fit: z.string(),
  creditPrint: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});

const ENTRY_COLUMNS = `
      run_id AS runId, revision, parameters_key AS parametersKey, parameters, watermark, code_version AS codeVersion, owner, state, step, share, reason,
      fit, credit_print AS creditPrint, started_at AS startedAt, finished_at AS finishedAt`;

/** Writes a run's row. */
export const recordRun = statement({
  name: "record-run",
  params: Entry.extend({ state: z.string() }),
  sql: `
    INSERT INTO runs (workspace_id, run_id, revision, parameters_key, parameters, watermark, code_version, owner, state, step, share, reason, fit, credit_print, started_at, finished_at)
    SELECT {workspaceId:String}, {runId:String}, {revision:UInt32}, {parametersKey:String}, {parameters:String}, {watermark:String}, {codeVersion:String},
      {owner:String}, {state:String}, {step:String}, {share:Float64}, {reason:String}, {fit:String}, {creditPrint:String},
      parseDateTime64BestEffort({startedAt:String}, 3, 'UTC'), parseDateTime64BestEffortOrNull({finishedAt:Nullable(String)}, 3, 'UTC')`,
});

/** The newest run with these parameters on this data by this version, if there is one: it need not be computed again. */
export const findRun = question({
  name: "find-run",
  params: z.object({ parametersKey: z.string(), watermark: z.string(), codeVersion: z.string() }),
  row: z.object({ runId: z.string(), fit: z.string() }),
  sql: `
    SELECT run_id AS runId, fit
    FROM runs FINAL
    WHERE workspace_id = {workspaceId:String} AND parameters_key = {parametersKey:String}
      AND watermark = {watermark:String} AND code_version = {codeVersion:String} AND state = 'done'
    ORDER BY started_at DESC
    LIMIT 1`,
});

const PINS = `
      SELECT run_id, value AS label, set_by, updated_at
      FROM run_notes FINAL
      WHERE workspace_id = {workspaceId:String} AND name = 'pin' AND value != ''`;

const LEDGER_COLUMNS = `${ENTRY_COLUMNS},
      pins.label AS pinLabel, pins.set_by AS pinnedBy, if(pins.label = '', NULL, pins.updated_at) AS pinnedAt`;

const LedgerRow = Entry.extend({ pinLabel: z.string(), pinnedBy: z.string(), pinnedAt: z.string().nullable() });
export type LedgerRow = z.infer<typeof LedgerRow>;

/** Runs, newest first; with `idPrefix` those whose id begins so. */
export const runsPage = question({
  name: "runs-page",
  params: z.object({
    idPrefix: z.string(),
    limit: z.number().int().min(1).max(10_000),
    offset: z.number().int().min(0),
  }),
  row: LedgerRow.extend({ total: CountText }),
  sql: `
    SELECT ${LEDGER_COLUMNS}, toString(count() OVER ()) AS total
    FROM runs FINAL
    LEFT JOIN (${PINS}) AS pins ON runs.run_id = pins.run_id
    WHERE workspace_id = {workspaceId:String} AND state != 'pruned' AND startsWith(run_id, {idPrefix:String})
    ORDER BY startedAt DESC, runId
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
});

/** Runs that say they are under way, and those whose removal was begun. */
export const unfinishedRuns = question({
  name: "unfinished-runs",
  params: z.object({}),
  row: Entry,
  sql: `
    SELECT ${ENTRY_COLUMNS}
    FROM runs FINAL
    WHERE workspace_id = {workspaceId:String} AND state IN ('running', 'pruned')
    ORDER BY runId`,
});

export const runsById = question({
  name: "runs-by-id",
  params: z.object({ runIds: z.array(z.string()) }),
  row: Entry,
  sql: `
    SELECT ${ENTRY_COLUMNS}
    FROM runs FINAL
    WHERE workspace_id = {workspaceId:String} AND run_id IN {runIds:Array(String)}
    ORDER BY runId`,
});

/**
 * What may go: nothing that is pinned or under way, nothing of the last hour. Of runs with the same parameters the newest
 * `keepOfEach` stay, and what is older than `days` stays among the newest `keepLast`.
 */
export const prunableRuns = question({
  name: "prunable-runs",
  params: z.object({
    days: z.number().int().min(0),
    keepLast: z.number().int().min(0),
    keepOfEach: z.number().int().min(1),
    now: z.string(),
  }),
  row: z.object({ runId: z.string() }),
  sql: `
    WITH parseDateTime64BestEffort({now:String}, 3, 'UTC') AS moment
    SELECT runId
    FROM (
      SELECT run_id AS runId, started_at, state,
        row_number() OVER (ORDER BY started_at DESC, run_id) AS place,
        row_number() OVER (PARTITION BY parameters_key ORDER BY started_at DESC, run_id) AS place_of_each
      FROM runs FINAL
      WHERE workspace_id = {workspaceId:String} AND state NOT IN ('running', 'pruned') AND run_id NOT IN (SELECT run_id FROM (${PINS})))
    WHERE started_at < moment - toIntervalHour(1)
      AND (place_of_each > {keepOfEach:UInt32} OR (place > {keepLast:UInt32} AND started_at < moment - toIntervalDay({days:UInt16})))
    ORDER BY runId`,
});

/** What a run's credit adds up to, row for row: two runs with the same print gave the same digits. */
export const creditPrint = question({
  name: "credit-print",
  params: z.object({ runId: z.string() }),
  row: z.object({ print: z.string() }),
  sql: `
    SELECT concat(toString(count()), '-', hex(groupBitXor(sipHash64(date, channel, campaign, creative, attribute_value, arrayMap(amount -> toString(amount), amounts))))) AS print
    FROM (
      SELECT date, channel, campaign, creative, attribute_value, [sum(conversions), sum(revenue), sum(margin)] AS amounts
      FROM attribution_credit
      WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String}
      GROUP BY date, channel, campaign, creative, attribute_value)`,
});
