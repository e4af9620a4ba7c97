export { creditAgain } from "./credit-again.ts";
export { creditIncrementally } from "./credit-itself.ts";
