import { HEALTH_WORDS } from "@touchline/server/contract";

/** The words of the checks are the contract's own: the command says them too. */
export const health = { rules: HEALTH_WORDS } as const;
