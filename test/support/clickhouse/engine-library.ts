import { createRequire } from "node:module";

/** The engine's shared library, as the package that runs it finds it. */
export function engineLibrary(): string {
  const fromSql = createRequire(new URL("../../../sql/package.json", import.meta.url));
  const { libchdbPath } = fromSql("chdb/libchdb") as { libchdbPath(): string };
  return libchdbPath();
}
