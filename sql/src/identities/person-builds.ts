import { z } from "zod";
import { CountText, question, statement } from "../question.ts";

/**
 * Changes whenever an import has changed the links; empty while none ever did. Imports that were taken back count too, because
 * somebody may have looked while their rows were there.
 */
export const identityWatermark = question({
  name: "identity-watermark",
  params: z.object({}),
  row: z.object({ watermark: z.string() }),
  sql: `
    SELECT if(count() = 0, '', concat(toString(max(import_id)), '-', toString(count()))) AS watermark
    FROM imports FINAL
    WHERE workspace_id = {workspaceId:String} AND kind = 'identities'
      AND (state = 'undone' OR (state = 'done' AND stored + replaced > 0))`,
});

/** What the published persons stand on and what came out; an empty watermark where they were never worked out. */
export const personBuild = question({
  name: "person-build",
  params: z.object({}),
  row: z.object({
    watermark: z.string(),
    visitors: CountText,
    persons: CountText,
    sharedVisitors: CountText,
    refusedLinks: CountText,
    builtAt: z.string().nullable(),
  }),
  sql: `
    SELECT argMax(watermark, built_at) AS watermark, toString(argMax(visitors, built_at)) AS visitors,
      toString(argMax(persons, built_at)) AS persons, toString(argMax(shared_visitors, built_at)) AS sharedVisitors,
      toString(argMax(refused_links, built_at)) AS refusedLinks, if(count() = 0, NULL, max(built_at)) AS builtAt
    FROM person_builds
    WHERE workspace_id = {workspaceId:String}`,
});

export const recordPersonBuild = statement({
  name: "record-person-build",
  params: z.object({
    watermark: z.string(),
    visitors: z.number(),
    persons: z.number(),
    sharedVisitors: z.number(),
    refusedLinks: z.number(),
  }),
  sql: `
    INSERT INTO person_builds (workspace_id, watermark, visitors, persons, shared_visitors, refused_links, built_at)
    SELECT {workspaceId:String}, {watermark:String}, {visitors:UInt64}, {persons:UInt64}, {sharedVisitors:UInt64},
      {refusedLinks:UInt64}, now64(3)`,
});

/** How many links there are, and since when; links that carry no time stand at the epoch. */
export const identityLinks = question({
  name: "identity-links",
  params: z.object({}),
  row: z.object({ links: CountText, since: z.string().nullable() }),
  sql: `
    WITH linked_at >= toDateTime64('2000-01-01 00:00:00', 3, 'UTC') AS is_dated
    SELECT toString(count()) AS links, if(countIf(is_dated) = 0, NULL, minIf(linked_at, is_dated)) AS since
    FROM identities
    WHERE workspace_id = {workspaceId:String}`,
});
