export { splitMove } from "./split-move.ts";
