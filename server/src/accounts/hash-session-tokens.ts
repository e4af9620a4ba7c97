import { createHash } from "node:crypto";
import type { DBAdapter, Where } from "better-auth/types";

/** Tokens are long and random: their hash needs no salt. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

const hashed = (value: unknown): unknown => {
  if (typeof value === "string") return tokenHash(value);
  return Array.isArray(value) ? value.map(hashed) : value;
};

function hashWhere(where: readonly Where[] | undefined): Where[] | undefined {
  return where?.map((each) => (each.field === "token" ? { ...each, value: hashed(each.value) as string } : each));
}

/** The token that was asked for, which is the one of whatever was found. */
function askedToken(where: readonly Where[] | undefined): string | undefined {
  const value = where?.find(({ field }) => field === "token")?.value;
  return typeof value === "string" ? value : undefined;
}

function withToken<R>(row: R, token: string | undefined): R {
  return row === null || row === undefined || token === undefined ? row : { ...row, token };
}

/**
 * The library writes the token of a session as the cookie says it. With this around its adapter only the SHA-256 is ever written or
 * compared, so that whoever reads the database cannot sign in with what it holds.
 */
export function hashSessionTokens<A extends DBAdapter>(adapter: A): A {
  const isSession = (model: string) => model === "session";
  const around: Partial<DBAdapter> = {
    // Inside a transaction the library writes through another adapter.
    transaction: (work) => adapter.transaction((inner) => work(hashSessionTokens(inner as A))),
    async create(data) {
      if (!isSession(data.model)) return adapter.create(data);
      const token = String((data.data as { token?: unknown }).token);
      const row = await adapter.create({ ...data, data: { ...data.data, token: tokenHash(token) } } as never);
      return withToken(row, token) as never;
    },
    async findOne(data) {
      if (!isSession(data.model)) return adapter.findOne(data);
      const row = await adapter.findOne({ ...data, where: hashWhere(data.where)! });
      return withToken(row, askedToken(data.where)) as never;
    },
    findMany(data) {
      return adapter.findMany(isSession(data.model) ? { ...data, where: hashWhere(data.where)! } : data);
    },
    async update(data) {
      if (!isSession(data.model)) return adapter.update(data);
      const row = await adapter.update({ ...data, where: hashWhere(data.where)! });
      return withToken(row, askedToken(data.where)) as never;
    },
    updateMany(data) {
      return adapter.updateMany(isSession(data.model) ? { ...data, where: hashWhere(data.where)! } : data);
    },
    delete(data) {
      return adapter.delete(isSession(data.model) ? { ...data, where: hashWhere(data.where)! } : data);
    },
    deleteMany(data) {
      return adapter.deleteMany(isSession(data.model) ? { ...data, where: hashWhere(data.where)! } : data);
    },
  };
  return { ...adapter, ...around };
}
