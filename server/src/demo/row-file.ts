import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";

/**
 * A CSV file that is written a block of rows at a time. `write` waits while the disk is behind, so memory holds a
 * block or two whatever the size of the file. An error of the disk rejects the `write` or `close` that meets it.
 */
export class RowFile {
  readonly path: string;
  rows = 0;
  private readonly stream: WriteStream;
  private failure: Error | undefined;

  constructor(path: string, columns: readonly string[]) {
    this.path = path;
    this.stream = createWriteStream(path);
    this.stream.on("error", (error) => {
      this.failure = error;
    });
    this.stream.write(`${columns.join(",")}\n`);
  }

  /** @param block whole rows, each with its line end */
  async write(block: string, rows: number): Promise<void> {
    if (this.failure) throw this.failure;
    if (rows === 0) return;
    this.rows += rows;
    if (!this.stream.write(block)) await once(this.stream, "drain");
  }

  async close(): Promise<void> {
    if (this.failure) throw this.failure;
    this.stream.end();
    await finished(this.stream);
  }

  /** Gives the file back without waiting, after a failure elsewhere. */
  abandon(): void {
    this.stream.destroy();
  }
}
