import { z } from "zod";
import { question, statement } from "../question.ts";

/** Says something of a run, or takes it back with an empty value. */
export const noteRun = statement({
  name: "note-run",
  params: z.object({ runId: z.string(), note: z.enum(["pin", "cancel"]), value: z.string(), setBy: z.string() }),
  sql: `
    INSERT INTO run_notes (workspace_id, run_id, name, value, set_by, updated_at)
    SELECT {workspaceId:String}, {runId:String}, {note:String}, {value:String}, {setBy:String}, now64(3)`,
});

/** Whether somebody wants this run to stop. */
export const runIsUnwanted = question({
  name: "run-is-unwanted",
  params: z.object({ runId: z.string() }),
  row: z.object({ isUnwanted: z.number() }),
  sql: `
    SELECT toUInt8(count() > 0) AS isUnwanted
    FROM run_notes FINAL
    WHERE workspace_id = {workspaceId:String} AND run_id = {runId:String} AND name = 'cancel' AND value != ''`,
});
