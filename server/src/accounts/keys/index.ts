export { type KeyHolder, KeyRing } from "./key-ring.ts";
export { createKey, listKeys, revokeKey } from "./service-keys.ts";
