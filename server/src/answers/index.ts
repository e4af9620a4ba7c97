export { Answers } from "./answers.ts";
export type { Ground } from "./standing.ts";
