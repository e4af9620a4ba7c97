export { rulesOf } from "./channel-rules.ts";
