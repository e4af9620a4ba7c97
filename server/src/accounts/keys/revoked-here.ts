/** Keys that this process has revoked. That is never taken back, so what stands here stays true. */
const revoked = new Set<string>();

export function rememberRevoked(keyId: string): void {
  revoked.add(keyId);
}

export function isRevokedHere(keyId: string): boolean {
  return revoked.has(keyId);
}
