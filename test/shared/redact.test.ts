import { describe, expect, test } from 'vitest';
import { createRedactor, redactLine, redactText } from '../../shared/redact.ts';

const key = '9'.repeat(32) + 'abcdef01'.repeat(4);

describe('redactLine', () => {
  test.each([
    ['kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef --discovery', 'abcdef.0123456789abcdef'],
    [`--control-plane --certificate-key ${key}`, key],
    [`  ${key}  `, key],
    ['Authorization: Bearer eyJhbGciOi.J9-_x==', 'eyJhbGciOi.J9-_x=='],
    ['got muster-w1_AbCdEfGhIjKlMnOpQrStUv from the line', 'muster-w1_AbCdEfGhIjKlMnOpQrStUv'],
    ['the key is AGE-SECRET-KEY-14EHAE088PLL09DZ3VQ.', 'AGE-SECRET-KEY-14EHAE088PLL09DZ3VQ'],
    ['MUSTER_TOKEN=short sudo -E sh', 'short'],
    ['Get http://user:pa55word@proxy.example:3128/x', 'pa55word'],
    ['password: "correct-horse"', 'correct-horse'],
    ['  client-key-data: TUlJRXBB', 'TUlJRXBB'],
  ])('redacts the secret in %s', (line, secret) => {
    const redacted = redactLine(line);
    expect(redacted).not.toContain(secret);
    expect(redacted).toContain('[secret]');
  });

  test.each([
    '[certs] Generating "apiserver" certificate and key',
    `sha256:${key} is the hash of an image`,
    'Unpacking kubelet (1.20.2-00) over http://deb.example/pool/main',
    'The token is valid for 15 minutes',
    'Started muster-agent.service',
  ])('leaves %s unchanged', (line) => expect(redactLine(line)).toBe(line));
});

test('hides each line of a private key, and none after it', () => {
  const redact = createRedactor();
  const lines = ['before', '-----BEGIN RSA PRIVATE KEY-----', 'MIIEow', '-----END RSA PRIVATE KEY-----', 'after'];
  expect(lines.map(redact)).toEqual(['before', '[secret]', '[secret]', '[secret]', 'after']);
});

describe('redactText', () => {
  test.each([
    'DB_PASSWORD=x1',
    'my.secret: x1',
    '"auth": "x1"',
    'authorization: Negotiate x1',
    'api-key=x1',
  ])('hides the value of %s whatever its form', (line) => {
    expect(redactText(line)).not.toContain('x1');
    expect(redactText(line)).toContain('[secret]');
  });

  test.each([
    ['words joined by hyphens', 'a-'],
    ['schemes without an end', 'a://'],
    ['users without an end', '://a:'],
    ['names of settings', 'password='],
    ['keys that never end', '-----BEGIN PRIVATE KEY-----A'],
    ['certificate keys', 'certificate key '],
    ['hexadecimal digits', 'abcdef0123456789'],
    ['spaces', ' '],
  ])('takes linear time for a line of 200,000 characters of %s', { timeout: 5000 }, (_, part) => {
    expect(redactText(part.repeat(200_000 / part.length)).length).toBeGreaterThan(0);
  });

  test('costs little for a text of short lines, and hides the shortest secret', () => {
    const before = process.cpuUsage();
    redactText('a\n'.repeat(500_000));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(800);
    expect(redactText('://a@')).toBe('://[secret]@');
  });
});
