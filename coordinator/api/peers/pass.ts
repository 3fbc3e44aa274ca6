import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How long a pass is valid, in ms; also the tolerated difference of the coordinators' clocks. */
const lifeMs = 60_000;

/**
 * Passes by which coordinators of one cluster know each other, as "TIME.MAC": derived from the server key that all of
 * them have and nobody else.
 */
export function createPass(secret: string, now: () => Date) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'muster peer', 32));
  const macOf = (time: string) => createHmac('sha256', key).update(time).digest('base64url');

  return {
    issue(): string {
      const time = String(now().getTime());
      return `${time}.${macOf(time)}`;
    },
    isGenuine(text: string): boolean {
      const [time = '', mac = ''] = text.split('.');
      const [given, own] = [Buffer.from(mac), Buffer.from(macOf(time))];
      if (given.length !== own.length || !timingSafeEqual(given, own)) return false;
      return Math.abs(now().getTime() - Number(time)) < lifeMs;
    },
  };
}
