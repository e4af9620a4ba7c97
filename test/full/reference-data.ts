import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of reference data: TOUCHLINE_REFERENCE_DATA, else ../shared/data from the project's root; null where there is none. */
export function referenceData(): string | null {
  const folder =
    process.env.TOUCHLINE_REFERENCE_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
  return existsSync(folder) ? folder : null;
}
