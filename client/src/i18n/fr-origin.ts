import type { Dictionary } from "./en.ts";

export const origin: Dictionary["origin"] = {
  title: "Comment est-ce calculé ?",
};
