export { proposalsRouter } from "./router.ts";
