export { frontierOn, traceFrontier } from "./frontier.ts";
export { seekGoal, seekOn } from "./goal-seek.ts";
export { tryChannel, whatIfOn } from "./what-if.ts";
