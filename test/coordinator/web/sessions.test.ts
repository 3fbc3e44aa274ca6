import { expect, test } from 'vitest';
import { createSessions } from '../../../coordinator/web/sessions.ts';

function setUp(ttl?: number) {
  let time = Date.parse('2026-03-04T12:00:00Z');
  const sessions = createSessions({ now: () => new Date(time), ...(ttl === undefined ? {} : { ttl }) });
  return { sessions, pass: (minutes: number) => (time += minutes * 60_000) };
}

test('a code opens one session, once', () => {
  const { sessions } = setUp();
  const { code } = sessions.createCode();
  const session = sessions.redeem(code);
  expect(session).toEqual(expect.any(String));
  expect(sessions.valid(session ?? '')).toBe(true);
  expect(sessions.redeem(code)).toBeNull();
});

test('a code that was never given out opens nothing, and a code is no session', () => {
  const { sessions } = setUp();
  const { code } = sessions.createCode();
  expect(sessions.redeem('guess')).toBeNull();
  expect(sessions.valid(code)).toBe(false);
  expect(sessions.valid('')).toBe(false);
});

test('a code ends after ten minutes', () => {
  const { sessions, pass } = setUp();
  const first = sessions.createCode();
  const second = sessions.createCode();
  expect(first.expiresAt).toBe('2026-03-04T12:10:00.000Z');
  pass(9.9);
  expect(sessions.redeem(first.code)).not.toBeNull();
  pass(0.1);
  expect(sessions.redeem(second.code)).toBeNull();
});

test('a session ends after twelve hours', () => {
  const { sessions, pass } = setUp();
  const session = sessions.redeem(sessions.createCode().code) ?? '';
  pass(12 * 60 - 1);
  expect(sessions.valid(session)).toBe(true);
  pass(1);
  expect(sessions.valid(session)).toBe(false);
});

test('the oldest code makes room, so that memory stays bounded', () => {
  const { sessions } = setUp();
  const oldest = sessions.createCode();
  const others = Array.from({ length: 256 }, () => sessions.createCode());
  expect(sessions.redeem(oldest.code)).toBeNull();
  expect(sessions.redeem(others[0]?.code ?? '')).not.toBeNull();
});
