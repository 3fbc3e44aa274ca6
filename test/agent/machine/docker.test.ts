import { describe, expect, test } from 'vitest';
import { dockerInfo, isDaemonJsonValid, mergedDaemonJson } from '../../../agent/machine/docker.ts';
import { fakeHost } from '../fake-host.ts';

describe('docker info', () => {
  test('returns both drivers', async () => {
    const host = fakeHost({ programs: { docker: () => 'cgroupfs overlay2\n' } });
    expect(await dockerInfo(host)).toEqual({ answers: true, cgroupDriver: 'cgroupfs', storageDriver: 'overlay2' });
  });

  test('returns docker’s message when the daemon does not answer', async () => {
    const host = fakeHost({ programs: { docker: () => ({ exitCode: 1, stderr: 'Cannot connect' }) } });
    expect(await dockerInfo(host)).toEqual({ answers: false, said: expect.stringContaining('Cannot connect') });
  });
});

test.each([
  [null, true],
  ['\n', true],
  ['{}', true],
  ['[]', false],
  ['{"a":', false],
])('daemon.json %j is readable: %s', (text, valid) => expect(isDaemonJsonValid(text)).toBe(valid));

describe('merging', () => {
  const needed = { 'exec-opts': ['native.cgroupdriver=systemd'], 'log-driver': 'json-file' };

  test('keeps other keys and other options', () => {
    const current = JSON.stringify({ debug: true, 'exec-opts': ['native.cgroupdriver=cgroupfs', 'other=1'] });
    expect(JSON.parse(mergedDaemonJson(current, needed) ?? '')).toEqual({
      debug: true,
      'exec-opts': ['other=1', 'native.cgroupdriver=systemd'],
      'log-driver': 'json-file',
    });
  });

  test('returns null when nothing differs', () => {
    expect(mergedDaemonJson(mergedDaemonJson(null, needed), needed)).toBeNull();
  });

  test('refuses a file that docker cannot parse', () => {
    expect(() => mergedDaemonJson('[]', needed)).toThrow(expect.objectContaining({ code: 'daemon-json-invalid' }));
  });
});
