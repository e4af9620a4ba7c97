export { allocateInteger } from "./allocate-integer.ts";
