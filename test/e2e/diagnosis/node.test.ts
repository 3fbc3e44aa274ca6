import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyIn, hostExec } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { causeShown, hostStatus, isReady, shell, toldSince, write } from '../support/induced.ts';
import { until } from '../support/until.ts';

const host = 'node02';
const dropIn = '/etc/systemd/system/muster-agent.service.d/clock.conf';

/** A library that shifts the clock of the one program that it is loaded into: the sandbox hosts share the machine's. */
const shift = `#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#define SHIFT 600
int clock_gettime(clockid_t id, struct timespec *t) {
  int r = syscall(SYS_clock_gettime, id, t);
  if (id == CLOCK_REALTIME) t->tv_sec += SHIFT;
  return r;
}
int gettimeofday(struct timeval *v, void *z) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  v->tv_sec = t.tv_sec;
  v->tv_usec = t.tv_nsec / 1000;
  return 0;
}
time_t time(time_t *out) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  if (out) *out = t.tv_sec;
  return t.tv_sec;
}
`;

async function shiftAgentsClock(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-clock-'));
  await writeFile(join(folder, 'shift.c'), shift);
  await execa('gcc', ['-shared', '-fPIC', '-O1', '-o', join(folder, 'shift.so'), join(folder, 'shift.c')]);
  await copyIn(host, join(folder, 'shift.so'), '/root/shift.so');
  await rm(folder, { recursive: true });
  await on(host, 'mkdir', '-p', '/etc/systemd/system/muster-agent.service.d');
  await write(host, dropIn, '[Service]\nEnvironment=LD_PRELOAD=/root/shift.so\n');
  await restartAgent();
}

/**
 * What a worker has of a cluster whose control plane was rebuilt at the same address: a credential that trusts
 * another CA than the one that answers there, and a bridge with an address of a pod range that is no longer its own.
 */
const anotherCluster = `set -e
openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -out /root/other.crt -days 30 -subj /CN=kubernetes 2>/dev/null
ip link show cni0 >/dev/null 2>&1 || ip link add cni0 type bridge
ip addr add 10.99.0.1/24 dev cni0
cp /root/other.crt /etc/kubernetes/pki/ca.crt
sed -i -E "s|(certificate-authority-data:).*|\\1 $(base64 -w0 /root/other.crt)|" /etc/kubernetes/kubelet.conf
systemctl restart kubelet`;

const restartAgent = () => shell(host, 'systemctl daemon-reload; systemctl restart muster-agent');

const runs = (unit: string) =>
  until(async () => (await hostExec(host, ['systemctl', 'is-active', unit])).exitCode === 0, {
    seconds: 120,
    what: `${unit} to run`,
  });

describe('a node that was Ready', () => {
  beforeAll(() => readyCluster(labPlan({ runtime: 'containerd', hosts: 3 })));

  it('is shown that its runtime was stopped, and starts it again', async () => {
    const brokenAt = Date.now();
    await on(host, 'systemctl', 'stop', 'containerd');
    await causeShown(host, 'runtime-stopped', brokenAt, { asDrift: /containerd/ });
    await runs('containerd');
    await isReady(host);
  });

  it('is shown that its kubelet was stopped, and starts it again', async () => {
    const brokenAt = Date.now();
    await on(host, 'systemctl', 'stop', 'kubelet');
    await causeShown(host, 'kubelet-stopped', brokenAt, { asDrift: /kubelet/ });
    await runs('kubelet');
    await isReady(host);
  });

  it('is shown that its control plane was rebuilt, and joins again without what the earlier network left', async () => {
    const brokenAt = Date.now();
    await shell(host, anotherCluster);
    await causeShown(host, 'stale-ca', brokenAt, { asDrift: /\bCA\b/ });
    const isRejoined = async () => /cni0/.test(await toldSince(host, brokenAt));
    await until(isRejoined, { seconds: 240, what: 'a rejoin that removes the earlier network' });
    await isReady(host);
    expect((await hostExec(host, ['ip', 'addr', 'show', 'dev', 'cni0'])).stdout).not.toContain('10.99.0.1');
  });

  it('is shown that its clock is off, and that it is right again', async () => {
    const brokenAt = Date.now();
    const isAhead = async () => ((await hostStatus(host)).clockSkewSeconds ?? 0) > 500;
    await shiftAgentsClock();
    await until(isAhead, { seconds: 60, every: 500, what: 'the clock to be shown' });
    process.stdout.write(`  induced clock-wrong: cause shown after ${((Date.now() - brokenAt) / 1000).toFixed(1)} s\n`);
    await on(host, 'rm', dropIn);
    await restartAgent();
    await until(async () => !(await isAhead()), { seconds: 60, what: 'the clock to be right' });
    await isReady(host);
    expect((await hostStatus(host)).clockSkewSeconds).toBeLessThan(10);
  });
});
