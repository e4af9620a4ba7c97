import {
  countMentions,
  countNamed,
  hashIdentifier,
  linkedIdentifiers,
  markMentions,
  type RowCounts,
} from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type Forgotten, forget } from "./forget.ts";
import { findMentioningFiles, removeDemoFiles } from "./passing-files.ts";

/** What stands under a person. */
export interface ErasurePlan {
  /** The identifiers that are known to be this person's, the given one among them. */
  readonly identifiers: number;
  readonly rows: RowCounts;
  /** Refused lines that mention the identifier. */
  readonly mentions: number;
}

export interface ErasureReport extends ErasurePlan, Pick<Forgotten, "oldParts" | "isComplete"> {
  /** Passing files that still mention the identifier: batches that wait to be stored, and will be refused. */
  readonly waitingFiles: number;
}

/** The hashes of everything that is known to be the person whom `id` names. @throws UserError when it is empty */
export async function resolvePerson(workspace: Workspace, id: string): Promise<[string, ...string[]]> {
  const hash = await hashIdentifier(workspace.warehouse, id);
  if (hash === "0") {
    throw new UserError("the identifier is empty: give the visitor id or the person id as your files write it", {
      exitCode: 2,
    });
  }
  const { personsPerVisitor } = await workspace.setting("identity");
  const linked = await linkedIdentifiers(workspace.warehouse, hash, personsPerVisitor);
  return [hash, ...linked.filter((each) => each !== hash)];
}

/** What an erasure would take out. Nothing is changed. */
export async function planErasure(workspace: Workspace, id: string): Promise<ErasurePlan> {
  const hashes = await resolvePerson(workspace, id);
  return {
    identifiers: hashes.length,
    rows: await countNamed(workspace.warehouse, hashes),
    mentions: await countMentions(workspace.warehouse, hashes, id),
  };
}

/**
 * Erases a person: every row that names one of the person's identifiers, and refused lines that mention the given one. Events stay in
 * the totals without the person; what comes later under these identifiers stays out.
 */
export async function erasePerson(
  workspace: Workspace,
  id: string,
  { dataFolder, at = new Date() }: { readonly dataFolder: string; readonly at?: Date },
): Promise<ErasureReport> {
  const hashes = await resolvePerson(workspace, id);
  const mentions = await countMentions(workspace.warehouse, hashes, id);
  await markMentions(workspace.warehouse, hashes[0], id);
  const { rows, oldParts, isComplete } = await forget(workspace, { reason: "erased", hashes, at, identifier: id });
  await removeDemoFiles(dataFolder);
  const waitingFiles = await findMentioningFiles(dataFolder, id);
  return { identifiers: hashes.length, rows, mentions, oldParts, isComplete, waitingFiles: waitingFiles.length };
}
