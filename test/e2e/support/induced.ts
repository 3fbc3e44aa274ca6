import { execa } from 'execa';
import { expect } from 'vitest';
import type { Diagnosis } from '../../../shared/protocol/diagnosis.ts';
import type { OutputLine } from '../../../shared/protocol/report.ts';
import type { Event, HostStatus } from '../../../shared/protocol/status.ts';
import { bootHost, hostExec, prepareDisks, wipeHost } from '../../lab/hosts.ts';
import { clusterStatus, master, on, oneLiner, paste } from '../../lab/install.ts';
import { namespaceOf } from '../../lab/network.ts';
import { until } from './until.ts';

/** Failures made on purpose: a host is broken, and what is measured is how long it takes until its cause is shown. */

const say = (line: string) => process.stdout.write(`  ${line}\n`);

export async function shell(host: string, script: string): Promise<string> {
  return on(host, 'bash', '-c', script);
}

export async function hostStatus(name: string): Promise<HostStatus> {
  const host = (await clusterStatus()).hosts.find((one) => one.name === name);
  if (host === undefined) throw new Error(`the plan has no ${name}`);
  return host;
}

export async function events(): Promise<Event[]> {
  const curl = ['curl', '-sS', '--unix-socket', '/run/muster/muster.sock', 'http://coordinator/v1/events'];
  return JSON.parse(await on(master, ...curl)) as Event[];
}

/**
 * Waits until the cause is shown for this host, at or after `brokenAt` (ms since the epoch), prints how long that took,
 * and returns the diagnosis as the status API had it (null when it was resolved before it could be read). `asDrift`: a
 * look at everything may find and correct it before the node is lost.
 */
export async function causeShown(
  host: string,
  id: string,
  brokenAt: number,
  { seconds = 150, asDrift }: { seconds?: number; asDrift?: RegExp } = {},
): Promise<Diagnosis | null> {
  let at = 0;
  await until(
    async () => {
      const shown = (await events()).find(
        ({ host: of, kind, message, at: told }) =>
          of === host &&
          Date.parse(told) >= brokenAt &&
          (kind === `diagnosed:${id}` || (kind === 'drift-corrected' && asDrift?.test(JSON.stringify(message)))),
      );
      at = shown === undefined ? 0 : Date.parse(shown.at);
      return at > 0;
    },
    { seconds, every: 500, what: `${id} to be shown for ${host}` },
  ).catch((error) => withWhatIsShown(host, error));
  say(`induced ${id}: cause shown after ${((at - brokenAt) / 1000).toFixed(1)} s`);
  const { diagnosis } = await hostStatus(host);
  return diagnosis?.id === id ? diagnosis : null;
}

/** What a test waited for in vain is found in what muster shows, and in the last lines of the host's steps. */
async function withWhatIsShown(host: string, error: Error): Promise<never> {
  const { phase, summary, diagnosis, findings } = await hostStatus(host);
  const errors = findings.filter(({ level }) => level === 'error');
  const shown = JSON.stringify({ phase, summary, diagnosis, errors }, null, 1);
  const lines = (await on(master, 'muster', 'logs', host)).split('\n').slice(-40).join('\n');
  throw new Error(`${error.message}; it shows ${shown}\n${lines}`);
}

/**
 * Waits until a preflight finding blocks the host, and prints how long that took since `brokenAt` (ms since the epoch).
 */
export async function findingShown(host: string, id: string, brokenAt: number, seconds = 150): Promise<void> {
  const shown = async () =>
    (await hostStatus(host)).findings.some((finding) => finding.id === id && finding.level === 'error');
  await until(shown, { seconds, every: 500, what: `the finding ${id} to be shown for ${host}` });
  say(`induced ${id}: found before anything was changed, after ${((Date.now() - brokenAt) / 1000).toFixed(1)} s`);
}

/** What its steps have printed since then. */
export async function toldSince(host: string, since: number): Promise<string> {
  const lines = (await on(master, 'muster', 'logs', host, '--json')).split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as OutputLine)
    .filter(({ at }) => Date.parse(at) >= since)
    .map(({ text }) => text)
    .join('\n');
}

/** Runs on the host exactly what was shown. */
export async function runShown(host: string, diagnosis: Diagnosis | null): Promise<void> {
  expect(diagnosis?.command).toBeTruthy();
  const where = diagnosis?.where === 'host' ? host : master;
  const { exitCode, stdout, stderr } = await hostExec(where, ['bash', '-c', diagnosis?.command ?? '']);
  say(`ran on ${where}: ${diagnosis?.command}${exitCode === 0 ? '' : ` (exit code ${exitCode}) ${stdout}${stderr}`}`);
}

export async function isResolved(host: string, since: number, seconds = 240): Promise<void> {
  await until(
    async () =>
      (await events()).some((one) => one.host === host && one.kind === 'resolved' && Date.parse(one.at) > since),
    { seconds, what: `${host} to be resolved` },
  ).catch((error) => withWhatIsShown(host, error));
}

export async function isReady(host: string, seconds = 240): Promise<void> {
  const isShown = async () => (await hostStatus(host)).phase === 'ready';
  await until(isShown, { seconds, what: `${host} to be Ready` }).catch((error) => withWhatIsShown(host, error));
}

/** A machine with a new disk under a planned name: bare, and cut off by nothing yet. */
export async function bareHost(host: string): Promise<void> {
  await wipeHost(host);
  await bootHost(host);
}

/** The same with a node's packages and images on the disk, for tests of something else than preparation. */
export async function preparedHost(host: string): Promise<void> {
  await prepareDisks([host], 'containerd', () => undefined);
  await bootHost(host);
}

export async function pasteOn(host: string): Promise<void> {
  const { exitCode, stdout, stderr } = await paste(host, await oneLiner(host));
  if (exitCode !== 0) throw new Error(`the install command on ${host}: ${stdout}${stderr}`);
}

/** A rule in the host's own network namespace; `-A` adds it and `-D` takes it away. */
export async function packetRule(host: string, verb: '-A' | '-D', rule: readonly string[]): Promise<void> {
  const [table, ...rest] = rule;
  await execa('ip', ['netns', 'exec', namespaceOf(host), 'iptables', '-t', table ?? '', verb, 'OUTPUT', ...rest]);
}

export const refuse = (port: number) => [
  ...['filter', '-p', 'tcp', '-d', '192.168.0.1', '--dport', String(port)],
  ...['-j', 'REJECT', '--reject-with', 'tcp-reset'],
];

const hook = `#!/bin/bash
# Breaks the host in the moment when kubeadm join begins: one script of /root/breaks for each join.
next=$(ls /root/breaks/*.sh 2>/dev/null | head -n 1)
if [ "$1" = join ] && [ -n "$next" ]; then
  mv "$next" /root/breaks/now
  date +%s%3N > "/root/breaks/$(basename "$next" .sh).at"
  bash /root/breaks/now > /root/breaks/log 2>&1
fi
exec /usr/bin/kubeadm "$@"
`;

/** Puts the scripts in kubeadm's way, one for each join that is tried from now on, in this order. */
export async function breakJoins(host: string, scripts: readonly { id: string; script: string }[]): Promise<void> {
  await on(host, 'mkdir', '-p', '/root/breaks');
  await write(host, '/usr/local/bin/kubeadm', hook);
  await on(host, 'chmod', '+x', '/usr/local/bin/kubeadm');
  for (const [index, { id, script }] of scripts.entries())
    await write(host, `/root/breaks/${String(index + 10)}-${id}.sh`, `${script}\n`);
}

/** When the script of that failure ran, in ms since the epoch. */
export async function brokenAt(host: string, id: string, seconds = 240): Promise<number> {
  let at = 0;
  await until(
    async () => {
      at = Number((await shell(host, `cat /root/breaks/*-${id}.at`)).trim());
      return at > 0;
    },
    { seconds, every: 300, what: `${host} to be broken with ${id}` },
  );
  return at;
}

/** Part of a script: it waits there until `whenAsked` has done its work elsewhere. */
export const askFor = (what: string) => `touch /root/asks-${what}; while [ -e /root/asks-${what} ]; do sleep 0.1; done`;

export async function whenAsked(host: string, what: string, work: () => Promise<unknown>): Promise<void> {
  await until(async () => (await hostExec(host, ['test', '-e', `/root/asks-${what}`])).exitCode === 0, {
    seconds: 240,
    every: 200,
    what: `${host} to ask for ${what}`,
  });
  await work();
  await on(host, 'rm', `/root/asks-${what}`);
}

export async function write(host: string, path: string, content: string): Promise<void> {
  const { exitCode, stderr } = await hostExec(host, ['tee', path], { input: content });
  if (exitCode !== 0) throw new Error(`writing ${path} on ${host}: ${stderr}`);
}
