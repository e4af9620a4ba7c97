/** The page's part of the address: what is looked for. */
export interface CampaignsSearch {
  find?: string;
}

const LONGEST_SEARCH = 500;

export function parseCampaignsSearch({ find }: Record<string, unknown>): CampaignsSearch {
  return typeof find === "string" && find !== "" ? { find: find.slice(0, LONGEST_SEARCH) } : {};
}
