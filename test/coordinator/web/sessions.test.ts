import { expect, test } from 'vitest';
import { openStore } from '../../../coordinator/store/store.ts';
import { createSessions } from '../../../coordinator/web/sessions.ts';

const here = '10.0.0.1';

function setUp(ttl?: number) {
  let time = Date.parse('2026-03-04T12:00:00Z');
  const store = openStore(':memory:');
  const open = () => createSessions({ store, now: () => new Date(time), ...(ttl === undefined ? {} : { ttl }) });
  return { sessions: open(), open, pass: (minutes: number) => (time += minutes * 60_000) };
}

test('a code opens one session, once', () => {
  const { sessions } = setUp();
  const { code } = sessions.createCode('operator');
  const session = sessions.redeem(code, here);
  expect(session).toEqual(expect.any(String));
  expect(sessions.of(session ?? '', here)).toEqual({ role: 'operator', via: 'link' });
  expect(sessions.redeem(code, here)).toBeNull();
});

test('an unknown code opens nothing, and a code is not a session', () => {
  const { sessions } = setUp();
  const { code } = sessions.createCode('operator');
  expect(sessions.redeem('guess', here)).toBeNull();
  expect(sessions.of(code, here)).toBeNull();
  expect(sessions.of('', here)).toBeNull();
});

test('a code expires after ten minutes', () => {
  const { sessions, pass } = setUp();
  const first = sessions.createCode('operator');
  const second = sessions.createCode('operator');
  expect(first.expiresAt).toBe('2026-03-04T12:10:00.000Z');
  pass(9.9);
  expect(sessions.redeem(first.code, here)).not.toBeNull();
  pass(0.1);
  expect(sessions.redeem(second.code, here)).toBeNull();
});

test('a session expires after twelve hours', () => {
  const { sessions, pass } = setUp();
  const session = sessions.redeem(sessions.createCode('operator').code, here) ?? '';
  pass(12 * 60 - 1);
  expect(sessions.of(session, here)).toEqual({ role: 'operator', via: 'link' });
  pass(1);
  expect(sessions.of(session, here)).toBeNull();
});

test('a session survives a restart, and ends with the password that opened it', () => {
  const { sessions, open } = setUp();
  const [byLink, byPassword] = [
    sessions.redeem(sessions.createCode('operator').code, here) ?? '',
    sessions.open({ role: 'operator', via: 'password' }, here),
  ];
  const restarted = open();
  expect(restarted.of(byLink, here)).toEqual({ role: 'operator', via: 'link' });
  restarted.endAll({ role: 'operator', via: 'password' });
  expect([restarted.of(byLink, here), restarted.of(byPassword, here)]).toEqual([expect.anything(), null]);
  restarted.end(byLink);
  expect(restarted.of(byLink, here)).toBeNull();
});

test('the oldest session is dropped to limit the table', () => {
  const { sessions, pass } = setUp();
  const oldest = sessions.open({ role: 'viewer', via: 'password' }, here);
  pass(1);
  const others = Array.from({ length: 256 }, () => sessions.open({ role: 'viewer', via: 'password' }, here));
  expect(sessions.of(oldest, here)).toBeNull();
  expect(sessions.of(others[0] ?? '', here)).not.toBeNull();
});

test('sessions of viewers push out no operator’s', () => {
  const { sessions, pass } = setUp();
  const operator = sessions.open({ role: 'operator', via: 'password' }, here);
  pass(1);
  for (let i = 0; i < 300; i += 1) sessions.open({ role: 'viewer', via: 'password' }, here);
  expect(sessions.of(operator, here)).toEqual({ role: 'operator', via: 'password' });
});

test('the oldest code is dropped to limit memory', () => {
  const { sessions } = setUp();
  const oldest = sessions.createCode('operator');
  const others = Array.from({ length: 256 }, () => sessions.createCode('operator'));
  expect(sessions.redeem(oldest.code, here)).toBeNull();
  expect(sessions.redeem(others[0]?.code ?? '', here)).not.toBeNull();
});

test('a session works from the address that signed in only', () => {
  const { sessions } = setUp();
  const secrets = [
    sessions.redeem(sessions.createCode('operator').code, here) ?? '',
    sessions.open({ role: 'viewer', via: 'password' }, here),
  ];
  for (const secret of secrets) {
    expect(sessions.of(secret, here)).not.toBeNull();
    expect(sessions.of(secret, '10.0.0.2')).toBeNull();
    expect(sessions.of(secret, here)).not.toBeNull();
  }
});
