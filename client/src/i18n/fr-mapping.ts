import type { Dictionary } from "./en.ts";

export const mapping: Dictionary["mapping"] = {
  title: "Importer un fichier",
};
