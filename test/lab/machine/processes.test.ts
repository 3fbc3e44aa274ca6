import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { endProcess, secondsUp, startTimeOf } from './processes.ts';

it('identifies a process by its start time, and distinguishes a dead one', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  expect(startTimeOf(pid)).toMatch(/^\d+$/);
  expect(startTimeOf(pid)).not.toBe(startTimeOf(process.pid));
  expect(secondsUp(pid)).toBeLessThan(60);
  await endProcess(pid, 'SIGTERM');
  expect(startTimeOf(pid)).toBeNull();
});
