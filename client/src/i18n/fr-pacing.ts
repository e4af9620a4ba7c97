import type { Dictionary } from "./en.ts";

export const pacing: Dictionary["pacing"] = {
  title: "Rythme des dépenses",
};
