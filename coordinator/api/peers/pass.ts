import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How long a pass is valid, in ms; also the tolerated difference of the coordinators' clocks. */
const lifeMs = 60_000;

/** For whom a coordinator asks: the operator at its socket, or a browser, which has no rights but those of its session. */
export type Audience = 'operator' | 'browser';

/**
 * Passes by which coordinators of one cluster know each other, as "TIME.MAC": derived from the server key that all of
 * them have and nobody else. A pass for one audience is none for the other, whatever path the request names.
 */
export function createPass(secret: string, now: () => Date) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'muster peer', 32));
  const macOf = (time: string, audience: Audience) =>
    createHmac('sha256', key).update(`${audience} ${time}`).digest('base64url');

  return {
    issue(audience: Audience): string {
      const time = String(now().getTime());
      return `${time}.${macOf(time, audience)}`;
    },
    isGenuine(text: string, audience: Audience): boolean {
      const [time = '', mac = ''] = text.split('.');
      const [given, own] = [Buffer.from(mac), Buffer.from(macOf(time, audience))];
      if (given.length !== own.length || !timingSafeEqual(given, own)) return false;
      return Math.abs(now().getTime() - Number(time)) < lifeMs;
    },
  };
}
