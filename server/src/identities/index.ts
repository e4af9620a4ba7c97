export { ensurePersons, fetchIdentityStatus } from "./persons.ts";
