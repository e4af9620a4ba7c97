import { z } from "zod";
import { question } from "../question.ts";

/** Every source that a row names, and every conversion type, each once. */
export const sourceNames = question({
  name: "source-names",
  params: z.object({}),
  row: z.object({ name: z.string(), isType: z.union([z.literal(0), z.literal(1)]) }),
  sql: `
    SELECT name, toUInt8(is_type) AS isType FROM (
      SELECT DISTINCT toString(source) AS name, 0 AS is_type FROM imports WHERE workspace_id = {workspaceId:String} AND source != ''
      UNION ALL
      SELECT DISTINCT toString(conversion_type) AS name, 1 AS is_type FROM conversions WHERE workspace_id = {workspaceId:String})
    ORDER BY isType, name
    LIMIT 500`,
});
