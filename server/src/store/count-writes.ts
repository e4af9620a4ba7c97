import type { PGlite } from "@electric-sql/pglite";

const READS = /^\s*(select|show|explain)\b/i;

/** Counts what may have written, once it has ended: nothing was written while the count stays. */
export class WriteCount {
  times = 0;

  /** @returns the same client, which counts */
  of(client: PGlite): PGlite {
    const query = client.query.bind(client);
    const transaction = client.transaction.bind(client);
    const counted = <T>(work: Promise<T>): Promise<T> =>
      work.finally(() => {
        this.times++;
      });
    client.query = (statement, ...rest) =>
      READS.test(statement) ? query(statement, ...rest) : counted(query(statement, ...rest));
    client.transaction = (work) => counted(transaction(work));
    return client;
  }
}
