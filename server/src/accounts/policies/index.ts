export { policiesOf } from "./policies.ts";
