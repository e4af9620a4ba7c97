import { withReader } from "../imports/source-file.ts";
import { identifierHash } from "../visitor-key.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

/**
 * The number that an identifier is stored as, in decimals; "0" for an empty one. Worked out by the engine on this machine, so that
 * neither the identifier nor the key reaches the log of a server.
 */
export function hashIdentifier(warehouse: WorkspaceWarehouse, text: string): Promise<string> {
  return withReader(warehouse, async (engine) => {
    const hash = identifierHash(warehouse.visitorKey, "trimBoth({text:String})");
    const [row] = (await engine.rows("hash-identifier", `SELECT toString(${hash}) AS hash`, { text })) as {
      hash: string;
    }[];
    return row!.hash;
  });
}

/** Hashes come from the engine or from hashIdentifier; anything else must not reach SQL. */
export function hashList(hashes: readonly string[]): string {
  for (const hash of hashes) if (!/^\d{1,20}$/.test(hash)) throw new Error(`${hash} is not a hash of an identifier`);
  return hashes.map((hash) => `toUInt64('${hash}')`).join(", ");
}

/** A chain of links is followed so far; persons hold at most a thousand identifiers. */
const MOST_ROUNDS = 50;

/**
 * All identifiers of the person whom one of them names: what the published persons say, and links that no build has seen yet. A
 * device that more persons than `personsPerVisitor` have used leads to nobody, and nobody leads to it: its events may be anybody's.
 */
export async function linkedIdentifiers(
  warehouse: WorkspaceWarehouse,
  hash: string,
  personsPerVisitor: number,
): Promise<string[]> {
  let known = [hash];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const set = hashList(known);
    const rows = (await warehouse.engine.rows(
      "linked-identifiers",
      `WITH
         here AS (SELECT visitor_id, person_id FROM identities WHERE workspace_id = {workspaceId:String} AND (visitor_id IN (${set}) OR person_id IN (${set}))),
         shared AS (
           SELECT visitor_id FROM identities
           WHERE workspace_id = {workspaceId:String} AND visitor_id IN (SELECT visitor_id FROM here)
           GROUP BY visitor_id HAVING uniqExact(person_id) > {personsPerVisitor:UInt32}),
         links AS (
           SELECT visitor_id, person_id FROM here WHERE visitor_id NOT IN (shared)
           UNION ALL
           SELECT visitor_id, person_id FROM persons
           WHERE workspace_id = {workspaceId:String} AND (visitor_id IN (${set}) OR person_id IN (${set})))
       SELECT DISTINCT toString(arrayJoin([visitor_id, person_id])) AS hash FROM links ORDER BY hash`,
      { workspaceId: warehouse.workspaceId, personsPerVisitor },
    )) as { hash: string }[];
    const grown = [...new Set([hash, ...rows.map((row) => row.hash)])].filter((each) => each !== "0");
    if (grown.length === known.length) return grown;
    known = grown;
  }
  return known;
}
