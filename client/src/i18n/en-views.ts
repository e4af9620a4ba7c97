export const views = {
  title: "Saved views",
} as const;
