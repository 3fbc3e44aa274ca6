import { describe, expect, test } from 'vitest';
import { dockerInfo } from '../../../agent/machine/docker.ts';
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
