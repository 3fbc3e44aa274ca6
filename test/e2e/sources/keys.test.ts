import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { freshLab } from '../../lab/bring-up.ts';
import { communityPath, serveKey } from '../../lab/build/community.ts';
import { hostExec } from '../../lab/hosts.ts';
import { installCoordinator, master, on } from '../../lab/install.ts';
import { webServer } from '../../lab/layout.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { findingShown, pasteOn, shell, write } from '../support/induced.ts';
import { until } from '../support/until.ts';

const say = (line: string) => process.stdout.write(`  ${line}\n`);
const keyring = '/etc/apt/keyrings/muster-kubernetes.asc';
/** When the key was last fetched: at most once a day. */
const fetched = '/var/lib/muster-agent/key-fetched-kubernetes';
const urlOf = (channel: 'frozen' | 'weak') => `${webServer}/${communityPath(channel)}`;
const repository = urlOf('frozen');

function planFor(url: string): string {
  const { kubernetes, ...rest } = parse(labPlan({ runtime: 'containerd', hosts: 1 }));
  const packages = { url, suite: '/', key: `${url}Release.key` };
  return stringify({ ...rest, kubernetes: { ...kubernetes, packages } });
}

const keyHash = async () => (await on(master, 'sha256sum', keyring)).split(' ')[0];
const isThere = async (program: string) => (await hostExec(master, ['which', program])).exitCode === 0;

describe('a host whose repository has a key that has expired', () => {
  beforeAll(async () => {
    await serveKey('expired');
    await freshLab({ hosts: 1, say });
    await installCoordinator(await buildRelease(say), planFor(urlOf('weak')));
  });

  it('is shown first that apt refuses another one’s signature', async () => {
    const began = Date.now();
    await pasteOn(master);
    await findingShown(master, 'source-signature', began);
  });

  it('is shown so before anything is installed', async () => {
    const began = Date.now();
    await write(master, '/etc/muster/cluster.yaml', planFor(repository));
    await findingShown(master, 'key-expiry', began);
    expect(await isThere('kubeadm')).toBe(false);
  });

  it('continues once the repository has a renewed one', async () => {
    await serveKey('renewed');
    await until(() => isThere('kubeadm'), { seconds: 120, what: 'kubeadm to be installed' });
  });

  it('fetches the key again where it has an expired one and the repository a renewed one', async () => {
    const renewed = await keyHash();
    await serveKey('expired');
    await shell(
      master,
      `curl -sf ${repository}Release.key > ${keyring}; rm -f ${fetched}; systemctl restart muster-agent`,
    );
    expect(await keyHash()).not.toBe(renewed);
    await serveKey('renewed');
    await until(async () => (await keyHash()) === renewed, { seconds: 120, what: 'the renewed key to be fetched' });
  });
});
