import { afterEach, beforeEach, expect, test } from 'vitest';
import { MusterError } from '../../../../shared/errors/errors.ts';
import { plannedHost } from '../../web/sample.ts';
import { type Bench, createBench } from '../muster.ts';

let bench: Bench;
const explanation = { en: 'node02 waits.', zh: 'node02 正在等待。' };
const diagnosis = {
  ...{ id: 'unknown', step: 'images' as const, since: '2026-03-04T12:00:00Z', title: explanation, cause: explanation },
  ...{ remedy: explanation, command: '', where: 'host' as const, evidence: ['kaboom \x1b[2J'], automatic: null },
};

beforeEach(async () => {
  bench = await createBench();
  const host = { ...plannedHost('node02', '192.168.0.132'), explanation, diagnosis };
  await bench.serve((app) => {
    app.get('/v1/hosts/node02', (_request, response) => void response.json(host));
    app.get('/v1/hosts/:name', ({ params }, response) => {
      const error = new MusterError('host-unknown', { host: params.name, known: ['node02'] });
      response.status(error.status).json(error.toProblem());
    });
  });
});

afterEach(() => bench.close());

test('a host is explained in one paragraph with the log lines behind it, without terminal control codes', async () => {
  const { code, stdout } = await bench.muster('explain', 'node02');
  expect(code).toBe(0);
  expect(stdout).toBe('node02 waits.\n  | kaboom \n');
});

test('in Chinese in a Chinese locale', async () => {
  const { finished } = bench.start(['explain', 'node02'], { LC_ALL: 'zh_CN.UTF-8' });
  expect((await finished).stdout).toContain('node02 正在等待。');
});

test('as JSON, with the whole diagnosis', async () => {
  const { stdout } = await bench.muster('explain', 'node02', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    host: 'node02',
    phase: 'planned',
    explanation,
    diagnosis: { id: 'unknown' },
  });
});

test('a host that is not in the plan is refused, and the planned hosts are listed', async () => {
  const { code, stderr } = await bench.muster('explain', 'stranger');
  expect(code).toBe(65);
  expect(stderr).toMatch(/stranger.*node02/);
});
