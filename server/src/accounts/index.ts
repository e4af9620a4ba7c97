export { createApiKey, KeyRing } from "./api-keys.ts";
