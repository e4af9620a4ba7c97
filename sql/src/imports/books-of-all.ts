import { z } from "zod";
import { CountText } from "../question.ts";
import type { Warehouse } from "../warehouse.ts";

const Balance = z.object({
  kind: z.string(),
  ...{ received: CountText, stored: CountText, duplicates: CountText },
  ...{ replaced: CountText, rejected: CountText, filtered: CountText },
});
const Rejected = z.object({ step: z.string(), rows: CountText });
const Runs = z.object({ state: z.string(), runs: CountText, finishedAt: z.string().nullable() });

/** What the ledgers of all workspaces say, added up: no workspace is named. */
export interface BooksOfAll {
  /** Rows of imports that have ended, by kind: received is the sum of the others. */
  readonly balance: readonly z.output<typeof Balance>[];
  /** Rows that wait in rejected_rows, by the step that refused them. */
  readonly rejected: readonly z.output<typeof Rejected>[];
  /** Runs of attribution by state; `finishedAt` is the last time that one ended so, ISO 8601. */
  readonly runs: readonly z.output<typeof Runs>[];
}

/** @throws EngineError */
export async function readBooksOfAll(warehouse: Warehouse): Promise<BooksOfAll> {
  const ask = <T>(name: string, sql: string, row: z.ZodType<T>) =>
    warehouse.anyWorkspace(name, sql, {}).then((rows) => rows.map((each) => row.parse(each)));
  const [balance, rejected, runs] = await Promise.all([
    ask(
      "books-of-all",
      `SELECT kind, toString(sum(received)) AS received, toString(sum(stored)) AS stored, toString(sum(duplicates)) AS duplicates,
         toString(sum(replaced)) AS replaced, toString(sum(rejected)) AS rejected, toString(sum(filtered)) AS filtered
       FROM imports FINAL WHERE state = 'done' GROUP BY kind ORDER BY kind`,
      Balance,
    ),
    ask(
      "rejected-of-all",
      "SELECT step, toString(count()) AS rows FROM rejected_rows FINAL GROUP BY step ORDER BY step",
      Rejected,
    ),
    ask(
      "runs-of-all",
      "SELECT state, toString(count()) AS runs, max(finished_at) AS finishedAt FROM runs FINAL GROUP BY state ORDER BY state",
      Runs,
    ),
  ]);
  return { balance, rejected, runs };
}
