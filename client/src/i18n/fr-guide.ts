import type { Dictionary } from "./en.ts";

export const guide: Dictionary["guide"] = {
  title: "Premiers pas",
};
