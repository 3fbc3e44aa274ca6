import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createEtcdClient } from '../../../agent/etcd/client.ts';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { steps } from '../../../agent/steps/index.ts';
import { kubeadmInit } from '../../../agent/steps/kubeadm-init.ts';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import { stepIds } from '../../../shared/steps/catalogue.ts';
import { namespaceOf, startGateway, withoutQuorum } from '../etcd/gateway-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { certificate } from '../kube/der.ts';
import { programs, type TestContext, testContext, verbs } from './context.ts';

const api = await apiServerOfFile();
const etcd = await startGateway();
afterAll(etcd.close);
const [first, second] = ['1b4e28ba-2fa1-4d2b-883f-0016d3cca427', '6fa459ea-ee8a-4ca4-894e-db77e160355e'];

const caFile = '/etc/kubernetes/pki/ca.crt';
const record = '/var/lib/muster-agent/created-cluster';
const put = ({ host }: TestContext, path: string, content: string) => host.files.set(path, { content, mode: 0o600 });

it('every entry of the catalogue has a step with the same id', () => {
  expect(Object.entries(steps).map(([id, step]) => [id, step.id])).toEqual(stepIds.map((id) => [id, id]));
});

describe('kubeadm-init', () => {
  function initHost(files: Record<string, string> = {}) {
    const context = testContext('kubeadm-init', { self: 'master01', files });
    context.host.programs.kubeadm = ([verb]) => {
      if (verb === 'reset') for (const path of [adminConf, caFile]) context.host.files.delete(path);
      if (verb !== 'init') return;
      put(context, adminConf, api.kubeconfig());
      put(context, caFile, api.caPem);
      put(context, '/var/lib/etcd/member/wal/0', '');
    };
    context.host.programs.journalctl = () => '';
    context.host.programs.systemctl = () => '';
    return context;
  }

  it('creates the cluster with its own token, and leaves no configuration behind', async () => {
    const context = initHost();
    const tokens: string[] = [];
    const kubeadm = context.host.programs.kubeadm;
    context.host.programs.kubeadm = (args, options) => {
      const [config] = parseAllDocuments(context.host.content('/run/muster-agent/kubeadm-init.yaml'));
      tokens.push(config?.toJS().bootstrapTokens[0].token);
      expect(context.host.files.get('/run/muster-agent/kubeadm-init.yaml')?.mode).toBe(0o600);
      return kubeadm?.(args, options);
    };
    expect(await kubeadmInit.check(context)).toMatchObject({
      state: 'todo',
      message: { en: 'no cluster exists on this host' },
    });
    await kubeadmInit.apply(context);
    expect(await kubeadmInit.check(context)).toEqual({ state: 'done' });
    expect(verbs(context)).toEqual(['kubeadm init']);
    expect(context.host.lines()).toContain(
      'kubeadm init --config /run/muster-agent/kubeadm-init.yaml --skip-token-print',
    );
    expect(tokens[0]).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
    expect([...context.host.files.keys()].filter((path) => path.startsWith('/run'))).toEqual([]);
  });

  it('holds packets to services before the node’s first pod can start', async () => {
    const context = initHost();
    context.host.programs.iptables = () => '';
    await kubeadmInit.apply(context);
    expect(programs(context, /^iptables -w -I OUTPUT -d 10.96.0.0\/12 |^kubeadm /)).toEqual(['iptables', 'kubeadm']);
  });

  it('adopts the run of an earlier agent, without a new configuration', async () => {
    const context = initHost({ [caFile]: api.caPem });
    context.host.units.set('kubeadm-init', { state: 'ended', result: { exitCode: 0, tail: [] } });
    await kubeadmInit.apply(context);
    expect(verbs(context)).toEqual([]);
    expect(JSON.parse(context.host.content(record)).caSha256).toBe(caFingerprint(api.caPem));
  });

  it('records the cluster after its files are on disk, which kubeadm does not ensure', async () => {
    const context = initHost();
    const seen: boolean[] = [];
    context.host.programs.sync = () => {
      seen.push(context.host.files.has(caFile), context.host.files.has(record));
      return '';
    };
    await kubeadmInit.apply(context);
    expect(seen).toEqual([true, false]);
    expect(context.host.files.has(record)).toBe(true);
  });

  it('is not done when kubeadm did not complete', async () => {
    const context = initHost({ [adminConf]: api.kubeconfig(), [caFile]: api.caPem });
    expect(await kubeadmInit.check(context)).toMatchObject({
      state: 'todo',
      message: { en: 'kubeadm init did not finish' },
    });
  });

  it('fails with the errors of kubeadm and the kubelet, and then cleans up, including etcd', async () => {
    const context = initHost({
      '/var/lib/etcd/member/wal/0': '',
      [adminConf]: 'x',
      '/proc/self/mounts': '/dev/sda / ext4 rw 0 0\n',
    });
    context.host.programs.kubeadm = ([verb]) =>
      verb === 'init'
        ? { exitCode: 1, stderr: '[init] Using v1.20.2\nerror execution phase wait-control-plane: x' }
        : '';
    context.host.programs.rm = () => '';
    await expect(kubeadmInit.apply(context)).rejects.toMatchObject({
      code: 'kubeadm-init-failed',
      message: expect.stringContaining('error execution phase wait-control-plane: x'),
    });
    await kubeadmInit.cleanUp?.(context);
    const cleaning = context.host.lines().filter((line) => /^(kubeadm reset|rm) /.test(line));
    expect(cleaning.slice(-2)).toEqual([
      'kubeadm reset --force --cri-socket /var/run/dockershim.sock --kubeconfig /nonexistent',
      `rm -rf --one-file-system -- ${adminConf} /var/lib/etcd/member`,
    ]);
  });

  it('deletes nothing below a mount point', async () => {
    const mounts = '/dev/sda / ext4 rw 0 0\n/dev/sdb /var/lib/etcd/member/a\\040b ext4 rw 0 0\n';
    const context = initHost({ '/var/lib/etcd/member/wal/0': '', '/proc/self/mounts': mounts });
    await expect(kubeadmInit.cleanUp?.(context)).rejects.toMatchObject({
      code: 'still-mounted',
      remedy: { en: expect.stringContaining('umount /var/lib/etcd/member/a b') },
    });
    expect(verbs(context)).toEqual(['systemctl stop', 'kubeadm reset']);
  });

  it('cleans up nothing when there is nothing', async () => {
    const context = initHost();
    await kubeadmInit.cleanUp?.(context);
    expect(verbs(context)).toEqual([]);
  });

  describe('once it is done', () => {
    async function createdHost() {
      const context = initHost();
      await kubeadmInit.apply(context);
      context.host.calls.length = 0;
      return context;
    }

    it('waits for an API server that does not answer, and never creates or resets anything', async () => {
      const context = await createdHost();
      api.hooks.push(() => ({ status: 503, body: { message: 'etcdserver: no leader' } }));
      expect(await kubeadmInit.check(context)).toMatchObject({
        state: 'waiting',
        message: { en: expect.stringContaining('no leader') },
      });
      await kubeadmInit.cleanUp?.(context);
      expect(context.host.calls).toEqual([]);
    });

    it('waits while other data has replaced that of etcd, which it only knows if etcd answers', async () => {
      const context = await createdHost();
      put(context, record, JSON.stringify({ ...JSON.parse(context.host.content(record)), dataUid: first }));
      for (const [path, pem] of Object.entries(etcd.files)) put(context, path, pem);
      context.etcdAt = () => createEtcdClient(context.host, { endpoint: etcd.url });
      for (const [answer, state] of [
        [namespaceOf(first), 'done'],
        [withoutQuorum, 'done'],
        [namespaceOf(second), 'waiting'],
      ] as const) {
        etcd.answers.set('/v3/kv/range', answer);
        expect(await kubeadmInit.check(context)).toMatchObject({ state });
      }
      await kubeadmInit.cleanUp?.(context);
      expect(context.host.calls).toEqual([]);
    });

    it('reports how to restore a missing admin.conf', async () => {
      const context = await createdHost();
      context.host.files.delete(adminConf);
      expect(await kubeadmInit.check(context)).toMatchObject({
        state: 'waiting',
        remedy: { en: expect.stringContaining('kubeadm init phase kubeconfig admin') },
      });
    });

    it('creates nothing when the CA file is lost and etcd has data', async () => {
      const context = await createdHost();
      context.host.files.delete(caFile);
      expect(await kubeadmInit.check(context)).toEqual({ state: 'done' });
    });

    describe('after the operator ran kubeadm reset', () => {
      const caKey = '/etc/kubernetes/pki/ca.key';

      async function resetHost({ mounted = '/' } = {}) {
        const context = initHost();
        let mountPoint = mounted;
        let kind = 'xfs';
        context.host.programs.findmnt = () => `UUID="" TARGET="${mountPoint}" FSTYPE="${kind}" FSROOT="/"\n`;
        await kubeadmInit.apply(context);
        for (const path of [adminConf, caFile, '/var/lib/etcd/member/wal/0']) context.host.files.delete(path);
        context.assignment.cluster = { caPem: api.caPem, caSha256: caFingerprint(api.caPem) };
        const unmount = () => {
          mountPoint = '/';
        };
        const mountAnother = () => {
          kind = 'tmpfs';
        };
        return { context, unmount, mountAnother };
      }

      it('waits for the operator’s confirmation', async () => {
        const { context } = await resetHost();
        expect(await kubeadmInit.check(context)).toMatchObject({
          state: 'waiting',
          remedy: { en: expect.stringContaining('muster recover') },
        });
      });

      it('waits for confirmation also when the coordinator knows no cluster', async () => {
        const { context } = await resetHost();
        context.assignment.cluster = null;
        expect(await kubeadmInit.check(context)).toMatchObject({ state: 'waiting' });
      });

      it('creates another cluster where that is allowed', async () => {
        const { context } = await resetHost();
        context.assignment.recreate = true;
        expect(await kubeadmInit.check(context)).toMatchObject({ state: 'todo' });
        await kubeadmInit.apply(context);
        expect(await kubeadmInit.check(context)).toEqual({ state: 'done' });
      });

      it.each([
        ['the CA’s key exists', (context: TestContext) => put(context, caKey, 'x')],
        ['etcd’s folder is not empty', (context: TestContext) => put(context, '/var/lib/etcd/lost+found/x', '')],
        ['its record cannot be read', (context: TestContext) => put(context, record, '{')],
      ])('creates none, even where that is allowed, while %s', async (_, change) => {
        const { context } = await resetHost();
        context.assignment.recreate = true;
        change(context);
        const found = await kubeadmInit.check(context).catch(({ code }) => ({ state: code }));
        expect(found.state).toMatch(/^(waiting|record-unreadable)$/);
      });

      it('creates none while the file system with etcd’s data is not mounted', async () => {
        const { context, unmount } = await resetHost({ mounted: '/var/lib/etcd' });
        context.assignment.recreate = true;
        expect(await kubeadmInit.check(context)).toMatchObject({ state: 'todo' });
        unmount();
        expect(await kubeadmInit.check(context)).toMatchObject({
          state: 'waiting',
          message: { en: expect.stringContaining('not mounted') },
        });
      });

      it('creates none while another file system is mounted there, even when neither has a UUID', async () => {
        const { context, mountAnother } = await resetHost({ mounted: '/var/lib/etcd' });
        context.assignment.recreate = true;
        mountAnother();
        expect(await kubeadmInit.check(context)).toMatchObject({
          state: 'waiting',
          message: { en: expect.stringContaining('/var/lib/etcd (xfs), which is not mounted') },
        });
      });
    });

    it('waits while a person runs kubeadm', async () => {
      const context = initHost();
      context.host.programs.pgrep = () => '77 /usr/bin/kubeadm reset -f\n';
      put(context, '/proc/77/cgroup', '0::/user.slice/user-0.slice/session-1.scope\n');
      expect(await kubeadmInit.check(context)).toMatchObject({
        state: 'waiting',
        message: { en: expect.stringContaining('`kubeadm reset` (process 77)') },
      });
      put(context, '/proc/77/cgroup', '0::/system.slice/muster-kubeadm-init-reset.service\n');
      expect(await kubeadmInit.check(context)).toMatchObject({ state: 'todo' });
    });

    it('the host does not leave its cluster to join another', async () => {
      const context = await createdHost();
      const other = certificate([['CN', 'other']]).certPem;
      context.assignment.cluster = { caPem: other, caSha256: caFingerprint(other) };
      await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
      expect(verbs(context)).toEqual([]);
    });
  });
});
