import { expect, it } from 'vitest';
import { allReady } from '../e2e/support/recovery.ts';
import { until } from '../e2e/support/until.ts';
import { copyIn, hostExec } from '../lab/hosts.ts';
import { master, on } from '../lab/install.ts';
import { bareHosts, broughtUpUnder, coordinator, expectEveryStepDone, expectNothingToDo, say } from './sweep.ts';

const hook = '/opt/muster/deadly-requests.ts';
const dropIn = `/run/systemd/system/${coordinator}.d/deadly.conf`;
const moments = ['it came', 'it was done', 'it was answered'];

/** The requests of hosts and operators in a bring-up, and those that the commands below cause. */
const kinds = [
  'GET /install.sh',
  'GET /artefacts/*',
  'POST /v1/enrol',
  'GET /v1/target',
  'POST /v1/reports',
  'POST /v1/join-credentials',
  'POST /v1/duties/*',
  'POST /v1/credentials',
  'POST /v1/collections/*',
  'POST /v1/tokens',
  'GET /v1/status',
  'POST /v1/rotations',
  'POST /v1/hosts/*/support-bundle',
  'POST /v1/hosts/*/actions',
];

const commands = [
  ['muster', 'pause', 'node01'],
  ['muster', 'resume', 'node01'],
  ['muster', 'rotate', 'node02'],
  ['muster', 'support-bundle', 'node01', '--output', '/root/bundle.tar.gz'],
];

async function makeDeadly(): Promise<void> {
  await copyIn(master, `${import.meta.dirname}/deadly-requests.ts`, hook);
  await on(master, 'mkdir', '-p', `/run/systemd/system/${coordinator}.d`);
  const text = `[Service]\nEnvironment=NODE_OPTIONS=--import=${hook}\n`;
  expect((await hostExec(master, ['tee', dropIn], { input: text })).exitCode).toBe(0);
  await on(master, 'systemctl', 'daemon-reload');
  await on(master, 'systemctl', 'restart', coordinator);
}

/** Retries like an operator who sees a failure, until it is done, possibly by an attempt whose response was lost. */
async function untilDone(command: readonly string[]): Promise<void> {
  const isDone = async () => {
    const { exitCode, stderr } = await hostExec(master, command);
    return exitCode === 0 || /is paused|is not paused/.test(stderr);
  };
  await until(isDone, { seconds: 120, what: command.join(' ') });
}

it('a bring-up comes to its end with the coordinator killed at every kind of request: on its arrival, before and after the answer', async () => {
  await bareHosts();
  await makeDeadly();
  const again = await broughtUpUnder([], { seconds: 900 });
  for (const command of commands) await untilDone(command);

  const wanted = kinds.flatMap((kind) => moments.map((moment) => `${kind}: ${moment}`));
  let deaths: string[] = [];
  await until(
    async () => {
      deaths = (await on(master, 'cat', '/var/lib/muster/died-of')).trim().split('\n');
      return wanted.every((death) => deaths.includes(death));
    },
    { seconds: 120, what: 'the coordinator to have died of every kind of request' },
  ).catch((error) => {
    throw new Error(`${error.message}, and not of ${wanted.filter((death) => !deaths.includes(death)).join(', ')}`);
  });
  for (const death of deaths) say(`killed at ${death}`);

  await on(master, 'rm', dropIn);
  await on(master, 'systemctl', 'daemon-reload');
  await on(master, 'systemctl', 'restart', coordinator);
  await allReady();
  expect(again, 'finished steps that were applied again').toEqual([]);
  await expectEveryStepDone();
  await expectNothingToDo();
});
