export const portfolio = {
  title: "All workspaces",
} as const;
