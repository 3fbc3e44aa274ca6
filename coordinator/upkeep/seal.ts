import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Seals revisions as "REVISION.SEAL". A restored copy of the state has the same secret; hosts do not know it. */
export function createSeal(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'muster revision', 32));
  let last = { revision: -1, text: '' };

  const sealOf = (revision: number): string =>
    createHmac('sha256', key).update(String(revision)).digest().subarray(0, 16).toString('base64url');

  return {
    seal(revision: number): string {
      if (last.revision !== revision) last = { revision, text: `${revision}.${sealOf(revision)}` };
      return last.text;
    },
    /** Whether this secret sealed the text. */
    isGenuine(text: string, revision: number): boolean {
      const [given, own] = [Buffer.from(text.slice(text.indexOf('.') + 1)), Buffer.from(sealOf(revision))];
      return given.length === own.length && timingSafeEqual(given, own);
    },
  };
}
