export { type JudgedLevel, judgeLevel, type LevelOptions } from "./judge-level.ts";
export { type StabilityIndex, stabilityIndex } from "./population-stability.ts";
