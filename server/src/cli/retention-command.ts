import { readyToRecord, recordAct } from "../audit/index.ts";
import type { House } from "../house/index.ts";
import { applyRetention, planRetention } from "../privacy/index.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface RetentionOptions {
  readonly workspace: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `touchline retention`: removes what the workspace's settings say is too old. `serve` does it once a day. */
export async function runRetention(
  house: House,
  { workspace: name, dryRun, json }: RetentionOptions,
  io: CommandIo,
): Promise<number> {
  const workspace = await house.workspace(name);
  if (!dryRun) await readyToRecord(workspace);
  const report = await (dryRun ? planRetention : applyRetention)(workspace, new Date());
  const subject = { kind: "workspace", id: workspace.id };
  if (!dryRun) await recordAct(workspace, commandActor(), "privacy.retention", subject, undefined, report);
  if (json) {
    io.stdout(`${JSON.stringify({ dryRun, ...report })}\n`);
    return 0;
  }
  const tables = [...new Set([...Object.keys(report.identifiers), ...Object.keys(report.expired)])].sort();
  if (tables.length === 0) io.stdout("Nothing is too old.\n");
  else {
    const verb = dryRun ? "would lose" : "lost";
    io.stdout(
      `Rows received before ${report.identifiersBefore} ${verb} their identifier; rows past their last day ${dryRun ? "would go" : "went"}:\n`,
    );
    io.stdout(
      drawTable(
        ["Table", "Identifiers", "Rows"],
        tables.map((table) => [table, grouped(report.identifiers[table] ?? 0), grouped(report.expired[table] ?? 0)]),
      ),
    );
  }
  if (report.endsChange)
    io.stdout(`Every row's last day ${dryRun ? "would be" : "was"} set anew from the retention settings.\n`);
  return 0;
}
