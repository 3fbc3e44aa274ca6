import { expect, it } from 'vitest';
import { createWave } from '../../../coordinator/joining/wave.ts';

/** Joins `hosts` through an API server that approves `perSecond` requests a second, on a simulated clock. */
function simulate(hosts: number, perSecond: (second: number) => number) {
  let time = 0;
  const wave = createWave(() => time);
  const joining: { tokenId: string; createdAt: number; approvedAt: number | null }[] = [];
  const sizes: number[] = [];
  let left = hosts;
  let room = 0;
  for (; left > 0 || joining.length > 0; time += 1000) {
    room = Math.min(room + perSecond(time / 1000), 100);
    for (const one of joining.filter(({ approvedAt }) => approvedAt === null).slice(0, Math.floor(room))) {
      one.approvedAt = time;
      room -= 1;
    }
    wave.observe(joining, left > 0);
    for (let at = joining.length - 1; at >= 0; at -= 1) if (joining[at]?.approvedAt !== null) joining.splice(at, 1);
    while (left > 0 && joining.length < wave.size()) {
      joining.push({ tokenId: String(left), createdAt: time, approvedAt: null });
      left -= 1;
    }
    sizes.push(wave.size());
  }
  return { sizes, seconds: time / 1000 };
}

it('begins with 20 and grows while approvals are quick, up to 100', () => {
  const { sizes } = simulate(5000, () => 100);
  expect(sizes[0]).toBe(20);
  expect(Math.max(...sizes)).toBe(100);
});

it('shrinks where the API server is slow, settles near what it sustains, and all hosts join', () => {
  const { sizes } = simulate(300, () => 0.1);
  const last = sizes.slice(-500);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...last)).toBeLessThanOrEqual(10);
});

it('recovers after the API server was away for five minutes', () => {
  const { sizes } = simulate(3000, (second) => (second > 20 && second < 320 ? 0 : 10));
  expect(Math.min(...sizes)).toBeLessThan(20);
  expect(sizes.at(-1)).toBeGreaterThan(30);
});

it('does not shrink because a single host does not join', () => {
  let time = 0;
  const wave = createWave(() => time);
  const stuck = { tokenId: 'a', createdAt: 0, approvedAt: null };
  for (; time < 900_000; time += 1000) wave.observe([stuck], true);
  expect(wave.size()).toBe(20);
});

it('counts each approval once, and none while no host waits', () => {
  const wave = createWave(() => 2000);
  const approved = Array.from({ length: 20 }, (_, at) => ({ tokenId: String(at), createdAt: 1000, approvedAt: 2000 }));
  wave.observe(approved, false);
  for (let count = 0; count < 50; count += 1) wave.observe(approved, true);
  expect(wave.size()).toBe(20);
});
