import { expect, test } from 'vitest';
import type { Client } from '../../../../agent/link/client.ts';
import { createRetrier } from '../../../../agent/link/retry.ts';
import { pull } from '../../../../agent/link/target/puller.ts';
import { MusterError } from '../../../../shared/errors/errors.ts';
import { silentLogger } from '../../../../shared/logger.ts';
import type { Target } from '../../../../shared/protocol/assignment.ts';
import { verbatim } from '../../../../shared/text/local-text.ts';
import { testContext } from '../../steps/context.ts';

const target = (reason: string): Target => ({ assignment: null, reason: verbatim(reason), duties: [] });

test('requests the target at once, then long-polls with its tag, and recovers from failures', async () => {
  const controller = new AbortController();
  const asked: [string | null, number][] = [];
  const answers: (Awaited<ReturnType<Client['target']>> | Error)[] = [
    new MusterError('unreachable', { url: 'https://192.0.2.1:7443', reason: 'timeout' }),
    { target: target('first'), etag: '"1"' },
    null,
    new MusterError('host-retired', { host: 'node01' }),
    { target: target('second'), etag: '"2"' },
  ];
  const got: string[] = [];
  await pull(
    {
      client: {
        async target(etag, wait) {
          asked.push([etag, wait]);
          const answer = answers.shift();
          if (answer instanceof Error) throw answer;
          return answer ?? null;
        },
      },
      untilDone: createRetrier({ sleep: async () => undefined, log: silentLogger() }),
      onTarget({ reason }) {
        got.push(reason.en);
        if (reason.en === 'second') controller.abort();
        return true;
      },
    },
    controller.signal,
  );
  expect(got).toEqual(['first', 'second']);
  expect(asked).toEqual([
    [null, 0],
    [null, 0],
    ['"1"', 50],
    ['"1"', 50],
    ['"1"', 50],
  ]);
});

test('polls often on one of several control planes, whose silence another one must notice', async () => {
  const waits: number[] = [];
  for (const count of [1, 3]) {
    const controller = new AbortController();
    const { assignment } = testContext('kubeadm-init', {
      self: 'master01',
      change(settings) {
        for (let index = 2; index <= count; index++) {
          settings.hosts.push({ name: `master0${index}`, address: `10.0.0.${index}`, role: 'control-plane' });
        }
      },
    });
    await pull(
      {
        client: {
          async target(etag, wait) {
            if (etag !== null) {
              waits.push(wait);
              controller.abort();
            }
            return { target: { ...target(''), assignment }, etag: '"1"' };
          },
        },
        untilDone: createRetrier({ sleep: async () => undefined, log: silentLogger() }),
        onTarget: () => true,
      },
      controller.signal,
    );
  }
  expect(waits).toEqual([50, 4]);
});

test('a target that this host refuses is offered to it again, although the coordinator sends it once', async () => {
  const controller = new AbortController();
  const waits: number[] = [];
  const client = {
    async target(etag: string | null, wait: number) {
      waits.push(wait);
      if (waits.length === 3) controller.abort();
      return etag === null ? { target: target('unsigned'), etag: '"1"' } : null;
    },
  };
  const untilDone = createRetrier({ sleep: async () => undefined, log: silentLogger() });
  const offered: string[] = [];
  const onTarget = ({ reason }: Target) => {
    offered.push(reason.en);
    return waits.length === 2;
  };
  await pull({ client, untilDone, onTarget }, controller.signal);
  expect(offered).toEqual(['unsigned', 'unsigned']);
  expect(waits).toEqual([0, 30, 50]);
});

test('a coordinator that answers each poll at once is not asked in a loop', async () => {
  const controller = new AbortController();
  let asked = 0;
  const client = {
    async target() {
      asked += 1;
      return asked % 2 === 0 ? null : { target: target('x'), etag: String(asked) };
    },
  };
  const untilDone = createRetrier({ sleep: async () => undefined, log: silentLogger() });
  setTimeout(() => controller.abort(), 600);
  await pull({ client, untilDone, onTarget: () => true }, controller.signal);
  expect(asked).toBeLessThan(4);
});
