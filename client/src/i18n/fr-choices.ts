import type { Dictionary } from "./en.ts";

export const choices: Dictionary["choices"] = {
  title: "Choix",
};
