import type { Dictionary } from "./en.ts";

export const annotations: Dictionary["annotations"] = {
  title: "Annotations",
};
