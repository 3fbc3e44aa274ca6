import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { freshLab, pasteEverywhere, waitUntilReady } from '../../lab/bring-up.ts';
import { communityPath, serveKey } from '../../lab/build/community.ts';
import { hostExec } from '../../lab/hosts.ts';
import { installCoordinator, master, on } from '../../lab/install.ts';
import { gateway, labPaths, proxy, webServer } from '../../lab/layout.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { packetRule, refuse, shell } from '../support/induced.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const written = encodeURIComponent(proxy.password);
const proxyUrl = `http://${proxy.user}:${written}@${gateway}:${proxy.port}`;
const repository = `${webServer}/${communityPath('frozen')}`;

/**
 * Kubernetes from a repository like pkgs.k8s.io and docker from Docker's, through a proxy with a user and a password.
 */
function plan(): string {
  const { kubernetes, runtime, ...rest } = parse(labPlan({ runtime: 'docker', hosts: 1 }));
  const packages = { url: repository, suite: '/', key: `${repository}Release.key` };
  return stringify({
    ...rest,
    kubernetes: { ...kubernetes, packages },
    runtime: { ...runtime, packages: { url: `${webServer}/docker-ce` } },
    proxy: { http: proxyUrl, https: proxyUrl },
  });
}

/** What the proxy was asked for since the lab was started, one line each. */
const proxyLog = async () => (await readFile(`${labPaths.logs}/proxy-server.log`, 'utf8')).split('\n');

describe('a host whose only way out is a proxy with a password, and other people’s repositories', () => {
  beforeAll(async () => {
    await serveKey('renewed');
    await freshLab({ hosts: 1, say });
    await installCoordinator(await buildRelease(say), plan());
    for (const port of [8080, 5000]) await packetRule(master, '-A', refuse(port));
  });

  it('becomes Ready; packages, key, images and the manifest come through the proxy', async () => {
    expect((await hostExec(master, ['curl', '-s', '-m', '3', webServer])).exitCode).not.toBe(0);
    await pasteEverywhere([master]);
    await waitUntilReady({ seconds: 300, show: false });
    const through = (await proxyLog()).filter((line) => line.startsWith('through'));
    for (const part of ['Release.key', 'kubeadm_', 'cri-tools_', 'docker-ce', ':5000', 'cni.yaml'])
      expect(
        through.some((line) => line.includes(part)),
        part,
      ).toBe(true);
  });

  it('has and holds crictl, which kubeadm’s package no longer requires, and docker of the planned source', async () => {
    expect(await on(master, 'dpkg-query', '-W', '-f', `\${Depends}`, 'kubeadm')).toBe('');
    expect((await on(master, 'apt-mark', 'showhold')).split('\n')).toEqual(
      expect.arrayContaining(['cri-tools', 'docker-ce', 'containerd.io']),
    );
  });

  it('shows the password nowhere', async () => {
    const told = await shell(
      master,
      'muster status --json; muster logs master01; muster explain master01; muster plan show; journalctl -o cat -u muster-agent -u muster-coordinator; ' +
        'systemctl show docker containerd kubelet',
    );
    expect(told).not.toContain(written);
    expect(told).not.toContain(proxy.password);
    const world = await shell(master, `grep -rlF '${written}' /etc /run /var/lib/muster* 2>/dev/null || true`);
    for (const path of world.split('\n').filter(Boolean))
      expect((await on(master, 'stat', '-c', '%A', path)).trim(), path).toMatch(/^-.{6}---$/);
  });
});
