import { statfsSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { UserError } from "../user-error.ts";

/**
 * The embedded database goes round in circles for ever, and the process with it, when its log needs a new segment (16 MB) and the disk
 * has none. So nothing is written while less than this is free.
 */
const ROOM_BYTES = 64_000_000;

/** Thrown in place of a write for which there may be no room. Reading goes on. */
export class StoreFull extends UserError {
  constructor(folder: string) {
    super(
      `the disk of ${folder} has less than ${ROOM_BYTES / 1e6} MB left, so nothing about accounts and plans can be written: make room`,
    );
  }
}

/** @returns how many bytes are free where the folder is */
export type FreeBytes = (folder: string) => number;

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

const READS = /^\s*(select|show|explain|rollback|commit|end)\b/i;

/** Refuses what writes while there is too little room. A look costs some microseconds. */
export function keepRoom(client: PGlite, folder: string, free: FreeBytes = freeBytes): PGlite {
  const requireRoom = (statement: string) => {
    if (!READS.test(statement) && free(folder) < ROOM_BYTES) throw new StoreFull(folder);
  };
  const query = client.query.bind(client);
  const transaction = client.transaction.bind(client);
  client.query = async (statement, ...rest) => {
    requireRoom(statement);
    return query(statement, ...rest);
  };
  client.transaction = async (work) =>
    transaction(async (tx) => {
      requireRoom("begin");
      return work(tx);
    });
  return client;
}
