import { randomUUID } from "node:crypto";
import { z } from "zod";
import { PERSON_BUILD_PREFIX } from "../passing-tables.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

/** One link; ids are hashes as decimal text, which JavaScript's numbers could not hold. */
export interface IdentityLink {
  readonly visitor: string;
  readonly person: string;
  readonly linkedAtMs: number;
}

export interface LinkCaps {
  /** A visitor that more persons than this have used is a shared device and links nobody. */
  readonly personsPerVisitor: number;
  readonly visitorsPerPerson: number;
}

export interface LinkCounts {
  /** Visitors whose events go to a person. */
  readonly visitors: number;
  readonly persons: number;
  readonly sharedVisitors: number;
  readonly refusedLinks: number;
}

export interface ResolvedLinks extends LinkCounts {
  /** The id that stands for the person, by every other id of the person. */
  readonly personOf: ReadonlyMap<string, string>;
}

const Build = z.object({
  workspaceId: z.string(),
  personsPerVisitor: z.number().int().min(1),
  visitorsPerPerson: z.number().int().min(1),
});

const ROWS_A_PAGE = 200_000;

/** The tables of one build; its own, because another process may build at the same time. */
interface BuildTables {
  readonly persons: string;
  /** Each pair once, from its first link on, with how many persons its visitor has; without shared devices. */
  readonly links: string;
  /** The links that cannot be told from the rows of one person alone. */
  readonly entangled: string;
}

const USABLE_LINK =
  "workspace_id = {workspaceId:String} AND visitor_id != 0 AND person_id != 0 AND visitor_id != person_id";

const fillLinks = ({ links }: BuildTables) => `
    INSERT INTO ${links} (visitor_id, person_id, linked_at, persons)
    SELECT visitor_id, link.1, link.2, length(links)
    FROM (
      SELECT visitor_id, groupArray((person_id, first_linked_at)) AS links
      FROM (
        SELECT visitor_id, person_id, min(linked_at) AS first_linked_at
        FROM identities
        WHERE ${USABLE_LINK}
        GROUP BY visitor_id, person_id)
      GROUP BY visitor_id
      HAVING length(links) <= {personsPerVisitor:UInt32})
    ARRAY JOIN links AS link`;

const SHARED_VISITORS = `
    SELECT toString(count()) AS visitors
    FROM (SELECT visitor_id FROM identities WHERE ${USABLE_LINK} GROUP BY visitor_id HAVING uniqExact(person_id) > {personsPerVisitor:UInt32})`;

/**
 * Most persons are stars: their visitors know no other person, and no id is visitor here and person there. For those the cap is
 * all that there is to watch: the first links are taken, the others refused.
 */
const fillStars = ({ persons, links }: BuildTables) => {
  const both = `(SELECT person_id FROM ${links} WHERE person_id IN (SELECT visitor_id FROM ${links}))`;
  return `
    INSERT INTO ${persons} (workspace_id, visitor_id, person_id)
    SELECT {workspaceId:String}, link.2, person_id
    FROM (
      SELECT person_id, arraySlice(arraySort(groupArray((linked_at, visitor_id))), 1, {visitorsPerPerson:UInt32}) AS taken
      FROM ${links}
      GROUP BY person_id
      HAVING countIf(persons > 1 OR visitor_id IN ${both}) = 0 AND person_id NOT IN ${both})
    ARRAY JOIN taken AS link
    SETTINGS optimize_aggregation_in_order = 1`;
};

const fillEntangled = ({ persons, links, entangled }: BuildTables) => `
    INSERT INTO ${entangled} (visitor_id, person_id, linked_at)
    SELECT visitor_id, person_id, linked_at
    FROM ${links}
    WHERE person_id NOT IN (SELECT person_id FROM ${persons})`;

const countStars = ({ persons, links, entangled }: BuildTables) => `
    SELECT toString(count()) AS visitors, toString(uniqExact(person_id)) AS persons,
      toString((SELECT count() FROM ${links}) - (SELECT count() FROM ${entangled}) - count()) AS refusedLinks
    FROM ${persons}`;

/**
 * Works out who is who from every link of the workspace and puts it where it is read, in one step: until then readers see what was.
 * @param resolveEntangled decides the links that are not stars, under the same caps
 */
export async function rebuildPersons(
  warehouse: WorkspaceWarehouse,
  caps: LinkCaps,
  resolveEntangled: (links: readonly IdentityLink[], caps: LinkCaps) => ResolvedLinks,
): Promise<LinkCounts> {
  const { engine, workspaceId } = warehouse;
  const params = Build.parse({ ...caps, workspaceId });
  const name = `${PERSON_BUILD_PREFIX}${randomUUID().replaceAll("-", "")}`;
  const tables: BuildTables = { persons: name, links: `${name}_links`, entangled: `${name}_entangled` };
  const firstRow = async (query: string, sql: string) =>
    (await engine.rows(query, sql, params))[0] as Record<string, string>;
  try {
    await createTables(warehouse, tables);
    await engine.run("link-persons", fillLinks(tables), params);
    const shared = await firstRow("count-shared-visitors", SHARED_VISITORS);
    await engine.run("build-star-persons", fillStars(tables), params);
    await engine.run("set-entangled-links-aside", fillEntangled(tables), params);
    const stars = await firstRow("count-star-persons", countStars(tables));
    const resolved = resolveEntangled(await readEntangled(warehouse, tables), caps);
    await writePersons(warehouse, tables, resolved);
    const publish = Number(stars.visitors) + resolved.personOf.size > 0 ? `REPLACE PARTITION` : `DROP PARTITION`;
    await engine.run(
      "publish-persons",
      `ALTER TABLE persons ${publish} {workspaceId:String}${publish === "REPLACE PARTITION" ? ` FROM ${tables.persons}` : ""}`,
      params,
    );
    return {
      visitors: Number(stars.visitors) + resolved.visitors,
      persons: Number(stars.persons) + resolved.persons,
      sharedVisitors: Number(shared.visitors),
      refusedLinks: Number(stars.refusedLinks) + resolved.refusedLinks,
    };
  } finally {
    for (const table of Object.values(tables))
      await engine.run("drop-person-build", `DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

async function createTables({ engine }: WorkspaceWarehouse, { persons, links, entangled }: BuildTables): Promise<void> {
  const ids = "visitor_id UInt64, person_id UInt64, linked_at DateTime64(3, 'UTC')";
  for (const sql of [
    `CREATE TABLE ${persons} AS persons`,
    `CREATE TABLE ${links} (${ids}, persons UInt32) ENGINE = MergeTree ORDER BY person_id`,
    `CREATE TABLE ${entangled} (${ids}) ENGINE = MergeTree ORDER BY (person_id, visitor_id)`,
  ])
    await engine.run("create-person-build", sql);
}

/** In pages, because one answer is one text and texts have a longest length. */
async function readEntangled({ engine }: WorkspaceWarehouse, { entangled }: BuildTables): Promise<IdentityLink[]> {
  const links: IdentityLink[] = [];
  let last = { person: "0", visitor: "0" };
  for (;;) {
    const page = (await engine.rows(
      "read-entangled-links",
      `SELECT toString(visitor_id) AS visitor, toString(person_id) AS person, toString(toUnixTimestamp64Milli(linked_at)) AS linkedAt
       FROM ${entangled}
       WHERE (person_id, visitor_id) > ({person:UInt64}, {visitor:UInt64})
       ORDER BY person_id, visitor_id
       LIMIT ${ROWS_A_PAGE}`,
      last,
    )) as { visitor: string; person: string; linkedAt: string }[];
    for (const { visitor, person, linkedAt } of page) links.push({ visitor, person, linkedAtMs: Number(linkedAt) });
    if (page.length < ROWS_A_PAGE) return links;
    last = page.at(-1)!;
  }
}

async function writePersons(
  { engine, workspaceId }: WorkspaceWarehouse,
  { persons }: BuildTables,
  { personOf }: ResolvedLinks,
): Promise<void> {
  let rows: { workspace_id: string; visitor_id: string; person_id: string }[] = [];
  for (const [visitor_id, person_id] of personOf) {
    rows.push({ workspace_id: workspaceId, visitor_id, person_id });
    if (rows.length < ROWS_A_PAGE) continue;
    await engine.insertRows("save-persons", persons, rows);
    rows = [];
  }
  await engine.insertRows("save-persons", persons, rows);
}
