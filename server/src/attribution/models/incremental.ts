import { creditAgain, creditIncrementally } from "../incremental/index.ts";
import type { SelfCreditingModel } from "./model.ts";

export const INCREMENTAL: SelfCreditingModel = {
  kind: "self",
  name: "incremental",
  creditItself: creditIncrementally,
  creditAgain,
};
