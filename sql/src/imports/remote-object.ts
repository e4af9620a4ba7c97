import type { WorkspaceWarehouse } from "../warehouse.ts";
import { quoteText } from "./quoting.ts";
import { withReader } from "./source-file.ts";

/** One object somewhere else: an address, and the key pair that opens it where it is not public. */
export interface RemoteObject {
  readonly store: "url" | "s3" | "gcs";
  readonly url: string;
  readonly keys: { readonly id: string; readonly secret: string; readonly session: string } | null;
}

/**
 * Brings an object into a file of this machine, byte by byte.
 * @throws EngineError; its text may name the address
 */
export async function copyRemoteObject(
  warehouse: WorkspaceWarehouse,
  { store, url, keys }: RemoteObject,
  target: string,
): Promise<void> {
  const credentials =
    keys === null ? ["NOSIGN"] : [keys.id, keys.secret, ...(keys.session === "" ? [] : [keys.session])];
  const opened = keys === null ? credentials.join("") : credentials.map(quoteText).join(", ");
  const source =
    store === "url"
      ? `url(${quoteText(url)}, 'RawBLOB', 'bytes String')`
      : `${store}(${quoteText(url)}, ${opened}, 'RawBLOB', 'bytes String', 'none')`;
  await withReader(warehouse, (engine) =>
    engine.run(
      "copy-remote-object",
      `INSERT INTO FUNCTION file(${quoteText(target)}, 'RawBLOB', 'bytes String') SELECT bytes FROM ${source}
       SETTINGS http_max_tries = 2, http_connection_timeout = 10, http_receive_timeout = 120, s3_retry_attempts = 2, max_threads = 1`,
    ),
  );
}
